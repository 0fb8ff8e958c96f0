"""What a reader may do who found nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest

from catalogue_standards.models import Organ
from cms.enums import Section
from cms.models import CataloguePage, SectionPage
from search.normalising import fold
from search.presenting import Names, Option
from search.state import SearchState

_MOST_ORGANS = 3
_COUNTY = re.compile(r"^.{0,6}[县市区旗](?=.{3})")


@dataclass(frozen=True)
class NextSteps:
    """`organs` are those that the reader chose or named; `domains` lead to all that stands in each."""

    organs: list[Organ]
    domains: list[Option]
    catalogue_url: str
    request_url: str


def next_steps(request: HttpRequest, state: SearchState, names: Names) -> NextSteps:
    """At most four queries."""
    catalogue = CataloguePage.objects.live().first()
    section = SectionPage.objects.live().filter(kind=Section.REQUESTS).first()
    return NextSteps(
        organs=_organs(state, names),
        domains=[
            Option(code, label, None, SearchState(chosen={"domain": code}).address(), False)
            for code, label in names.domains.values()
        ],
        catalogue_url=(catalogue.get_url(request) or "") if catalogue else "",
        request_url=(section.get_url(request) or "") if section else "",
    )


def _organs(state: SearchState, names: Names) -> list[Organ]:
    asked = fold(" ".join(state.texts))
    named = [
        code
        for code, name in names.organs.values()
        if code == state.chosen.get("organ") or (name and _bare(name) in asked)
    ]
    found = Organ.objects.filter(Q(code__in=named[:_MOST_ORGANS]))
    return list(found.order_by("name")) if named else []


def _bare(name: str) -> str:
    """民政局 of 县民政局 and 禾城县民政局, for readers leave the county away; never as little as 政府."""
    folded = fold(name)
    return _COUNTY.sub("", folded) or folded
