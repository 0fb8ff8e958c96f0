"""Whether any page is shown to some readers only; hardly a county has one."""

from __future__ import annotations

from wagtail.models import PageViewRestriction

from cms.page_cache.sharing import is_sharing, shared


def may_be_restricted() -> bool:
    """False only where it is known, for the state of the site that is shown now, that no page is."""
    return not is_sharing() or shared("any restriction", PageViewRestriction.objects.exists)
