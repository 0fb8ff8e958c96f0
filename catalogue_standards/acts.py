"""The acts on an edition that its page in the admin offers, each with the reasons against it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue_standards import edition_rules as rules
from catalogue_standards.actions.base import EditionAction
from catalogue_standards.actions.begin import AmendEditionAction
from catalogue_standards.actions.force import ScheduleEditionAction
from catalogue_standards.actions.review import ApproveEditionAction, ReturnEditionAction
from catalogue_standards.actions.submit import SubmitEditionAction
from catalogue_standards.enums import EditionStatus
from catalogue_standards.forms import AmendmentForm, ForceForm, ReasonForm
from catalogue_standards.models import Edition
from catalogue_standards.rules import Rule, failures

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(frozen=True)
class Act:
    """A verb. `form_class` asks for the arguments that `action` takes besides edition and user."""

    name: str
    label: Any
    statuses: tuple[EditionStatus, ...]
    rules: list[Rule[rules.Acting]]
    action: Callable[..., EditionAction]
    done: Any
    form_class: type[forms.Form] = forms.Form


ACTS = (
    Act(
        "submit",
        _("Submit for review"),
        (EditionStatus.DRAFT,),
        rules.SUBMIT_RULES,
        SubmitEditionAction,
        _("“%(edition)s” is in review. Another administrator can approve it."),
    ),
    Act(
        "approve",
        _("Approve"),
        (EditionStatus.IN_REVIEW,),
        rules.APPROVE_RULES,
        ApproveEditionAction,
        _("“%(edition)s” is approved. Set the day on which it takes force."),
    ),
    Act(
        "force",
        _("Put in force"),
        (EditionStatus.APPROVED,),
        rules.FORCE_RULES,
        ScheduleEditionAction,
        _("“%(edition)s” takes force on its day; pages and permissions follow then."),
        ForceForm,
    ),
    Act(
        "return",
        _("Return"),
        (EditionStatus.IN_REVIEW, EditionStatus.APPROVED),
        rules.RETURN_RULES,
        ReturnEditionAction,
        _("“%(edition)s” is a draft again."),
        ReasonForm,
    ),
    Act(
        "amend",
        _("Begin an amendment"),
        (EditionStatus.IN_FORCE,),
        rules.AMEND_RULES,
        AmendEditionAction,
        _("“%(edition)s” is begun."),
        AmendmentForm,
    ),
)


@dataclass
class OfferedAct:
    """An act as a person sees it: its form, and why it is not possible just now."""

    act: Act
    form: forms.Form
    reasons: list[str] = field(default_factory=list)


def offered_acts(
    edition: Edition, user: User, bound: dict[str, forms.Form] | None = None
) -> list[OfferedAct]:
    """The acts that the edition's status calls for; `bound` has forms that were just refused."""
    acting = rules.Acting(edition, user)
    return [
        OfferedAct(
            act,
            (bound or {}).get(act.name)
            or act.form_class(prefix=act.name, initial={"on": edition.in_force_from}),
            failures(act.rules, acting),
        )
        for act in ACTS
        if edition.status in act.statuses
    ]
