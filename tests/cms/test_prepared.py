"""A query that is put together once gives what the same query gives when it is made anew."""

from __future__ import annotations

from datetime import date

import pytest

from catalogue_standards.models import Item
from cms.models import DisclosurePage
from cms.prepared import Prepared
from tests.county import County, draft_piece, publish


@pytest.mark.django_db
def test_each_key_gets_its_own_rows(county: County, django_assert_num_queries):
    pieces = [publish(county, draft_piece(county, title)) for title in ("甲", "乙")]
    shown = ("title", "written_on", "first_published_at", "live")
    rows = Prepared(lambda pk: of(pk).values_list(*shown), int)
    with django_assert_num_queries(3):
        found = [rows(piece.pk) for piece in (*pieces, pieces[0])]
    assert found == [list(of(piece.pk).values_list(*shown)) for piece in (*pieces, pieces[0])]
    assert isinstance(found[0][0][1], date)
    assert rows(-1) == []


def of(pk: int):
    return DisclosurePage.objects.filter(pk=pk)


@pytest.mark.django_db
def test_keys_are_told_apart_by_their_place(county: County):
    piece = publish(county, draft_piece(county, "甲"))
    rows = Prepared(
        lambda slug, item, title: DisclosurePage.objects.filter(
            slug=slug, item=item, title=title
        ).values_list("pk"),
        str,
        int,
        str,
    )
    item = Item.objects.get(pk=piece.item_id)
    assert rows(piece.slug, item.pk, "甲") == [(piece.pk,)]
    assert rows("甲", item.pk, piece.slug) == ([(piece.pk,)] if piece.slug == "甲" else [])
    assert rows(piece.slug, item.pk + 1, "甲") == []
