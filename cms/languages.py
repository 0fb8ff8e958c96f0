"""The reader's language: the part before the path, and which version of a page it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils import translation
from wagtail.models import Page, PageViewRestriction

from cms.restrictions import may_be_restricted

if TYPE_CHECKING:
    from django.http import HttpRequest
else:
    HttpRequest = object

#: The language of the site itself: its addresses have no prefix.
OWN = settings.LANGUAGE_CODE


def reader_language() -> str:
    """A code of LANGUAGES; the site's own where nothing else was asked for."""
    return translation.get_language() or OWN


def path_for_reader(path: str) -> str:
    """`path` of a page in the site's own language, for someone who reads the site in another."""
    language = reader_language()
    if language == OWN or not path.startswith("/") or path.startswith(f"/{language}/"):
        return path
    return f"/{language}{path}"


class ReaderLanguageMixin(Page):
    """Links to a page stay within the language in which the site is being read."""

    #: To what it refers that many public pages share (cms/addresses.py).
    shown_with: ClassVar[tuple[str, ...]] = ("locale",)

    class Meta:
        abstract = True

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        if not may_be_restricted():
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def get_url_parts(
        self, request: HttpRequest | None = None
    ) -> tuple[int, str | None, str | None] | None:
        parts = super().get_url_parts(request)
        if parts is None or parts[2] is None:
            return parts
        site, root, path = parts
        return site, root, path_for_reader(path)
