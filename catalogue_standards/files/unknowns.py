"""Entering the names of a file that the county does not have yet, once a person has accepted them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Max
from django.utils.text import slugify
from pypinyin import lazy_pinyin

from catalogue_standards.files.citing import kind_of_title
from catalogue_standards.files.register import title_of
from catalogue_standards.models import Channel, Domain, Edition, EditionDomain, LegalBasis


def add_bases(citations: Iterable[str]) -> int:
    """Enter each act once, by its title and number; articles are not part of it. Returns how many."""
    acts = {(c.title, c.number): None for c in map(title_of, citations)}
    taken = set(LegalBasis.objects.values_list("code", flat=True))
    LegalBasis.objects.bulk_create(
        LegalBasis(
            code=_code(title, taken, 60),
            title=title[:200],
            document_number=number[:100],
            kind=kind_of_title(title),
        )
        for title, number in acts
    )
    return len(acts)


def new_basis(title: str, number: str, kind: str) -> LegalBasis:
    """Enter one act whose parts are known."""
    taken = set(LegalBasis.objects.values_list("code", flat=True))
    return LegalBasis.objects.create(
        code=_code(title, taken, 60), title=title, document_number=number, kind=kind
    )


def add_channels(names: Iterable[str]) -> int:
    """Enter each channel after the ones there are. Returns how many."""
    names = list(dict.fromkeys(names))
    taken = set(Channel.objects.values_list("code", flat=True))
    last = Channel.objects.aggregate(last=Max("position"))["last"] or 0
    Channel.objects.bulk_create(
        Channel(code=_code(name, taken, 40), name=name[:80], position=last + number)
        for number, name in enumerate(names, start=1)
    )
    return len(names)


def add_domains(edition: Edition, names: Iterable[str]) -> int:
    """Enter each domain and give it a place at the end of the edition. Returns how many."""
    names = list(dict.fromkeys(names))
    taken = set(Domain.objects.values_list("code", flat=True))
    for name in names:
        domain = Domain.objects.create(code=_code(name, taken, 40))
        place_domain(edition, domain, EditionDomain(name=name[:60]))
    return len(names)


def place_domain(edition: Edition, domain: Domain, like: EditionDomain) -> EditionDomain:
    """Put a domain into the edition as `like` describes it; at the end when its number is taken."""
    entries = list(edition.domains.all())
    numbers = {entry.position for entry in entries}
    seals = {entry.seal for entry in entries}
    free = (character for character in like.name if character not in seals)
    number = like.position
    return EditionDomain.objects.create(
        edition=edition,
        domain=domain,
        position=max(numbers, default=0) + 1 if number is None or number in numbers else number,
        name=like.name,
        seal=like.seal or next(free, like.name[0]),
        former_name=like.former_name,
        description=like.description,
    )


def _code(name: str, taken: set[str], longest: int) -> str:
    """A code from the sound of a name, such as yang-lao-fu-wu; it is added to `taken`."""
    code = slugify("-".join(lazy_pinyin(name, errors="default")))[: longest - 4].strip("-") or "x"
    number = 1
    candidate = code
    while candidate in taken:
        number += 1
        candidate = f"{code}-{number}"
    taken.add(candidate)
    return candidate
