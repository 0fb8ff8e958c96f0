"""Entries by the hundred thousand that look like real ones: titles and paragraphs of the demo county, mixed.

Each has a page of the system's own, which needs no review. Words are cut once for each paragraph instead
of once for each piece; the index holds the same tokens at nearly the same places.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.models import Locale, Page

from catalogue_standards.enums import Level, Stage
from catalogue_standards.models import Domain, Item, Organ
from cms.models import HomePage
from search import streams
from search.backends import vectors
from search.backends.elasticsearch import mapping
from search.kinds import Kind
from search.models import Entry
from search.rows import number_key
from search.streams import Token

DEMO = Path(__file__).resolve().parents[2] / "cms" / "demo"
BATCH = 1000
#: How many in a hundred pieces of a county are of each kind.
SHARES = {
    Kind.POLICY: 8,
    Kind.INTERPRETATION: 5,
    Kind.DISCLOSURE: 80,
    Kind.GENERAL: 1,
    Kind.ITEM: 6,
}
_PLACES = [
    *"东西南北",
    "临江",
    "石桥",
    "柳树",
    "青山",
    "滨江",
    "白马",
    "双河",
    "太平",
    "长岭",
    "新塘",
    "古城",
    "云台",
]


def quickly() -> None:
    """Let the tokens of a paragraph be made once."""
    vectors.index_tokens = _tokens
    mapping.token_texts = _texts
    if connection.vendor == "sqlite":
        from search.backends import sqlite

        sqlite.token_texts = _texts


def _texts(text: str) -> str:
    return " ".join(map(_text, text.split("\n")))


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    start = 0
    for paragraph in text.split("\n"):
        tokens = _paragraph(paragraph)
        found += [Token(token.text, start + token.position) for token in tokens]
        start += max((token.position for token in tokens), default=0)
    return found


_paragraph = lru_cache(50_000)(streams.index_tokens)
_text = lru_cache(50_000)(streams.token_texts)


class Pieces:
    """Makes the same pieces every time."""

    def __init__(self) -> None:
        self.chance = random.Random(20261122)
        self.titles, self.paragraphs, self.keywords = _material()
        self.organs = list(Organ.objects.values_list("pk", "name", "short_name"))
        self.domains = list(Domain.objects.values_list("pk", flat=True))
        self.items = list(Item.objects.values_list("pk", flat=True))
        self.home = HomePage.objects.get()
        self.kind_of_page = ContentType.objects.get_for_model(Page)
        self.locale = Locale.objects.first()
        self.made = 0

    def entries(self, number: int) -> Iterator[list[Entry]]:
        """Batches of entries that are saved with their pages, but in no index."""
        for start in range(0, number, BATCH):
            with transaction.atomic():
                size = min(BATCH, number - start)
                pages = Page.objects.bulk_create(self._page() for _ in range(size))
                yield Entry.objects.bulk_create(self._entry(page) for page in pages)

    def _page(self) -> Page:
        self.made += 1
        title = self.chance.choice(self.titles)
        year = self.chance.randint(2015, 2026)
        place = self.chance.choice(_PLACES) + self.chance.choice(
            ["镇", "村", "街道", "社区", "小学", "路"]
        )
        title = re.sub(r"20\d\d", str(year), title)
        return Page(
            title=f"{place}{title}（第{self.made}号）"[:255],
            slug=f"many-{self.made}",
            path=f"{self.home.path}9{_base36(self.made):>07}"[: len(self.home.path) + 8],
            depth=self.home.depth + 1,
            url_path=f"{self.home.url_path}many-{self.made}/",
            content_type=self.kind_of_page,
            locale=self.locale,
            live=True,
        )

    def _entry(self, page: Page) -> Entry:
        chance = self.chance
        kind = chance.choices(list(SHARES), weights=list(SHARES.values()))[0]
        organ, name, short = chance.choice(self.organs)
        published = timezone.make_aware(datetime(2015, 1, 5, 9)) + timedelta(
            minutes=chance.randrange(60 * 24 * 4300)
        )
        number = f"青{short[:1]}发〔{published.year}〕{self.made % 400 + 1}号"
        return Entry(
            page=page,
            kind=kind,
            title=page.title,
            document_number=number,
            document_key=number_key(number),
            index_number=f"11330000/{published:%Y%m}-{self.made:05}",
            index_key=number_key(f"11330000/{published:%Y%m}-{self.made:05}"),
            keywords=" ".join(chance.choice(self.keywords)),
            summary=chance.choice(self.paragraphs),
            text="\n".join(chance.choices(self.paragraphs, k=chance.randint(2, 9))),
            context=f"{name}\n{short}",
            organ_id=organ,
            domain_id=chance.choice(self.domains),
            item_id=chance.choice(self.items),
            stage=chance.choice(Stage.values),
            levels=chance.choice(Level.values),
            channels=chance.choice(
                ["website", "board,website", "board,hall,website", "wechat,website"]
            ),
            effective_on=published.date() if kind == Kind.POLICY else None,
            repealed_on=date(2025, 1, 1) if kind == Kind.POLICY and chance.random() < 0.3 else None,
            published_at=published,
            year=published.year,
        )


def _material() -> tuple[list[str], list[str], list[list[str]]]:
    titles: list[str] = []
    paragraphs: set[str] = set()
    keywords: list[list[str]] = []
    for path in sorted([*DEMO.glob("pieces/*.toml"), *DEMO.glob("policies/*.toml")]):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        for piece in content.get("piece", [content]):
            titles.append(piece["title"].removeprefix("青禾县"))
            keywords.append(piece.get("keywords", []))
            paragraphs |= set(_paragraphs(piece.get("body", [])))
    return titles, sorted(paragraphs), keywords


def _paragraphs(body: list[dict[str, Any]]) -> Iterator[str]:
    for block in body:
        for part in re.split(r"</p>|</h\d>|</li>", block.get("html", "")):
            if len(text := strip_tags(part).strip()) > 10:
                yield text
        for row in block.get("rows", []):
            yield " ".join(map(str, row))


def _base36(number: int) -> str:
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    found = ""
    while number:
        number, rest = divmod(number, 36)
        found = digits[rest] + found
    return found.rjust(7, "0")
