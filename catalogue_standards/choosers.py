"""Pickers with a search field, for lists too long for a drop-down."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.chooser import ChooserViewSet

from catalogue_standards.models import LegalBasis, Organ

BASIS_CHOOSER = ChooserViewSet(
    "catalogue_basis_chooser",
    model=LegalBasis,
    icon="doc-full",
    choose_one_text=_("Choose a legal basis"),
    choose_another_text=_("Choose another legal basis"),
    edit_item_text=_("Edit this legal basis"),
)

ORGAN_CHOOSER = ChooserViewSet(
    "catalogue_organ_chooser",
    model=Organ,
    icon="group",
    choose_one_text=_("Choose an organ"),
    choose_another_text=_("Choose another organ"),
    edit_item_text=_("Edit this organ"),
)
