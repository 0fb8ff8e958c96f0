"""What pages do when the catalogue changes."""

from __future__ import annotations

from typing import Any

from wagtail.models import Locale

from catalogue_standards.models import Edition, Organ
from cms.drafting_rights import sync_drafting_rights
from cms.models import CataloguePage
from cms.places import ensure_frames
from cms.structure import sync_catalogue
from cms.succession import lead_on


def follow_edition(sender: type[Edition], edition: Edition, **kwargs: Any) -> None:
    """Pages, redirects and drafters' rights follow the edition within its own transaction."""
    if not CataloguePage.objects.exists():
        return  # The site's frame has not been made yet; setup_site does all this then.
    for _made in sync_catalogue():
        pass
    lead_on()
    sync_drafting_rights()


def frame_a_new_locale(
    sender: type[Locale], instance: Locale, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    """A new language has its home and index pages at once, below the root and its workflow."""
    if created and not raw:
        ensure_frames()
        sync_drafting_rights()


def follow_township(sender: object, organ: Organ, **kwargs: Any) -> None:
    """A township's drafters draft under what it handles."""
    sync_drafting_rights(only=organ)
