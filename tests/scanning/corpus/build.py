"""Makes passages.jsonl from the hand-written templates: `python -m tests.scanning.corpus.build`.

In a template `[[kind|words]]` is what must be found; `{slot}` is drawn from `values.py`. The
kind `name` marks a name beside a number, `none` a stretch that carries nothing.
"""

import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .values import SLOTS, Values

HERE = Path(__file__).parent
DICTIONARY = ("蓝鲸计划", "801所", "天字一号工程", "Project Orion")
_MARK = re.compile(r"\[\[(\w+)\|(.*?)\]\]", re.S)
_SLOT = re.compile(r"\{(\w+)\}")


class Labelled(NamedTuple):
    """A passage, the part of the corpus it is in, and (kind, start, end) of what is in it."""

    text: str
    part: str
    spans: list[tuple[str, int, int]]


def _fill(template: str, values: Values) -> str:
    return _SLOT.sub(lambda match: SLOTS[match.group(1)](values), template)


def label(marked: str, part: str) -> Labelled:
    """Takes the marks out of a filled template and keeps where they stood."""
    text, spans, last = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        if match.group(1) != "none":
            spans.append((match.group(1), len(text), len(text) + len(match.group(2))))
        text += match.group(2)
        last = match.end()
    return Labelled(text + marked[last:], part, spans)


def build(part: str) -> Iterator[Labelled]:
    """The passages of one template file; a template with slots is filled twice."""
    values = Values(zlib.crc32(part.encode()))
    for line in (HERE / f"{part}.txt").read_text("utf-8").splitlines():
        if not line or line.startswith("# "):
            continue
        template = line.replace("\\n", "\n")
        for _ in range(2 if "{" in template else 1):
            yield label(_fill(template, values), part)


def load() -> list[Labelled]:
    """The corpus as committed."""
    lines = (HERE / "passages.jsonl").read_text("utf-8").splitlines()
    return [
        Labelled(row["text"], row["part"], [tuple(s) for s in row["spans"]])
        for row in map(json.loads, lines)
    ]


if __name__ == "__main__":
    parts = sorted(path.stem for path in HERE.glob("*.txt"))
    built = [passage for part in parts for passage in build(part)]
    lines = [json.dumps(passage._asdict(), ensure_ascii=False) for passage in built]
    (HERE / "passages.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
