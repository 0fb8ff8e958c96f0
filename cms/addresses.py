"""Which public page stands at an address."""

from __future__ import annotations

from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS
from wagtail.models import Page

from cms.page_cache.sharing import is_sharing, shared
from cms.prepared import Prepared

# The address alone has no index; the slug has.
_AT = Prepared(
    lambda slug, url_path: (
        Page.objects.live()
        .filter(slug=slug, url_path=url_path)
        .order_by()
        .values_list("pk", "content_type")
    ),
    str,
    str,
)
_ROWS: dict[type[Page], Prepared] = {}


def public_page_at(url_path: str) -> Page | None:
    """The live page with this `url_path`, as what it is; two queries."""
    for pk, kind in _AT(url_path.rstrip("/").rpartition("/")[2], url_path):
        page = _fetch(ContentType.objects.get_for_id(kind).model_class() or Page, pk)
        if is_sharing():
            _give_what_is_shared(page)
        return page
    return None


def _fetch(model: type[Page], pk: int) -> Page:
    names = [field.attname for field in model._meta.concrete_fields]
    if model not in _ROWS:
        rows = model._base_manager.order_by().values_list(*names)
        _ROWS[model] = Prepared(lambda pk: rows.filter(pk=pk), int)
    page: Page = model.from_db(DEFAULT_DB_ALIAS, names, _ROWS[model](pk)[0])
    return page


def _give_what_is_shared(page: Page) -> None:
    """Its language, organ and item are those of many pages."""
    for name in getattr(page, "shown_with", ()):
        key = getattr(page, f"{name}_id")
        if key is not None:
            setattr(page, name, shared((name, key), partial(getattr, page, name)))
