"""The items of an edition: list, form, reading, dropping and reorganising."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, IndexView, InspectView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button

from catalogue_standards.actions.cells import Snapshot, record_changes
from catalogue_standards.actions.reorganise import (
    DropItemAction,
    MergeItemAction,
    ReplaceItemAction,
    SplitItemAction,
)
from catalogue_standards.cells import LABELS
from catalogue_standards.editing import cells_of, not_understood
from catalogue_standards.filters import edition_at_work
from catalogue_standards.item_forms import ReorganiseForm
from catalogue_standards.models import Edition, EditionItem
from catalogue_standards.models.fixing import why_fixed
from catalogue_standards.rules import Refused
from catalogue_standards.views.common import DraftEditView, RefusingDeleteView, tell


def items_url(edition: Any) -> str:
    return f"{reverse('catalogue_items:index')}?edition={edition}"


class ItemIndexView(IndexView):
    columns_beside = [
        Column("domain", label=gettext_lazy("Domain"), accessor="edition_domain.name"),
        Column(
            "subjects",
            label=gettext_lazy("Responsible organs"),
            accessor=lambda row: "、".join(str(subject) for subject in row.subjects.all()),
        ),
        Column("limit", label=gettext_lazy("Time limit"), accessor="time_limit_text"),
    ]

    @cached_property
    def columns(self) -> list[Any]:
        title = self._get_title_column("full_name", width="32%")
        # Wagtail makes the heading from the property's name, and takes no other.
        title.label = gettext_lazy("Name")
        number = Column("position", label=gettext_lazy("No."), accessor="position", width="5%")
        return [number, title, *self.columns_beside]

    def get_base_queryset(self) -> QuerySet[Any]:
        return EditionItem.objects.with_details().order_by("edition_domain__position", "position")

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset

    def get_edit_url(self, instance: EditionItem) -> str | None:
        if why_fixed(instance.edition):
            return reverse(self.inspect_url_name, args=[instance.pk])
        url: str | None = super().get_edit_url(instance)
        return url

    def get_list_more_buttons(self, instance: EditionItem) -> list[Any]:
        return []

    def get_add_url(self) -> str | None:
        url: str | None = super().get_add_url()
        edition = self._edition()
        return f"{url}?edition={edition.pk}" if url and edition and not why_fixed(edition) else None

    def _edition(self) -> Edition | None:
        chosen = self.request.GET.get("edition", "")
        if chosen.isdigit():
            return Edition.objects.filter(pk=chosen).first()
        return edition_at_work()

    def get_page_subtitle(self) -> str:
        return str(self._edition() or "")


class ItemSavingMixin:
    """Notes who edited, and tells what of the time limit was not understood."""

    request: Any
    form: Any
    object: Any

    def save_instance(self) -> EditionItem:
        pk = self.form.instance.pk
        before = Snapshot.of([pk] if pk else [])
        entry: EditionItem = super().save_instance()  # type: ignore[misc]
        record_changes(entry.edition, before, self.request.user)
        if self.form.read and (sentence := not_understood(self.form.read)):
            messages.warning(self.request, sentence)
        return entry


class ItemCreateView(ItemSavingMixin, CreateView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        chosen = request.GET.get("edition", "")
        self.edition = (
            get_object_or_404(Edition, pk=int(chosen)) if chosen.isdigit() else edition_at_work()
        )
        reason = why_fixed(self.edition) if self.edition else _("Begin an edition first.")
        if reason:
            messages.warning(request, reason)
            return redirect("catalogue_editions:index")
        return super().dispatch(request, *args, **kwargs)

    def get_initial_form_instance(self) -> EditionItem:
        return EditionItem(edition=self.edition)

    @cached_property
    def add_url(self) -> str:
        return f"{super().add_url}?edition={self.edition.pk if self.edition else ''}"

    def get_success_url(self) -> str:
        return items_url(self.object.edition_id)


class ItemEditView(ItemSavingMixin, DraftEditView):
    says_why = False  # The page that it leads to says it.

    def get_success_url(self) -> str:
        return reverse(self.edit_url_name, args=[self.object.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return item_breadcrumbs(self, self.object)

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        reorganise = Button(
            _("Split, merge or replace"),
            url=reverse("catalogue_items:reorganise", args=[self.object.pk]),
            icon_name="resubmit",
            priority=5,
        )
        return [reorganise, *super().header_more_buttons]


class ItemInspectView(InspectView):
    """An item as the table has it; the only view of one that is fixed."""

    template_name = "catalogue/item.html"

    def get_page_title(self) -> str:
        return _("Catalogue item")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return item_breadcrumbs(self, self.object)

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        return [] if why_fixed(self.object.edition) else super().header_more_buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = cells_of(self.object)
        return super().get_context_data(**kwargs) | {
            "entry": self.object,
            "reason": why_fixed(self.object.edition),
            "cells": [(label, row.cells[name]) for name, label in LABELS.items()],
        }


class ItemDeleteView(RefusingDeleteView):
    def delete_action(self) -> None:
        DropItemAction(self.object, self.request.user).execute()

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except Refused as refusal:
            tell(self.request, refusal)
            return redirect("catalogue_items:inspect", self.object.pk)

    def get_success_url(self) -> str:
        return items_url(self.object.edition_id)


class ReorganiseView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """Split, merge or replace one item of a draft."""

    model = EditionItem
    permission_required = "change"
    form_class = ReorganiseForm
    template_name = "catalogue/reorganise.html"
    header_icon = "resubmit"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = EditionItem.objects.select_related("edition", "edition_domain__domain")
        self.entry = get_object_or_404(rows, pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return _("Split, merge or replace")

    def get_page_subtitle(self) -> str:
        return str(self.entry)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *item_breadcrumbs(self, self.entry)[:-1],
            {"url": reverse("catalogue_items:edit", args=[self.entry.pk]), "label": self.entry},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"entry": self.entry}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "entry": self.entry,
            "reason": why_fixed(self.entry.edition),
        }

    def form_valid(self, form: ReorganiseForm) -> HttpResponse:
        chosen = form.cleaned_data
        user: Any = self.request.user
        action: Any
        if chosen["how"] == form.SPLIT:
            action = SplitItemAction(self.entry, user, chosen["names"].splitlines())
        elif chosen["how"] == form.MERGE:
            action = MergeItemAction(self.entry, user, chosen["target"])
        else:
            action = ReplaceItemAction(self.entry, user, chosen["target"])
        try:
            action.execute()
        except Refused as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
            return self.form_invalid(form)
        messages.success(
            self.request,
            _("Done. When the edition takes force, the page of “%(item)s” leads on.")
            % {"item": self.entry},
        )
        return redirect(items_url(self.entry.edition_id))


def item_breadcrumbs(view: Any, entry: EditionItem) -> list[dict[str, Any]]:
    return [
        *view.breadcrumbs_items,
        {"url": reverse("catalogue_editions:index"), "label": _("Editions")},
        {
            "url": reverse("catalogue_editions:inspect", args=[entry.edition_id]),
            "label": str(entry.edition),
        },
        {"url": items_url(entry.edition_id), "label": _("Items")},
        {"url": "", "label": str(entry)},
    ]
