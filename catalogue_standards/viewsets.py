"""The standard catalogue in the admin's menu."""

from __future__ import annotations

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSetGroup

from catalogue_standards import models
from catalogue_standards.filters import ItemFilterSet
from catalogue_standards.forms import BeginEditionForm, DomainForm
from catalogue_standards.panels import ARRANGEMENT_PANEL, ITEM_PANEL, ORGAN_PANEL
from catalogue_standards.views import (
    bases,
    changes,
    domains,
    editions,
    holidays,
    import_reading,
    imports,
    items,
    official,
    organs,
    table,
    townships,
    undoing,
)
from catalogue_standards.views.common import CatalogueViewSet


class EditionViewSet(CatalogueViewSet):
    model = models.Edition
    name = "catalogue_editions"
    url_prefix = "catalogue/editions"
    icon = "history"
    menu_label = _("Editions")
    list_display = [
        "title",
        "status",
        Column("items", label=_("Items"), accessor="number_of_items"),
        "in_force_from",
        "superseded_on",
    ]
    form_fields = ["title", "provenance"]
    inspect_view_enabled = True
    index_view_class = editions.EditionIndexView
    add_view_class = editions.BeginEditionView
    edit_view_class = editions.EditionEditView
    delete_view_class = editions.EditionDeleteView
    inspect_view_class = editions.OverviewView

    def get_form_class(self, for_update: bool = False) -> Any:
        return super().get_form_class(for_update) if for_update else BeginEditionForm

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("act/<int:pk>/<slug:act>/", self.inspect_view, name="act"),
            path("changes/<int:pk>/", self.construct_view(changes.DiffView), name="changes"),
            path("impact/<int:pk>/", self.construct_view(changes.ImpactView), name="impact"),
            path("basis/<int:pk>/", self.construct_view(bases.ReplaceBasisView), name="basis"),
            path(
                "export/<int:pk>/<slug:kind>/",
                self.construct_view(official.ExportView),
                name="export",
            ),
            *self.import_urls(),
        ]

    def import_urls(self) -> list[Any]:
        """The steps of the import wizard."""
        view = self.construct_view
        return [
            path("import/<int:pk>/", view(imports.UploadView), name="import"),
            path("imports/<int:pk>/", view(import_reading.ReadingView), name="import_run"),
            path("imports/<int:pk>/changes/", view(imports.ChangesView), name="import_changes"),
            path("imports/<int:pk>/discard/", view(imports.DiscardView), name="import_discard"),
            path("imports/<int:pk>/again/", view(imports.ReadAgainView), name="import_again"),
            path(
                "imports/<int:pk>/progress/",
                imports.ProgressView.as_view(),
                name="import_progress",
            ),
            path(
                "imports/<int:pk>/cell/<int:number>/<slug:name>/",
                import_reading.ReadCellView.as_view(),
                name="import_cell",
            ),
        ]


class ItemViewSet(CatalogueViewSet):
    model = models.EditionItem
    name = "catalogue_items"
    url_prefix = "catalogue/items"
    icon = "list-ul"
    menu_label = _("Items")
    edit_handler = ITEM_PANEL
    filterset_class = ItemFilterSet
    search_fields = ["name", "sub_name", "group", "time_limit_text", "item__key"]
    inspect_view_enabled = True
    index_view_class = items.ItemIndexView
    add_view_class = items.ItemCreateView
    edit_view_class = items.ItemEditView
    delete_view_class = items.ItemDeleteView
    inspect_view_class = items.ItemInspectView

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path(
                "reorganise/<int:pk>/",
                self.construct_view(items.ReorganiseView),
                name="reorganise",
            ),
            path("table/", self.table_view(), name="table"),
            path("table/results/", self.table_view(results_only=True), name="table_results"),
            path("cell/<int:pk>/<slug:name>/", table.CellView.as_view(), name="cell"),
            path("undo/<int:pk>/", undoing.UndoView.as_view(), name="undo"),
        ]

    @property
    def history_view(self) -> Any:
        return self.construct_view(undoing.ItemHistoryView)

    def table_view(self, **kwargs: Any) -> Any:
        own = {
            "index_url_name": self.get_url_name("table"),
            "index_results_url_name": self.get_url_name("table_results"),
            "template_name": table.TableView.template_name,
            "results_template_name": table.TableView.results_template_name,
        }
        settings = self.get_index_view_kwargs() | own | kwargs
        return self.construct_view(table.TableView, **settings)


