"""Rich text as a reader sees it, and the way back to its markup."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

_TOKEN = re.compile(r"<[^>]*>|&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);|[^<&]+|.", re.DOTALL)
_BREAKS = re.compile(r"</?(?:p|div|li|ul|ol|h[1-6]|br|hr|tr|td|th|table|blockquote)\b", re.I)
_LINK = re.compile(r"""\bhref=["']([^"']*)["']""", re.I)
_REFERENCE = re.compile(
    r"""<(?:a|embed)\b(?=[^>]*(?:linktype|embedtype)=["'](document|image)["'])"""
    r"""[^>]*?\bid=["'](\d+)["']""",
    re.I,
)


@dataclass(frozen=True)
class Markup:
    """`text` without tags, and for each of its characters where it stands in `source`.

    A line break that stands for a tag has an empty span.
    """

    source: str
    text: str
    spans: tuple[tuple[int, int], ...]

    def replaced(self, text: str) -> str:
        """The markup with the characters of `text`, which is as long as before."""
        pieces, end = [], 0
        for old, new, span in zip(self.text, text, self.spans, strict=True):
            if old != new and span[0] < span[1]:
                pieces += [self.source[end : span[0]], html.escape(new)]
                end = span[1]
        return "".join([*pieces, self.source[end:]])


def read_markup(source: str) -> Markup:
    text: list[str] = []
    spans: list[tuple[int, int]] = []
    for token in _TOKEN.finditer(source):
        found, at = token.group(), token.start()
        if found.startswith("<") and len(found) > 1:
            if _BREAKS.match(found):
                text.append("\n")
                spans.append((at, at))
        elif found.startswith("&") and len(found) > 1:
            for number, char in enumerate(html.unescape(found)):
                text.append(char)
                spans.append((at, token.end()) if not number else (token.end(), token.end()))
        else:
            text += found
            spans += [(at + n, at + n + 1) for n in range(len(found))]
    return Markup(source, "".join(text), tuple(spans))


def link_targets(source: str) -> list[str]:
    """Where the links lead that name an address themselves."""
    return [html.unescape(found) for found in _LINK.findall(source)]


def references(source: str) -> list[tuple[str, int]]:
    """("document" or "image", key) of each file that the text links to or shows."""
    return [(kind.lower(), int(key)) for kind, key in _REFERENCE.findall(source)]


def with_reference(source: str, kind: str, old: int, new: int) -> str:
    """The markup with another file in the place of file `old`."""

    def swap(found: re.Match[str]) -> str:
        if found[1].lower() != kind or int(found[2]) != old:
            return found[0]
        at = found.start(2) - found.start()
        return f"{found[0][:at]}{new}{found[0][at + len(found[2]) :]}"

    return _REFERENCE.sub(swap, source)
