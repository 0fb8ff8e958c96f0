"""What a page tells machines: the forms of its lists, and what it is about."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from cms.json_ld import described
from cms.open_data.offers import offers_on

register = template.Library()
# As Django's json_script: nothing in the text can end the element.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def _shown(context: template.Context) -> dict[str, Any]:
    return {str(name): value for name, value in context.flatten().items()}


@register.inclusion_tag("components/data_links.html", takes_context=True)
def data_links(context: template.Context) -> dict[str, Any]:
    """For the head: every form of each list on this page."""
    return {"offers": offers_on(context.get("page"), _shown(context))}


@register.inclusion_tag("components/data_downloads.html", takes_context=True)
def data_downloads(context: template.Context) -> dict[str, Any]:
    """For people: the same as links below the list."""
    return {"offers": offers_on(context.get("page"), _shown(context))}


@register.simple_tag(takes_context=True)
def linked_data(context: template.Context) -> SafeString:
    """What the page is about, in the words of schema.org."""
    graph = described(_shown(context))
    if not graph:
        return SafeString("")
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')
