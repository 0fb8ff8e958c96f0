"""Parts of a page that are the same on many of them, rendered once for each state of the site."""

from __future__ import annotations

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.utils.safestring import SafeString, mark_safe

from cms.page_cache.sharing import shared

register = template.Library()


class PartNode(Node):
    def __init__(self, name: str, on: list[FilterExpression], nodelist: NodeList) -> None:
        self.name = name
        self.on = on
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        request = context.get("request")
        place = request.get_host() if request is not None else ""
        key = ("part", self.name, place, *(each.resolve(context) for each in self.on))
        return mark_safe(shared(key, lambda: self.nodelist.render(context)))


@register.tag
def part(parser: Parser, token: Token) -> PartNode:
    """`{% part "name" a b %}…{% endpart %}`: what stands inside depends on nothing but what is public,
    the reader's language, the host, and the (hashable) values named here."""
    _tag, name, *on = token.split_contents()
    nodelist = parser.parse(("endpart",))
    parser.delete_first_token()
    return PartNode(name.strip("\"'"), [parser.compile_filter(each) for each in on], nodelist)
