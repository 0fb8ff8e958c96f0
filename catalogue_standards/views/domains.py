"""The domains of an edition."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.views.generic import CreateView, EditView, IndexView

from catalogue_standards.filters import edition_at_work
from catalogue_standards.history import record_edit
from catalogue_standards.models import Edition, EditionDomain
from catalogue_standards.models.fixing import why_fixed
from catalogue_standards.rules import Refused
from catalogue_standards.views.common import DraftOnlyMixin, RefusingDeleteView, tell


def chosen_edition(request: Any) -> Edition | None:
    """The edition that the address names, else the one at work."""
    chosen = request.GET.get("edition", "")
    if chosen.isdigit():
        return Edition.objects.filter(pk=int(chosen)).first()
    return edition_at_work()


class DomainIndexView(IndexView):
    @cached_property
    def edition(self) -> Edition | None:
        return chosen_edition(self.request)

    def get_base_queryset(self) -> QuerySet[Any]:
        rows = EditionDomain.objects.filter(edition=self.edition).select_related(
            "domain", "edition"
        )
        return rows.annotate(number_of_items=Count("items")).order_by("position")

    def get_page_subtitle(self) -> str:
        return str(self.edition or "")

    def get_edit_url(self, instance: EditionDomain) -> str:
        if self.edition and why_fixed(self.edition):
            return (
                f"{reverse('catalogue_items:index')}?edition={instance.edition_id}"
                f"&domain={instance.domain_id}"
            )
        return reverse(self.edit_url_name, args=[instance.pk])

    def get_list_more_buttons(self, instance: EditionDomain) -> list[Any]:
        return []

    def get_add_url(self) -> str | None:
        if self.edition is None or why_fixed(self.edition):
            return None
        return f"{reverse(self.add_url_name)}?edition={self.edition.pk}"


class _DomainSaving:
    request: Any
    object: Any

    def save_instance(self) -> EditionDomain:
        row: EditionDomain = super().save_instance()  # type: ignore[misc]
        record_edit(row.edition, self.request.user)
        return row

    def get_success_url(self) -> str:
        return f"{reverse('catalogue_domains:index')}?edition={self.object.edition_id}"


class DomainCreateView(_DomainSaving, CreateView):
    def get_initial_form_instance(self) -> EditionDomain:
        return EditionDomain(edition=chosen_edition(self.request))

    @cached_property
    def add_url(self) -> str:
        edition = chosen_edition(self.request)
        return f"{super().add_url}?edition={edition.pk if edition else ''}"


class DomainEditView(_DomainSaving, DraftOnlyMixin, EditView):
    # A fixed domain has no form; it is read among its edition's domains.
    def reading_url(self, row: EditionDomain) -> str:
        return f"{reverse('catalogue_domains:index')}?edition={row.edition_id}"


class DomainDeleteView(RefusingDeleteView):
    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response = super().form_valid(form)
        except Refused as refusal:
            tell(self.request, refusal)
            return redirect(self.get_success_url())
        record_edit(self.object.edition, self.request.user)
        return response

    def get_success_url(self) -> str:
        return f"{reverse('catalogue_domains:index')}?edition={self.object.edition_id}"
