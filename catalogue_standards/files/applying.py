"""Writing a matched file into a draft edition, in one transaction or not at all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext, gettext_noop

from catalogue_standards.actions.begin import CopyEditionAction
from catalogue_standards.enums import EditionStatus
from catalogue_standards.files.facts import ItemFacts, facts_of
from catalogue_standards.files.identities import ItemKey, identities
from catalogue_standards.files.matching import MatchedItem, Matching
from catalogue_standards.files.parts import write_parts
from catalogue_standards.files.unknowns import place_domain
from catalogue_standards.history import record_edit
from catalogue_standards.models import Domain, Edition, EditionDomain, EditionItem
from catalogue_standards.models.fixing import why_fixed
from catalogue_standards.rules import EditionFixed

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class NotApplicable(ValueError):
    """The file cannot be written into the edition. Show it as `gettext(error.message) % error.params`."""

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message % params)
        self.message = message
        self.params = params


@dataclass(frozen=True)
class Applied:
    """How many items of the file's domains came, changed, stayed as they were, and went."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0


def draft_edition(year: int, user: User | None = None) -> Edition:
    """The draft edition of a year, begun from nothing by `user` when the year has none.

    Raises EditionFixed when the year's edition is under review, approved, in force or superseded.
    """
    editions = Edition.objects.filter(year=year).order_by("-amendment")
    if draft := editions.filter(status=EditionStatus.DRAFT).first():
        return draft
    if newest := editions.first():
        raise EditionFixed([why_fixed(newest) or ""])
    title = gettext("Standard catalogue of grassroots disclosure (%(year)s)") % {"year": year}
    return CopyEditionAction(year, title, user).execute()


@transaction.atomic
def apply_matching(edition: Edition, matching: Matching, user: User | None = None) -> Applied:
    """Make the domains of the file in `edition` say what the file says; other domains stay.

    An item is recognised by its domain and names: first in the edition itself, then in earlier ones, from
    which it takes its lasting identity; otherwise it is new. An item of these domains that the file does
    not have is taken out of the draft. `user` becomes one of the edition's authors. Raises EditionFixed
    when the edition is no draft, and NotApplicable when problems are left that would lose or confuse
    something; nothing is written then.
    """
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if edition.status != EditionStatus.DRAFT:
        raise EditionFixed([why_fixed(edition) or ""])
    if matching.blocking:
        raise NotApplicable(
            gettext_noop(
                "Nothing was imported: %(count)s problems must be solved first. Correct them in the file, "
                "then import it again."
            ),
            count=len(matching.blocking),
        )
    by_domain: dict[int, list[MatchedItem]] = defaultdict(list)
    for item in matching.items:
        assert item.domain_id is not None  # an unknown domain is a blocking problem
        by_domain[item.domain_id].append(item)
    record_edit(edition, user)
    return _write(edition, by_domain)


def _write(edition: Edition, by_domain: dict[int, list[MatchedItem]]) -> Applied:
    planned = {(pk, i.facts.names): i.facts for pk, items in by_domain.items() for i in items}
    there = {
        (entry.edition_domain.domain_id, facts.names): (entry, facts)
        for entry in edition.items.filter(edition_domain__domain__in=by_domain).with_details()
        if (facts := facts_of(entry))
    }
    gone = [entry.pk for key, (entry, _facts) in there.items() if key not in planned]
    edition.items.filter(pk__in=gone).delete()
    changed = [
        (there[key][0], facts)
        for key, facts in planned.items()
        if key in there and there[key][1] != facts
    ]
    fresh = [key for key in planned if key not in there]
    places = {pk: _place(edition, pk) for pk in by_domain}
    created = [
        (EditionItem(edition=edition, edition_domain=places[key[0]], item=item), planned[key])
        for key, item in zip(fresh, identities(edition, fresh), strict=True)
    ]
    same_limit = {e.pk for e, facts in changed if e.time_limit_text == facts.time_limit_text}
    for entry, facts in (*changed, *created):
        _set(entry, facts)
    EditionItem.objects.bulk_update([entry for entry, _facts in changed], _COLUMNS, batch_size=100)
    _number(edition, [entry for entry, _facts in created], list(planned))
    EditionItem.objects.bulk_create([entry for entry, _facts in created])
    write_parts([*changed, *created], same_limit)
    unchanged = len(planned) - len(changed) - len(created)
    return Applied(len(created), len(changed), unchanged, len(gone))


_COLUMNS = [
    "group",
    "name",
    "sub_name",
    "time_limit_text",
    "audience",
    "audience_group",
    "method",
    "at_county",
    "at_township",
    "at_village",
    "stage",
    "rhythm_period",
    "rhythm_pieces",
    "newest_days",
    "notes",
]


def _set(entry: EditionItem, facts: ItemFacts) -> None:
    for column in _COLUMNS:
        setattr(entry, column, getattr(facts, column))
    entry.notes = dict(facts.notes)  # facts keep them as pairs, to be comparable


def _place(edition: Edition, domain: int) -> EditionDomain:
    """The domain's entry in the edition, made like its newest one elsewhere when there is none."""
    entries = EditionDomain.objects.filter(domain=domain)
    own = entries.filter(edition=edition).first()
    if own:
        return own
    like = entries.order_by("-edition__year", "-edition__amendment").first()
    assert like is not None  # a domain is found by its name in some edition
    return place_domain(edition, Domain.objects.get(pk=domain), like)


def _number(edition: Edition, created: list[EditionItem], file_order: list[ItemKey]) -> None:
    """Number the edition's items through, by domain, those of the file in the file's order.

    `created` are numbered but not saved.
    """
    order = {key: number for number, key in enumerate(file_order)}
    saved = list(edition.items.select_related("edition_domain"))

    def place(entry: EditionItem) -> tuple[int, int, int]:
        names = (entry.group, entry.name, entry.sub_name)
        number = order.get((entry.edition_domain.domain_id, names), 0)
        return entry.edition_domain.position, number, entry.position or 0

    moved = []
    for number, entry in enumerate(sorted([*saved, *created], key=place), start=1):
        if entry.position != number:
            entry.position = number
            if entry.pk:
                moved.append(entry)
    EditionItem.objects.bulk_update(moved, ["position"], batch_size=500)
