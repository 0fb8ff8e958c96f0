"""What a township may choose for itself, and who may propose and approve it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from catalogue_standards.enums import OrganKind
from catalogue_standards.limit_comparing import clause_of, is_no_looser
from catalogue_standards.limits import parse_time_limit
from catalogue_standards.models import Channel, Domain, EditionItem, Organ, TownshipChoice
from catalogue_standards.people import organ_of
from catalogue_standards.rules import Rule

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(frozen=True)
class Choosing:
    """A township about to choose: about `entry`, an item of the edition in force, or a `domain`."""

    township: Organ
    user: User | None
    entry: EditionItem | None = None
    domain: Domain | None = None
    is_involved: bool = True
    reason: str = ""
    time_limit_text: str = ""
    channels: tuple[Channel, ...] = ()


@dataclass(frozen=True)
class Deciding:
    """A county administrator about to approve or return a township's proposal."""

    choice: TownshipChoice
    user: User | None


def is_a_township(choosing: Choosing) -> str | None:
    if choosing.township.kind == OrganKind.TOWNSHIP and not choosing.township.abolished_on:
        return None
    return _(
        "Only a township takes a part of the catalogue; departments answer for all they are named in."
    )


def works_there(choosing: Choosing) -> str | None:
    may = choosing.user and choosing.user.has_perm("catalogue_standards.propose_townshipchoice")
    if may and organ_of(choosing.user) == choosing.township:
        return None
    return _("Only the catalogue administrator of %(township)s proposes this.") % {
        "township": choosing.township
    }


def gives_a_reason(choosing: Choosing) -> str | None:
    if choosing.is_involved or choosing.reason.strip():
        return None
    return _("Say why the township does not handle it: the public will read it.")


def is_all_or_nothing(choosing: Choosing) -> str | None:
    own = choosing.time_limit_text or choosing.channels
    if choosing.is_involved or not own:
        return None
    return _(
        "What the township does not handle has no limit and no channels of its own: clear them."
    )


def limit_is_understood(choosing: Choosing) -> str | None:
    read = parse_time_limit(choosing.time_limit_text)
    if not choosing.time_limit_text or read.understood:
        return None
    return _(
        "This part of the time limit was not understood: “%(words)s”. Write it another way."
    ) % {"words": "；".join(read.unread) or choosing.time_limit_text}


def limit_is_tighter(choosing: Choosing) -> str | None:
    if not choosing.time_limit_text or choosing.entry is None:
        return None
    own = parse_time_limit(choosing.time_limit_text)
    county = [clause_of(limit) for limit in choosing.entry.limits.all()]
    told = {"limit": choosing.entry.time_limit_text}
    if not county:
        return (
            _("The county's limit, “%(limit)s”, sets no days that a township could tighten.") % told
        )
    if own.understood and not is_no_looser(own.clauses, county):
        return (
            _(
                "A township may only tighten the county's limit, “%(limit)s”: write a shorter one"
                " that counts from the same event and covers all its parts."
            )
            % told
        )
    if own.understood and is_no_looser(county, own.clauses):
        return _("This is no tighter than the county's limit, “%(limit)s”: leave it blank.") % told
    return None


def changes_something(choosing: Choosing) -> str | None:
    about = {"item": choosing.entry.item} if choosing.entry else {"domain": choosing.domain}
    binding = TownshipChoice.objects.binding().filter(organ=choosing.township, **about).first()
    now = (
        (binding.is_involved, binding.reason, binding.time_limit_text, set(binding.channels.all()))
        if binding
        else (True, "", "", set())
    )
    wanted = (
        choosing.is_involved,
        choosing.reason.strip(),
        choosing.time_limit_text,
        set(choosing.channels),
    )
    return _("This is how it stands already.") if now == wanted else None


def still_waits(deciding: Deciding) -> str | None:
    if TownshipChoice.objects.proposed().filter(pk=deciding.choice.pk).exists():
        return None
    return _("This proposal was decided or replaced in the meantime.")


def may_approve(deciding: Deciding) -> str | None:
    if deciding.user and deciding.user.has_perm("catalogue_standards.approve_townshipchoice"):
        return None
    return _("Your account may not do this; ask a catalogue administrator.")


def proposed_by_another(deciding: Deciding) -> str | None:
    choice, user = deciding.choice, deciding.user
    if user and choice.proposed_by_id != user.pk and organ_of(user) != choice.organ:
        return None
    return _("Someone at the county has to approve what the township proposes.")


PROPOSE_RULES: list[Rule[Choosing]] = [
    is_a_township,
    works_there,
    gives_a_reason,
    is_all_or_nothing,
    limit_is_understood,
    limit_is_tighter,
    changes_something,
]
DECIDE_RULES: list[Rule[Deciding]] = [may_approve, proposed_by_another, still_waits]
