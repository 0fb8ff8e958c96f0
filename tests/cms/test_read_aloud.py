"""The browser reads a piece aloud: a stand-in for its voice, which a machine without sound lacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.county import County, draft_piece, publish, text

SCRIPTS = Path(__file__).parents[2] / "templates" / "static" / "js"
VOICE = """
    const voices = %s.map((lang) => ({ lang, localService: true }));
    const speech = new EventTarget();
    Object.assign(speech, {
        said: [],
        getVoices: () => [...voices],
        speak(utterance) { this.now = utterance; this.said.push(utterance); },
        cancel() { this.now = null; },
        end() { this.now.onend(); },
    });
    Object.defineProperty(window, "speechSynthesis", { value: speech });
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""

pytestmark = pytest.mark.chromium


@pytest.fixture
def html(county: County, client) -> str:
    words = text("招生<b>范围</b>为全县。报名时间是8月1日！", "请按时报名")
    page = publish(county, draft_piece(county, "招生公告", body=words))
    return client.get(page.url).content.decode()


def opened(browser_page, html: str, *languages: str) -> None:
    browser_page.goto("about:blank")
    browser_page.evaluate("() => {" + VOICE % list(languages) + "}")
    browser_page.set_content(html)
    browser_page.add_script_tag(path=SCRIPTS / "read_aloud.js")


def buttons(browser_page) -> list[str]:
    shown = browser_page.locator("[data-read]:visible")
    return [each.get_attribute("data-read") for each in shown.all()]


def test_sentence_by_sentence_with_pause_and_stop(browser_page, html):
    opened(browser_page, html, "en-US", "zh-TW", "zh-CN")

    def said() -> list[str]:
        return browser_page.evaluate("speechSynthesis.said.map((each) => each.text)")

    def marked() -> str:
        return browser_page.evaluate(
            "[...(CSS.highlights.get('read') || [])].map((range) => range.toString()).join()"
        )

    def finish() -> None:
        browser_page.evaluate("speechSynthesis.end()")

    assert buttons(browser_page) == ["start"]
    browser_page.click("[data-read=start]")
    assert said() == ["招生公告"] and buttons(browser_page) == ["pause", "stop"]
    while said()[-1] != "招生范围为全县。":
        finish()
    assert marked() == "招生范围为全县。"
    finish()
    assert said()[-1] == marked() == "报名时间是8月1日！"
    browser_page.click("[data-read=pause]")
    assert browser_page.evaluate("speechSynthesis.now") is None
    browser_page.click("[data-read=resume]")
    assert said()[-2:] == ["报名时间是8月1日！"] * 2, "what was broken off is read again"
    finish()
    assert said()[-1] == "请按时报名"
    finish()
    assert buttons(browser_page) == ["start"] and marked() == ""
    assert browser_page.evaluate("speechSynthesis.said[0].lang") == "zh-CN"


@pytest.mark.parametrize("languages", [(), ("en-US", "de-DE")])
def test_without_a_voice_for_the_language_nothing_is_offered(browser_page, html, languages):
    opened(browser_page, html, *languages)
    assert buttons(browser_page) == []
