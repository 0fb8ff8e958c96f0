"""Paste from Word, in a real browser: what the editor is given in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "templates" / "static" / "js" / "paste.js"
EDITOR = '<div class="public-DraftEditor-content" contenteditable><p>正文</p></div>'
#: Gives the editor a clipboard, and returns the HTML that reaches it; None where nobody cleaned it.
PASTE = """async (html) => {
    const editor = document.querySelector(".public-DraftEditor-content");
    let given = null;
    editor.addEventListener("paste", (event) => {
        if (event.isClean) given = event.clipboardData.getData("text/html");
    });
    const data = new DataTransfer();
    data.setData("text/html", html);
    editor.dispatchEvent(
        new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
    await new Promise((done) => setTimeout(done, 50));
    return given;
}"""
ITEM = "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>{}<span>&nbsp;</span></span>{}</p>"
CASES = [
    (
        "<h1 style='mso-pagination:none'><span style='color:red'>一、标准<o:p></o:p></span></h1>",
        "<h3>一、标准</h3>",
    ),
    ("<p class=MsoNormal style='mso-outline-level:3'>（一）范围</p>", "<h4>（一）范围</h4>"),
    (
        "<p class=MsoNormal><span style='font-size:16pt'>每亩<b><span lang=EN-US>120</span>元</b></span></p>",
        "<p>每亩<b>120元</b></p>",
    ),
    (
        "<p class=MsoNormal>公开<span style='mso-hide:all;display:none'>内部测算</span>的</p>",
        "<p>公开的</p>",
    ),
    ("<p class=MsoNormal>文字<script>alert(1)</script></p>", "<p>文字</p>"),
    (ITEM.format("1.", "甲") + ITEM.format("2.", "乙"), "<ol><li>甲</li><li>乙</li></ol>"),
    # The numbers of a law are text: 第一条 is cited.
    (ITEM.format("第一条", "甲"), "<p>第一条 甲</p>"),
    (
        "<p class=MsoNormal><a href='http://example.com/a'>甲</a><a href='javascript:x()'>乙</a></p>",
        '<p><a href="http://example.com/a">甲</a>乙</p>',
    ),
    # Outside of a stream of blocks a table can only become lines.
    (
        "<table><tr><td>乡镇</td><td>亩</td></tr><tr><td>临江</td><td>3200</td></tr></table>",
        "<p>乡镇 | 亩</p><p>临江 | 3200</p>",
    ),
    ("<p>别的网页上的一句</p>", None),
]


@pytest.mark.chromium
def test_word_markup_is_cleaned(browser_page):
    browser_page.set_content(EDITOR)
    browser_page.add_script_tag(path=SCRIPT)
    for pasted, expected in CASES:
        assert browser_page.evaluate(PASTE, pasted) == expected, pasted
