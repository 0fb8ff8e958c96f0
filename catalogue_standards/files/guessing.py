"""Guessing of which domain a table without a title is, by the words it has in common with the starter."""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from functools import cache

from catalogue_standards.files.words import STARTER

_CHINESE = re.compile("[\u4e00-\u9fff]+")
_MENTION = 4  # how many times a domain's own name outweighs a pair of characters
_LEAD = 1.1  # the best guess must be so many times better than the next


def guessed_domain(texts: Iterable[str]) -> str:
    """The domain of the starter edition that the texts resemble most; "" when two are too close.

    Counts pairs of neighbouring characters, each for less the more domains use it. A guess only: a
    person must confirm it before anything is written.
    """
    whole = "\n".join(texts)
    found = _pairs(whole)
    scores: dict[tuple[str, ...], float] = {}
    for names, pairs in _vocabulary():
        shared = sum(
            math.sqrt(found[pair]) * weight for pair, weight in pairs.items() if pair in found
        )
        mentions = max(whole.count(name) for name in names)
        norm = math.sqrt(sum(weight for weight in pairs.values()))
        scores[names] = (shared + _MENTION * mentions) / norm
    best, second = sorted(scores, key=scores.__getitem__, reverse=True)[:2]
    if scores[best] <= scores[second] * _LEAD:
        return ""
    return max(best, key=whole.count)  # the former name where the table still uses it


@cache
def _vocabulary() -> list[tuple[tuple[str, ...], dict[str, float]]]:
    """For each domain of the starter edition its names, and the weight of each pair its items use."""
    domains = tomllib.loads((STARTER / "domains.toml").read_text(encoding="utf-8"))["domain"]
    used = []
    for domain in domains:
        path = STARTER / "items" / f"{domain['code']}.toml"
        words = _pairs(
            "\n".join(
                part
                for item in tomllib.loads(path.read_text(encoding="utf-8"))["item"]
                for part in (
                    item["group"],
                    item["name"],
                    item["sub_name"],
                    *item["content_elements"],
                )
            )
        )
        names = tuple(n for n in (domain["name"], domain.get("former_name", "")) if n)
        used.append((names, words))
    domains_using = Counter(pair for _names, words in used for pair in words)
    return [
        (names, {pair: math.log(len(used) / domains_using[pair]) for pair in words})
        for names, words in used
    ]


def _pairs(text: str) -> Counter[str]:
    return Counter(run[i : i + 2] for run in _CHINESE.findall(text) for i in range(len(run) - 1))
