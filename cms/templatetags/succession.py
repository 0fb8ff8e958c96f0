"""What a page of an item no longer in force says of its successors."""

from __future__ import annotations

from typing import Any

from django import template

from cms.models import ItemPage
from cms.succession import successors_of

register = template.Library()


@register.inclusion_tag("components/succession_notice.html")
def succession_notice(page: ItemPage) -> dict[str, Any]:
    return {"successors": successors_of(page)}
