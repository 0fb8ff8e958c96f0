"""The editions: list, beginning, overview with its acts, and what an edition changes."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.generic import CreateView, IndexView, InspectView
from wagtail.admin.widgets.button import HeaderButton

from catalogue_standards.actions.begin import CopyEditionAction
from catalogue_standards.acts import ACTS, offered_acts
from catalogue_standards.edition_rules import EDIT_RULES, Acting
from catalogue_standards.enums import EditionStatus
from catalogue_standards.impact import impact_of
from catalogue_standards.models import Edition
from catalogue_standards.overview import figures, newer_than_base, steps_of
from catalogue_standards.rules import Refused, failures
from catalogue_standards.views.common import DraftEditView, RefusingDeleteView, tell

#: Where somebody decides, what will follow is told at once.
AWAITING_FORCE = (EditionStatus.IN_REVIEW, EditionStatus.APPROVED)


class EditionIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet[Any]:
        return super().get_base_queryset().annotate(number_of_items=Count("items"))

    def get_edit_url(self, instance: Edition) -> str:
        return reverse(self.inspect_url_name, args=[instance.pk])

    def get_list_more_buttons(self, instance: Edition) -> list[Any]:
        return []


class BeginEditionView(CreateView):
    """A draft is begun by CopyEditionAction; what it refuses stands above the form."""

    def is_valid(self, form: Any) -> bool:
        if form.is_valid():
            try:
                self.beginning(form).check()
            except Refused as refusal:
                for sentence in refusal.sentences:
                    form.add_error(None, sentence)
        valid: bool = super().is_valid(form)
        return valid

    def beginning(self, form: Any) -> CopyEditionAction:
        user: Any = self.request.user
        given = form.cleaned_data
        return CopyEditionAction(given["year"], given["title"], user, form.source())

    def form_valid(self, form: Any) -> HttpResponse:
        edition = self.beginning(form).execute()
        messages.success(self.request, _("“%(edition)s” is begun.") % {"edition": edition})
        return redirect("catalogue_editions:inspect", edition.pk)


class EditionEditView(DraftEditView):
    def get_success_url(self) -> str:
        return reverse(self.inspect_url_name, args=[self.object.pk])


class EditionDeleteView(RefusingDeleteView):
    """Only a draft is deleted; the model refuses any other."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except Refused as refusal:
            tell(self.request, refusal)
            return redirect("catalogue_editions:inspect", self.object.pk)


class OverviewView(InspectView):
    """Where an edition stands, what may be done next and why not, and who did what."""

    template_name = "catalogue/overview.html"
    object: Edition
    bound: dict[str, Any] | None = None
    refusals: list[str] | None = None

    def get_page_title(self) -> str:
        return _("Edition")

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        if self.object.status != EditionStatus.DRAFT:
            return []
        buttons: list[Any] = super().header_more_buttons
        return buttons

    @property
    def header_buttons(self) -> list[Any]:
        items = f"{reverse('catalogue_items:index')}?edition={self.object.pk}"
        table = f"{reverse('catalogue_items:table')}?edition={self.object.pk}"
        domains = f"{reverse('catalogue_domains:index')}?edition={self.object.pk}"
        return [
            HeaderButton(_("Items"), url=items, icon_name="list-ul", priority=10),
            HeaderButton(_("Table editor"), url=table, icon_name="table", priority=15),
            HeaderButton(_("Domains"), url=domains, icon_name="folder-open-inverse", priority=20),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        edition = self.object
        acts = offered_acts(edition, self.request.user, self.bound)
        return super().get_context_data(**kwargs) | {
            "edition": edition,
            "steps": steps_of(edition),
            "figures": figures(edition),
            "acts": acts,
            "refusals": self.refusals or [],
            "newer": newer_than_base(edition),
            "impact": impact_of(edition) if edition.status in AWAITING_FORCE else None,
            "may_edit": not failures(EDIT_RULES, Acting(edition, self.request.user)),
            "events": edition.events.order_by("-at", "-pk"),
            "others": Edition.objects.exclude(pk=edition.pk),
        }

    def post(self, request: HttpRequest, *args: Any, act: str = "", **kwargs: Any) -> HttpResponse:
        chosen = next((each for each in ACTS if each.name == act), None)
        if chosen is None:
            raise Http404
        form = chosen.form_class(request.POST, prefix=act)
        if form.is_valid():
            try:
                edition = chosen.action(self.object, request.user, **form.cleaned_data).execute()
            except Refused as refusal:
                self.refusals = refusal.sentences
                self.object = self.get_object()
            else:
                messages.success(request, chosen.done % {"edition": edition})
                return redirect("catalogue_editions:inspect", edition.pk)
        self.bound = {act: form}
        return self.render_to_response(self.get_context_data())
