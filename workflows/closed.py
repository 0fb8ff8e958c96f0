"""What is not open to the public, or in part only, as it is drafted now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import Q
from wagtail.models import Page

from workflows.enums import Determination, Extent
from workflows.triggers import gated_models

CHUNK = 200


class Closed(NamedTuple):
    page_id: int
    title: str
    organ_id: int
    determination: str
    extent: str
    ground: str


def closed_pages() -> Iterator[Closed]:
    """Pages determined for disclosure on request or not at all, and those open in part only.

    The newest revision says so: a page that is not public keeps the words of its first draft.
    """
    closed = Q(
        latest_revision__content__determination__in=[
            Determination.ON_REQUEST,
            Determination.WITHHELD,
        ]
    )
    in_part = Q(live=True, latest_revision__content__extent__in=[Extent.PARTIAL, Extent.REDACTED])
    pages = (
        Page.objects.type(tuple(gated_models()))
        .filter(closed | in_part)
        .order_by("pk")
        .values_list("pk", "latest_revision__content")
    )
    for pk, content in pages.iterator(CHUNK):
        yield Closed(
            pk,
            content["title"],
            content["organ"],
            content["determination"],
            content["extent"],
            content.get("ground", ""),
        )
