"""Where a table's header is: titles stand above it, merged over the whole width."""

from collections.abc import Sequence

_LOOK = 6
_LONGEST = 20


def _looks_like_header(row: Sequence[str]) -> bool:
    texts = [text.strip() for text in row if text.strip()]
    return (
        len(texts) >= 2
        and len(set(texts)) > 1
        and all(len(text) <= _LONGEST and not any(c.isdigit() for c in text) for text in texts)
    )


def find_header(rows: Sequence[Sequence[str]]) -> tuple[int, list[str]]:
    """(rows down to and with the header, its cells), or (0, []) where none of the first is one."""
    for index, row in enumerate(rows[:_LOOK]):
        if _looks_like_header(row):
            return index + 1, ["".join(text.split()) for text in row]
    return 0, []
