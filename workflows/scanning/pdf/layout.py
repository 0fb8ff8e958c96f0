"""From drawn glyphs to text, keeping for each character the glyph it came from."""

from dataclasses import dataclass

from .content import Box, Drawing, Glyph

_CJK = ("\u2e80", "\uffef")


@dataclass(slots=True)
class PageText:
    """The text of a page; `glyph[i]` is the index of the glyph of character i, or -1."""

    text: str
    glyph: list[int]


def _wrapped(previous: Glyph, glyph: Glyph, right: float) -> bool:
    """True where a line ends because it is full, not because its paragraph does."""
    drop = previous.box[1] - glyph.box[1]
    return 0 < drop < 2.4 * glyph.size and previous.box[2] > right - 1.6 * glyph.size


def page_text(glyphs: list[Glyph]) -> PageText:
    """The glyphs as text in the order they are drawn; lines that were wrapped are joined."""
    text: list[str] = []
    index: list[int] = []
    right = max((glyph.box[2] for glyph in glyphs), default=0.0)
    left = min((glyph.box[0] for glyph in glyphs), default=0.0)
    previous: Glyph | None = None
    for number, glyph in enumerate(glyphs):
        if glyph.text is None:
            continue
        if previous is not None:
            gap = _gap(previous, glyph, right, left)
            if gap:
                text.append(gap)
                index.append(-1)
        for char in glyph.text:
            text.append(char)
            index.append(number)
        previous = glyph
    return PageText("".join(text), index)


def _gap(previous: Glyph, glyph: Glyph, right: float, left: float) -> str:
    if abs(previous.box[1] - glyph.box[1]) > 0.6 * min(previous.size, glyph.size):
        wide = right - left > 20 * glyph.size
        if (
            wide
            and _wrapped(previous, glyph, right)
            and _CJK[0] <= (glyph.text or " ")[0] <= _CJK[1]
        ):
            return ""
        return "\n"
    distance = glyph.box[0] - previous.box[2]
    if distance > 1.2 * glyph.size or distance < -2 * glyph.size:
        return "\t"
    return " " if distance > 0.35 * glyph.size else ""


def _inside(inner: Box, outer: Box, slack: float) -> bool:
    return (
        inner[0] >= outer[0] - slack
        and inner[1] >= outer[1] - slack
        and inner[2] <= outer[2] + slack
        and inner[3] <= outer[3] + slack
    )


def unseen(drawing: Drawing, area: Box) -> dict[str, list[Glyph]]:
    """Glyphs that a reader does not see, by why: white, covered, invisible, layer, tiny, off_page."""
    found: dict[str, list[Glyph]] = {}
    for glyph in drawing.glyphs:
        why = _reason(glyph, drawing, area)
        if why and glyph.text and glyph.text.strip():
            found.setdefault(why, []).append(glyph)
    return found


def _reason(glyph: Glyph, drawing: Drawing, area: Box) -> str:
    box, slack = glyph.box, 0.2 * glyph.size
    if glyph.why in ("layer", "invisible"):
        return glyph.why
    if any(order > glyph.order and _inside(box, over, slack) for over, order, _ in drawing.areas):
        return "covered"
    if glyph.why == "white":
        dark = any(
            o < glyph.order and d and _inside(box, under, slack) for under, o, d in drawing.areas
        )
        return "" if dark else "white"
    if glyph.size < 1.5:
        return "tiny"
    outside = box[2] < area[0] or box[0] > area[2] or box[3] < area[1] or box[1] > area[3]
    return "off_page" if outside else ""
