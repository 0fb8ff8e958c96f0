"""How policies stand today, as conditions on their dates.

Validity is not stored, for it changes by itself; cms.validity.validity_on says the same of one page.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Case, CharField, Q, Value, When

from cms.enums import Validity
from search.kinds import Kind
from search.models import Entry


def conditions(day: date) -> dict[Validity, Q]:
    """Which policies have each validity on `day`; no policy has two."""
    not_repealed = Q(repealed_on=None) | Q(repealed_on__gt=day)
    not_lapsed = not_repealed & (Q(expires_on=None) | Q(expires_on__gte=day))
    begun = not_lapsed & (Q(effective_on=None) | Q(effective_on__lte=day))
    found = {
        Validity.IN_FORCE: begun & (Q(amended_on=None) | Q(amended_on__gt=day)),
        Validity.NOT_YET: not_lapsed & Q(effective_on__gt=day),
        Validity.AMENDED: begun & Q(amended_on__lte=day),
        Validity.REPEALED: Q(repealed_on__lte=day),
        Validity.LAPSED: not_repealed & Q(expires_on__lt=day),
    }
    return {validity: Q(kind=Kind.POLICY) & condition for validity, condition in found.items()}


def validity_case(day: date) -> Case:
    """The validity of an entry on `day` in SQL; "" for what is no policy."""
    whens = [When(where, then=Value(validity)) for validity, where in conditions(day).items()]
    return Case(*whens, default=Value(""), output_field=CharField())


def validity_of(entry: Entry, day: date) -> Validity | None:
    """The validity of one entry on `day`; None for what is no policy."""
    from cms.validity import validity_on

    return validity_on(entry, day) if entry.kind == Kind.POLICY else None
