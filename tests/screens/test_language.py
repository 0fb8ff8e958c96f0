"""No untranslated word on a Chinese screen, and no Chinese in what the English one says itself."""

from __future__ import annotations

import re
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import polib
import pytest
from lxml import html

from tests.journeys.site import ROOT
from tests.screens.registry import ACCOUNTS
from tests.screens.site import Screens

#: Names that have no Chinese form, as Chinese readers know them.
NAMES = {
    "CSV",
    "JSON",
    "RSS",
    "Atom",
    "PDF",
    "Excel",
    "Word",
    "URL",
    "ICP",
    "ID",
    "API",
    "OpenAPI",
    "IP",
    "Elasticsearch",
    "PostgreSQL",
    "SQLite",
    "SHA",
    "XLSX",
    "DOCX",
    "XLS",
    "OFD",
    "WPS",
    "HTML",
    "XML",
    "ZIP",
    "MP3",
    "MP4",
    "MB",
    "KB",
    "GB",
    "KiB",
    "MiB",
    "Wagtail",
    "Ctrl",
    "Enter",
    "Esc",
    "Tab",
    *ACCOUNTS,
}
#: File endings, addresses, telephone and document numbers, what the demo's people are called.
NO_WORDS = re.compile(
    r"https?://\S+|<[^>]*>|localhost|sitemap\.xml|[\w.+-]+@[\w.-]+|(?:[\w-]+\.)+(?:example|invalid|cn|com)\b\S*|\b[a-z]+(?:-[a-z]+)+\b"
    r"|(?<![A-Za-z])(?:xlsx?|docx?|pdf|csv|json|ofd|wps|png|jpe?g|webp|txt|zip|et|pptx?|gif)(?![A-Za-z])"
    r"|/[\w/.-]+|\b[0-9a-f]{8,}\b"
)
WORD = re.compile(r"[A-Za-z]{2,}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SPOKEN = ("aria-label", "title", "placeholder", "alt")
#: Content, or code, or Wagtail's own parts beside ours.
NOT_OURS = (
    "//script|//style|//template|//svg|//code|//pre|//noscript|//*[@lang='en']|//*[@data-content]"
    "|//*[contains(@class, 'w-dropdown') and @data-controller]"
    # A number that Wagtail fills in by script; the tree's invisible root above every breadcrumb.
    "|//*[@data-side-panel-toggle-counter]|//*[@data-w-breadcrumbs-target]"
)


def fetch(screens: Screens, address: str, account: str) -> html.HtmlElement:
    headers = {"Accept-Language": "zh-CN"}
    if account:
        headers["Cookie"] = f"sessionid={screens.found.sessions[account]}"
    asked = Request(quote(f"{screens.base}{address}", safe=":/?&="), headers=headers)
    try:
        with urlopen(asked) as answer:
            content = answer.read()
    except HTTPError as error:  # The pages of errors are screens too.
        content = error.read()
    return html.fromstring(content.decode())


def words(tree: html.HtmlElement) -> list[str]:
    """Each text that is shown or spoken, content of other languages aside."""
    for element in tree.xpath(NOT_OURS):
        element.drop_tree()
    # Wagtail's own template names it without asking for a translation.
    for element in tree.xpath("//nav[@id='w-slim-header-buttons']"):
        element.attrib.pop("aria-label", None)
    told = [text.strip() for text in tree.itertext(tag=html.etree.Element) if text.strip()]
    for element in tree.iter(html.etree.Element):
        told += [element.get(name) for name in SPOKEN if element.get(name)]
        if element.tag == "input" and element.get("type") in ("submit", "button"):
            told.append(element.get("value") or "")
    return told


def english_in(text: str) -> list[str]:
    return [word for word in WORD.findall(NO_WORDS.sub(" ", text)) if word not in NAMES]


def without(content: list[str], text: str) -> str:
    """What the site itself says around names and titles."""
    for name in content:
        text = text.replace(name, "")
    return text


@pytest.mark.parametrize("part", ["public", "desk"])
def test_chinese_screens_are_chinese(screens: Screens, part: str) -> None:
    told = set()
    for screen in getattr(screens, part):
        if screen.language == "en":
            continue
        tree = fetch(screens, screen.address, screen.account)
        region = (tree.xpath("//main") or [tree])[0] if part == "desk" else tree
        told |= {
            f"{screen.name} ({screen.address}): {text[:80]!r}"
            for text in words(region)
            if english_in(without(screens.found.english, text))
        }
    assert not told, "\n".join(sorted(told))


def test_what_english_screens_say_themselves_is_english(screens: Screens) -> None:
    """Buttons, labels, terms and headings of tables; titles and names are content."""
    told = set()
    for screen in screens.public:
        if screen.language != "en":
            continue
        tree = fetch(screens, screen.address, "")
        for element in tree.xpath("//*[starts-with(@lang, 'zh')]"):
            element.drop_tree()
        for element in tree.xpath("//select"):
            element.drop_tree()
        said = tree.xpath(
            "//button|//legend|//main//dt|//thead//th|//label[not(.//input)]|//summary"
        )
        told |= {
            f"{screen.name} ({screen.address}): {element.text_content().strip()[:60]!r}"
            for element in said
            if CHINESE.search(without(screens.found.chinese, element.text_content()))
        }
    assert not told, "\n".join(sorted(told))


def test_every_message_in_code_is_english() -> None:
    files = list(ROOT.glob("*/locale/zh_Hans/LC_MESSAGES/django.po"))
    assert len(files) == 5
    # A message may name a Chinese term or show one by example; it says what it says in English.
    told = [
        f"{path.parent.parent.parent.parent.name}: {entry.msgid}"
        for path in files
        for entry in polib.pofile(str(path))
        if CHINESE.search(entry.msgid) and not WORD.search(entry.msgid)
    ]
    assert not told, "\n".join(told)
