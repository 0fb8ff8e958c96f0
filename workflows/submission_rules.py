"""What must be true before a page may be submitted for review."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from workflows.coverage_rules import COVERAGE_RULES, coverage_of
from workflows.enums import Determination, Extent, Role, Step
from workflows.models.people import has_role, organ_of
from workflows.pair_rules import companions_follow_in_time
from workflows.rules import failures

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

    from workflows.models.gated import GatedPageMixin


class Offer(NamedTuple):
    """A page as drafted now, offered for review by `user`."""

    page: GatedPageMixin
    user: AbstractBaseUser | None


def submitted_by_a_drafter(offer: Offer) -> str | None:
    if not has_role(offer.user, Role.DRAFTER):
        return _("Only a drafter may submit a piece for review.")
    organ = organ_of(offer.user)
    if organ is None:
        return _("You are not assigned to an organ yet; ask the system administrator.")
    return None


def issued_by_an_organ_of_theirs(offer: Offer) -> str | None:
    own, issuing = organ_of(offer.user), offer.page.organ
    if own is None or own.answers_over(issuing) or issuing.commissions_drafts:
        return None
    return _("You draft for %(own)s and may not publish in the name of %(organ)s.") % {
        "own": own,
        "organ": issuing,
    }


def travels_alone(offer: Offer) -> str | None:
    lead = offer.page.lead()
    if lead is None:
        return None
    return _("This page is reviewed together with “%(title)s”: submit it there.") % {
        "title": lead.title
    }


def has_a_determination(offer: Offer) -> str | None:
    if not offer.page.determination:
        return _("State the disclosure determination before you submit.")
    if offer.page.determination != Determination.PROACTIVE:
        return _(
            "Only what is determined for proactive disclosure is published. "
            "Keep this piece as a draft with its ground, or change the determination."
        )
    return None


def limited_extent_is_grounded(offer: Offer) -> str | None:
    if offer.page.extent != Extent.FULL and not (offer.page.ground and offer.page.withheld):
        return _("Give the legal ground and say what is withheld: the piece is not shown in full.")
    return None


def not_under_review(offer: Offer) -> str | None:
    from workflows.models import Submission

    if offer.page.pk and Submission.objects.open().of_page(offer.page).exists():
        return _("This piece is under review already; take it back first to change it.")
    return None


def can_be_reviewed_here(offer: Offer) -> str | None:
    from workflows.staff import officers

    place = offer.page if offer.page.path else offer.page.offered_parent
    if place is None:
        return None
    staff, own = officers(), organ_of(offer.user)
    sentences = failures(COVERAGE_RULES, coverage_of(place, staff))
    served = {officer.step for officer in staff if officer.answers_for(own)}
    if own is not None and not sentences and (missing := set(Step) - served):
        sentences = [
            _("Nobody can review for %(organ)s yet: %(roles)s. Ask the system administrator.")
            % {
                "organ": own,
                "roles": "、".join(str(step.role.label) for step in Step if step in missing),
            }
        ]
    return " ".join(sentences) or None


def complete_for_its_type(offer: Offer) -> str | None:
    sentences = offer.page.own_failures()
    return " ".join(sentences) or None


def companions_complete(offer: Offer) -> str | None:
    broken = [
        f"《{page.title}》：{sentence}"
        for page in offer.page.companions()
        for rule in (has_a_determination, limited_extent_is_grounded, complete_for_its_type)
        if (sentence := rule(Offer(page, offer.user)))
    ]
    return " ".join(broken) or None


SUBMISSION_RULES = [
    submitted_by_a_drafter,
    issued_by_an_organ_of_theirs,
    travels_alone,
    has_a_determination,
    limited_extent_is_grounded,
    not_under_review,
    can_be_reviewed_here,
    complete_for_its_type,
    companions_complete,
    companions_follow_in_time,
]
