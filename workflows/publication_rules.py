"""What must be true before drafted pages may become public. One list, for every path."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from workflows.digest import content_digest
from workflows.enums import ClearanceStatus, Decision, Determination, Step
from workflows.pair_rules import follows_its_lead, pair_is_what_was_signed

if TYPE_CHECKING:
    from workflows.models.clearance import Clearance
    from workflows.models.gated import GatedPageMixin


class Publishing(NamedTuple):
    """`page`, exactly as this instance holds it, is about to become public under `clearance`."""

    page: GatedPageMixin
    clearance: Clearance | None


def is_cleared(act: Publishing) -> str | None:
    if act.clearance is None:
        return _(
            "“%(title)s” has not been cleared: it becomes public when department review, "
            "confidentiality review and sign-off are all given for exactly this content."
        ) % {"title": act.page.title}
    return None


def content_is_what_was_cleared(act: Publishing) -> str | None:
    if act.clearance is not None and act.clearance.digest != content_digest(act.page):
        return _("“%(title)s” was changed after it was cleared: submit it for review again.") % {
            "title": act.page.title
        }
    return None


def locale_is_what_was_cleared(act: Publishing) -> str | None:
    if act.clearance is not None and act.clearance.locale_id != act.page.locale_id:
        return _("Only another language version of “%(title)s” was cleared.") % {
            "title": act.page.title
        }
    return None


def is_proactive(act: Publishing) -> str | None:
    if act.page.determination != Determination.PROACTIVE:
        return _("“%(title)s” is not determined for proactive disclosure.") % {
            "title": act.page.title
        }
    return None


def is_signed_by_three(act: Publishing) -> str | None:
    from workflows.models import EmergencyPublication

    if act.clearance is None:
        return None
    signed = act.clearance.submission.sign_offs.filter(
        decision=Decision.APPROVED, digest=act.clearance.submission.digest
    )
    # Names count once an account is gone: evidence must not lapse with it.
    people = {sign_off.user_id or sign_off.user_name for sign_off in signed}
    missing = [step.label for step in Step if step not in {s.step for s in signed}]
    if missing and EmergencyPublication.objects.covers(act.clearance.submission):
        # A named person answers for it now, a second one after the fact.
        return None
    if missing:
        return _("Sign-offs are missing: %(steps)s.") % {
            "steps": "、".join(str(step) for step in missing)
        }
    if len(people) < len(Step):
        return _("Each step must be signed by a different person.")
    return None


PUBLICATION_RULES = [
    is_cleared,
    content_is_what_was_cleared,
    locale_is_what_was_cleared,
    is_proactive,
    is_signed_by_three,
    pair_is_what_was_signed,
    follows_its_lead,
]


def usable_clearance(page: GatedPageMixin) -> Clearance | None:
    """The clearance that still waits to be applied to `page`, or None."""
    from workflows.models import Clearance

    waiting = (ClearanceStatus.GRANTED, ClearanceStatus.APPLYING)
    return (
        Clearance.objects.filter(page_id=page.pk, status__in=waiting)
        .select_related("submission")
        .order_by("-granted_at", "-pk")
        .first()
    )
