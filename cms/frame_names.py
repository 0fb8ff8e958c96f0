"""What pages of the frame are called in a language in which the site has no frame of its own yet."""

from __future__ import annotations

from collections.abc import Iterable

from wagtail.models import Page

from cms.languages import OWN, reader_language
from cms.models import StructuralPage


def named_for_reader(pages: Iterable[Page]) -> list[Page]:
    """`pages`, those of the frame under the names that a frame in the reader's language would have."""
    pages = list(pages)
    if reader_language() != OWN:
        for page in pages:
            if issubclass(page.specific_class, StructuralPage):
                page.title = page.specific.name_for_reader()
    return pages
