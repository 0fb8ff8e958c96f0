"""Whether every part of the site, in every locale, has its full review."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from wagtail.models import Page

from workflows.coverage_rules import COVERAGE_RULES, coverage_of
from workflows.rules import failures
from workflows.staff import officers


@dataclass(frozen=True)
class Gap:
    """A page below which nothing can be reviewed, and the sentences that say why."""

    page: Page
    sentences: list[str]

    @property
    def why(self) -> str:
        return " ".join(self.sentences)


def gaps() -> list[Gap]:
    """Every tree of the site and every place with a workflow of its own that lacks its review."""
    staff = officers()
    places = Page.objects.filter(Q(depth=2) | Q(workflowpage__isnull=False, depth__gt=2))
    found = []
    for place in places.select_related("locale").order_by("path"):
        sentences = failures(COVERAGE_RULES, coverage_of(place, staff))
        if sentences:
            found.append(Gap(place, sentences))
    return found
