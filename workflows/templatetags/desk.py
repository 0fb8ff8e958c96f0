"""What the desk's templates ask about people."""

from __future__ import annotations

from typing import Any

from django import template

from workflows.enums import Role
from workflows.help import help_for
from workflows.models import has_role

register = template.Library()


@register.simple_tag
def roles_of(user: Any) -> list[Role]:
    """The roles that `user` holds, in the order in which pieces pass them."""
    return [role for role in Role if has_role(user, role)]


@register.inclusion_tag("desk/_help.html", takes_context=True)
def desk_help(context: dict[str, Any]) -> dict[str, str]:
    """The help of the screen that is shown, closed until somebody opens it."""
    match = getattr(context.get("request"), "resolver_match", None)
    return {"help": help_for(match.view_name or "") if match else ""}
