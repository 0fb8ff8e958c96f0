"""What the desk's templates ask about people."""

from __future__ import annotations

from typing import Any

from django import template

from workflows.enums import Role
from workflows.models import has_role

register = template.Library()


@register.simple_tag
def roles_of(user: Any) -> list[Role]:
    """The roles that `user` holds, in the order in which pieces pass them."""
    return [role for role in Role if has_role(user, role)]
