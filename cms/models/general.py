"""Guides, rules and annual reports of the disclosure platform."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cms.models.piece import PublishedPiece


class GeneralPage(PublishedPiece):
    template = "pages/general.html"
    is_creatable = True
    parent_page_types = ["cms.SectionPage"]

    class Meta:
        verbose_name = _("guide, rules or report")
        verbose_name_plural = _("guides, rules and reports")
