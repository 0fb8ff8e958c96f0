"""Notes of what people did with an edition, and who therefore may not approve it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from catalogue_standards.enums import EditionAct
from catalogue_standards.models import Edition, EditionEvent

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def shown_name(user: User | None) -> str:
    """The name to keep beside an act: family name first, or the account's name; "" for the system."""
    if user is None:
        return ""
    name = f"{getattr(user, 'last_name', '')}{getattr(user, 'first_name', '')}"
    return name or user.get_username()


def note(edition: Edition, act: EditionAct, user: User | None, reason: str = "") -> EditionEvent:
    """Write one act down."""
    return EditionEvent.objects.create(
        edition=edition, act=act, user=user, user_name=shown_name(user), reason=reason
    )


def record_edit(edition: Edition, user: User | None) -> None:
    """Note that `user` edited the draft. Whatever changes a draft for a person calls this."""
    EditionEvent.objects.update_or_create(
        edition=edition,
        act=EditionAct.EDITED,
        user=user,
        user_name=shown_name(user),
        defaults={"at": timezone.now()},
    )


def is_author(edition: Edition, user: User | None) -> bool:
    """Whether `user` began, edited or submitted the edition."""
    if user is None:
        return False
    return EditionEvent.objects.authorship().filter(edition=edition, user_id=user.pk).exists()
