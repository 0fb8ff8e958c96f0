"""What must be true before the review itself is changed: no page may be left on its way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from workflows.models import Submission

NAMED = 3


class Disturbing(NamedTuple):
    """Something that a review needs is about to go; `waiting` are the submissions that need it."""

    what: str
    waiting: Sequence[Submission]


def nobody_waits_on_it(act: Disturbing) -> str | None:
    if not act.waiting:
        return None
    titles = "".join(f"《{submission.title}》" for submission in act.waiting[:NAMED])
    return _(
        "“%(what)s” is needed by what is under review (%(number)s): %(titles)s. First let these be "
        "signed, returned or taken back."
    ) % {"what": act.what, "number": len(act.waiting), "titles": titles}


GUARD_RULES = [nobody_waits_on_it]
