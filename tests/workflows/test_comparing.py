"""Two versions of a text are set beside each other as a reader of both would set them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.comparing import Mark, compare

SIGNS = {Mark.KEPT: "{}", Mark.REMOVED: "[-{}]", Mark.ADDED: "[+{}]"}


def shown(old, new):
    return [
        "".join(SIGNS[part.mark].format(part.text) for part in row.segments)
        for row in compare(old, new)
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        pytest.param(
            ["第八条　乡镇应当自受理申请之日起三十日内完成审核，并在村公示栏公示。"],
            ["第八条　乡镇应当自受理申请之日起二十日内完成审核，并在村公示栏公示。"],
            ["第八条　乡镇应当自受理申请之日起[-三十日][+二十日]内完成审核，并在村公示栏公示。"],
            id="words, not letters",
        ),
        pytest.param(
            ["第一条　为规范低保工作，制定本办法。", "第二条　低保坚持应保尽保的原则。"],
            [
                "第一条　为规范低保工作，制定本办法。",
                "第二条　县民政局负责低保的统筹和监督。",
                "第三条　低保坚持应保尽保的原则。",
            ],
            [
                "第一条　为规范低保工作，制定本办法。",
                "[+第二条　县民政局负责低保的统筹和监督。]",
                "[-第二条][+第三条]　低保坚持应保尽保的原则。",
            ],
            id="an article that moved down is the same article",
        ),
        pytest.param(
            ["第三条　补助标准每户三千元。"],
            ["第三条　补助标准由县财政局每年公布，每户不超过五千元，逐年提高。"],
            [
                "第三条　补助标准[+由县财政局每年公布，]每户[-三千元][+不超过五千元，逐年提高]。",
            ],
            id="an article written anew stays beside its number",
        ),
        pytest.param(
            ["第二条  符合条件的可以申请："],
            ["第二条　符合条件的可以申请："],
            ["第二条　符合条件的可以申请："],
            id="blanks",
        ),
        pytest.param(
            ["第一条　下列家庭可以申请：", "（一）低保户；", "（二）特困人员。"],
            [
                "第一条　下列家庭可以申请：",
                "（一）低保户；",
                "（二）低保边缘家庭；",
                "（三）特困人员。",
            ],
            [
                "第一条　下列家庭可以申请：",
                "（一）低保户；",
                "[+（二）低保边缘家庭；]",
                "（[-二][+三]）特困人员。",
            ],
            id="one more point",
        ),
        pytest.param([], ["第一条　新的。"], ["[+第一条　新的。]"], id="nothing before"),
        pytest.param(["旧的。"], [], ["[-旧的。]"], id="nothing after"),
        pytest.param(["", "  "], ["　"], [], id="blank paragraphs are no rows"),
    ],
)
def test_versions_are_set_side_by_side(old, new, told):
    assert shown(old, new) == told


PARTS = st.lists(
    st.text("第一二条县民政局负责低保。；（）12 　\n公示七日", max_size=30).filter(
        lambda text: "\n" not in text
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(PARTS, PARTS)
def test_no_character_is_lost_or_invented(old, new):
    rows = compare(old, new)
    for version, side in ((old, "old"), (new, "new")):
        told = ["".join(part.text for part in getattr(row, side)) for row in rows]
        bare = ["".join(text.split()) for text in told]
        assert [text for text in bare if text] == [
            "".join(text.split()) for text in version if text.strip()
        ]
    assert all(row.mark == Mark.KEPT for row in compare(old, old))