class DomainViewSet(CatalogueViewSet):
    model = models.EditionDomain
    name = "catalogue_domains"
    url_prefix = "catalogue/domains"
    icon = "folder-open-inverse"
    menu_label = _("Domains")
    list_display = [
        "name",
        "position",
        Column("items", label=_("Items"), accessor="number_of_items"),
        "former_name",
    ]
    index_view_class = domains.DomainIndexView
    add_view_class = domains.DomainCreateView
    edit_view_class = domains.DomainEditView
    delete_view_class = domains.DomainDeleteView

    def get_form_class(self, for_update: bool = False) -> Any:
        return DomainForm


class BasisViewSet(CatalogueViewSet):
    model = models.LegalBasis
    name = "catalogue_bases"
    url_prefix = "catalogue/bases"
    icon = "doc-full"
    menu_label = _("Legal bases")
    form_fields = ["title", "document_number", "kind", "code", "url", "aliases"]
    list_display = ["title", "document_number", "kind"]
    list_filter = ["kind"]
    search_fields = ["title", "document_number", "code"]


class ChannelViewSet(CatalogueViewSet):
    model = models.Channel
    name = "catalogue_channels"
    url_prefix = "catalogue/channels"
    icon = "site"
    menu_label = _("Channels")
    form_fields = ["name", "code", "position", "aliases"]
    list_display = ["name", "code", "position"]


class OrganViewSet(CatalogueViewSet):
    model = models.Organ
    name = "catalogue_organs"
    url_prefix = "catalogue/organs"
    icon = "group"
    menu_label = _("Organs")
    edit_handler = ORGAN_PANEL
    list_display = ["name", "kind", "code", "organ_code"]
    list_filter = ["kind"]
    index_view_class = organs.OrganIndexView


class ArrangementViewSet(CatalogueViewSet):
    model = models.HolidayArrangement
    name = "catalogue_holidays"
    url_prefix = "catalogue/holidays"
    icon = "calendar-alt"
    menu_label = _("Holidays")
    edit_handler = ARRANGEMENT_PANEL
    list_display = ["year", "source"]
    index_view_class = holidays.ArrangementIndexView

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("notice/", self.construct_view(holidays.NoticeView), name="notice"),
        ]


class TownshipViewSet(ViewSet):
    name = "catalogue_townships"
    url_prefix = "catalogue/townships"
    icon = "home"

    def get_urlpatterns(self) -> list[Any]:
        township = "<int:pk>/"
        return [
            path("", self.construct_view(townships.TownshipsView), name="index"),
            path(township, self.construct_view(townships.TownshipView), name="township"),
            path(
                f"{township}item/<int:item>/",
                self.construct_view(townships.ChooseView),
                name="choose_item",
            ),
            path(
                f"{township}domain/<int:domain>/",
                self.construct_view(townships.ChooseView),
                name="choose_domain",
            ),
            path(f"{township}history/", self.construct_view(townships.HistoryView), name="history"),
        ]


class CatalogueGroup(ModelViewSetGroup):
    menu_label = _("Standard catalogue")
    menu_icon = "list-ul"
    menu_order = 110
    items = (
        EditionViewSet,
        ItemViewSet,
        DomainViewSet,
        BasisViewSet,
        ChannelViewSet,
        OrganViewSet,
        ArrangementViewSet,
    )
