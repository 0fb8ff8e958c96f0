"""Set rich text as Chinese official documents are set (GB/T 9704—2012).

Editors write plain paragraphs and headings. What paper shows by position is found again from the
text: the addressee stands at the margin, organ and date of signing stand to the right, chapters
stand in the middle. No word is added or taken away: blocks get a class, and headings move up one
level, since the editor's largest (h3) comes right below the page's title.
"""

from __future__ import annotations

import re

from django.utils.html import escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe

_BLOCK = re.compile(
    r"<(?P<tag>p|h3|h4|li)(?P<attributes>[^>]*)>(?P<inner>.*?)</(?P=tag)>", re.DOTALL
)
_RAISED = {"h3": "h2", "h4": "h3"}
_DATE = re.compile(r"\s*\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*")
_CHAPTER = re.compile(r"\s*第[一二三四五六七八九十百]+[章编]")
# A list entry that carries its number in its own text: （一）, 1., ①.
_OWN_NUMBER = re.compile(r"[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、]|[①-⑳]")
# An organ's name under a document: short, and no sentence.
_SIGNATURE = re.compile(r"[^，。：；、？！]{3,40}")
_ADDRESSEE = re.compile(r"(?!.*(?:如下|下列|以下)).{2,80}：")
_ISSUED = re.compile(r"关于(?:印发|公布|转发|批转)")
_LONGEST_LINE = 22


def typeset(html: str, title: str = "") -> SafeString:
    """`html` with the classes addressee, signed, chapter, own-title and own-number where they fit.

    `html` is trusted: it comes out of Wagtail's rich text filter. `title` is that of the page; a
    heading that repeats a part of it is the title of the document that the page issues.
    """
    blocks = list(_BLOCK.finditer(html))
    texts = [strip_tags(block["inner"]).strip() for block in blocks]
    parts, end = [], 0
    for place, block in enumerate(blocks):
        following = texts[place + 1] if place + 1 < len(texts) else ""
        role = _role(block["tag"], texts[place], following, title, first=place == 0)
        parts.append(html[end : block.start()])
        mark = f' class="{role}"' if role else ""
        tag = _RAISED.get(block["tag"], block["tag"])
        parts.append(f"<{tag}{block['attributes']}{mark}>{block['inner']}</{tag}>")
        end = block.end()
    parts.append(html[end:])
    return mark_safe("".join(parts))


def _role(tag: str, text: str, following: str, title: str, *, first: bool) -> str:
    if tag == "li":
        return "own-number" if _OWN_NUMBER.match(text) else ""
    if tag != "p":
        if _CHAPTER.match(text):
            return "chapter"
        return "own-title" if len(text) > 5 and text in title else ""
    if first and _ADDRESSEE.fullmatch(text):
        return "addressee"
    if _DATE.fullmatch(text):
        return "signed"
    if _DATE.fullmatch(following) and _SIGNATURE.fullmatch(text):
        return "signed"
    return ""


def title_lines(title: str) -> SafeString:
    """`title` escaped; a long one in two spans, parted after the words that issue (关于印发)."""
    found = _ISSUED.search(title)
    if len(title) <= _LONGEST_LINE or found is None:
        return escape(title)
    return format_html("<span>{}</span><span>{}</span>", title[: found.end()], title[found.end() :])
