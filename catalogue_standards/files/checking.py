"""What a person should look at in a row of a file before it is written into an edition."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.db.models import Model
from django.utils.translation import gettext_noop

from catalogue_standards.files.model import CatalogueRow, Place, Problem
from catalogue_standards.files.register import Register, channel_name
from catalogue_standards.files.rhythm import read_rhythm
from catalogue_standards.limits import parse_time_limit
from catalogue_standards.models import ContentElement, EditionItem, ItemBasis


def _length(model: type[Model], name: str) -> int:
    length: int = getattr(model._meta.get_field(name), "max_length", 0)
    return length


_COUNTS = re.compile("[0-9０-９每月季年天日]")
_GROUP, _NAME = _length(EditionItem, "group"), _length(EditionItem, "name")
_ARTICLE = _length(ItemBasis, "article")


def row_problems(row: CatalogueRow, register: Register) -> Iterator[Problem]:
    """What a person should look at in one row."""
    yield from domain_problems(row, register)
    yield from subject_problems(row, register)
    yield from basis_problems(row, register)
    yield from channel_problems(row, register)
    yield from limit_problems(row)
    yield from rhythm_problems(row)
    yield from length_problems(row)
    if row.audience == "全社会、特定群体":
        message = gettext_noop("Both audiences are chosen; everyone was taken. Choose one.")
        yield Problem("two-audiences", message, {}, row.place_of("audience"), "audience")
    if row.method == "主动、依申请":
        message = gettext_noop("Both methods are chosen; proactive was taken. Choose one.")
        yield Problem("two-methods", message, {}, row.place_of("method"), "method")
    if not row.levels:
        message = gettext_noop("No level is chosen; county level was taken. Choose the levels.")
        yield Problem("no-level", message, {}, row.place_of("levels"), "levels")


def domain_problems(row: CatalogueRow, register: Register) -> Iterator[Problem]:
    if row.domain and register.domain(row.domain) is None:
        message = gettext_noop(
            "The domain “%(name)s” is not known. Correct its name, or accept it as a new domain."
        )
        params = {"name": row.domain}
        yield Problem("unknown-domain", message, params, row.place_of("domain"), "domain", True)


def subject_problems(row: CatalogueRow, register: Register) -> Iterator[Problem]:
    place = row.place_of("subject")
    for name in register.subjects(row.subject)[1]:
        message = gettext_noop(
            "No organ, or more than one, is called “%(name)s”. Choose the organ, or add the name to it as "
            "an alternative name."
        )
        yield Problem("unknown-organ", message, {"name": name}, place, "subject", True)
    if not row.subject:
        message = gettext_noop("No organ is responsible for the item. Fill in 公开主体.")
        yield Problem("no-organ", message, {}, place, "subject")


def basis_problems(row: CatalogueRow, register: Register) -> Iterator[Problem]:
    place = row.place_of("basis")
    for text in row.basis:
        found = register.basis(text)
        if found and len(found[1]) > _ARTICLE:
            yield _too_long(found[1], _ARTICLE, place, "basis")
        elif found is None:
            message = gettext_noop(
                "The legal basis “%(name)s” is not known. Correct its title, or accept it as a new one."
            )
            yield Problem("unknown-basis", message, {"name": text}, place, "basis", True)
    if not row.basis:
        message = gettext_noop("The item has no legal basis. Fill in 公开依据.")
        yield Problem("no-basis", message, {}, place, "basis")


def channel_problems(row: CatalogueRow, register: Register) -> Iterator[Problem]:
    for name in (*row.channels, *row.optional_channels):
        if register.channel(name) is None:
            message = gettext_noop(
                "The channel “%(name)s” is not known. Correct its name, or accept it as a new one."
            )
            params = {"name": channel_name(name)}
            yield Problem(
                "unknown-channel", message, params, row.place_of("channels"), "channels", True
            )


def limit_problems(row: CatalogueRow) -> Iterator[Problem]:
    place = row.place_of("time_limit")
    limit = parse_time_limit(row.time_limit)
    if not row.time_limit:
        message = gettext_noop("The item has no time limit. Fill in 公开时限.")
        yield Problem("no-limit", message, {}, place, "time_limit")
    elif not limit.understood:
        message = gettext_noop(
            "“%(unread)s” in the time limit could not be read, so no deadline is counted from it. Write it "
            "as a period from an event, such as 信息形成之日起20个工作日内."
        )
        params = {"unread": "；".join(limit.unread)}
        yield Problem("unread-limit", message, params, place, "time_limit")


def rhythm_problems(row: CatalogueRow) -> Iterator[Problem]:
    rest = read_rhythm(row.rhythm).rest
    if _COUNTS.search(rest):  # 不定期, 实时更新 and the like name no due date: a note says it all
        message = gettext_noop(
            "“%(unread)s” in the rhythm could not be read and is kept as a note, so nothing falls due by it. "
            "Write it as 每季度至少2条 or 最新一条不超过30天."
        )
        place = row.place_of("rhythm")
        yield Problem("unread-rhythm", message, {"unread": rest}, place, "rhythm")


def length_problems(row: CatalogueRow) -> Iterator[Problem]:
    """Texts longer than the catalogue has room for."""
    texts = [
        ("level1", row.level1, _GROUP if row.level2 else _NAME),
        ("level2", row.level2, _NAME),
        ("level3", row.level3, _length(EditionItem, "sub_name")),
        ("time_limit", row.time_limit, _length(EditionItem, "time_limit_text")),
        ("audience", row.audience_group, _length(EditionItem, "audience_group")),
        *(("content", text, _length(ContentElement, "text")) for text in row.content),
    ]
    for name, text, most in texts:
        if len(text) > most:
            yield _too_long(text, most, row.place_of(name), name)


def _too_long(text: str, most: int, place: Place, name: str) -> Problem:
    message = gettext_noop(
        "“%(start)s…” has %(length)s characters; at most %(most)s are allowed. Shorten it."
    )
    params = {"start": text[:20], "length": len(text), "most": most}
    return Problem("too-long", message, params, place, name, True)
