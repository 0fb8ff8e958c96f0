"""Names of people, copied into evidence because accounts come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser


def display_name(user: AbstractBaseUser | AnonymousUser | None) -> str:
    """Family name before given name, as Chinese is written; the user name where neither is known."""
    if user is None:
        return ""
    full = f"{getattr(user, 'last_name', '')}{getattr(user, 'first_name', '')}"
    return full or user.get_username()
