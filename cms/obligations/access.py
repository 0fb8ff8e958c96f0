"""Who sees the duties of which organs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied

from catalogue_standards.models import Organ
from workflows.enums import Role
from workflows.models import has_role, organ_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from catalogue_standards.models.organs import OrganQuerySet

#: They see every organ; the others see their own and those below it.
OVERSEERS = (Role.CATALOGUE_ADMIN, Role.SYSTEM_ADMIN, Role.AUDITOR)
#: Whose own work the duties of their organ are.
ANSWERABLE = (Role.DRAFTER, Role.DEPARTMENT_REVIEWER)
READERS = (
    *ANSWERABLE,
    Role.CONFIDENTIALITY_REVIEWER,
    Role.SIGNATORY,
    *OVERSEERS,
)


def may_read(user: AbstractBaseUser | AnonymousUser) -> bool:
    return any(has_role(user, role) for role in READERS)


def organs_seen_by(user: AbstractBaseUser | AnonymousUser) -> OrganQuerySet:
    if any(has_role(user, role) for role in OVERSEERS):
        return Organ.objects.in_use()
    own = organ_of(user)
    return Organ.objects.in_use().filter(path__startswith=own.path) if own else Organ.objects.none()


def may_note(user: AbstractBaseUser | AnonymousUser, organ: Organ) -> bool:
    """Whether `user` may note events from which limits of `organ` run: its drafters and heads."""
    own = organ_of(user)
    drafts = any(has_role(user, role) for role in ANSWERABLE)
    return drafts and own is not None and own.answers_over(organ)


class DutyReadersOnly:
    """Lets in who has work with duties; being a superuser is not enough."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_read(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
