"""The board of duties at the desk: by organ, for the county, and one duty with its pieces."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from catalogue_standards.duties.plan import plan_of
from catalogue_standards.enums import OrganKind, Standing
from catalogue_standards.models import Due, Obligation, Occasion
from catalogue_standards.models.organs import OrganQuerySet
from catalogue_standards.townships import own_limits
from cms.models import ItemPage
from cms.obligations.access import DutyReadersOnly, may_note, organs_seen_by
from cms.obligations.board import (
    Asked,
    Moment,
    obligations,
    of_standing,
    stray_rows,
    without_duty,
)
from cms.obligations.exports import board_sheet, matrix_sheet
from cms.obligations.forms import OccasionForm
from cms.obligations.matrix import (
    domains_in_force,
    matrix_of,
    rows_of,
    whole_county,
)
from cms.obligations.pieces import pieces_of
from cms.obligations.starting import starts
from cms.postings.shown import missing_for, missing_on
from cms.visibility import frame
from workflows.models.names import display_name

PER_PAGE = 50
STRAYS = "strays"


def query_without(request: HttpRequest, *names: str) -> str:
    query = request.GET.copy()
    for name in ("page", "export", *names):
        query.pop(name, None)
    return query.urlencode()


class DutyView(DutyReadersOnly, TemplateView):
    @cached_property
    def organs(self) -> OrganQuerySet:
        return organs_seen_by(self.request.user)

    @cached_property
    def moment(self) -> Moment:
        return Moment.present()

    def paged(self, rows: Any, per_page: int = PER_PAGE) -> Any:
        return Paginator(rows, per_page).get_page(self.request.GET.get("page"))


class BoardView(DutyView):
    """One line for each item and organ, the most urgent first; `standing` chooses a tab."""

    template_name = "desk/duties/board.html"

    @cached_property
    def asked(self) -> Asked:
        return Asked.by(self.request)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.GET.get("export") == "xlsx" and self.asked.standing != STRAYS:
            return board_sheet(self.rows(), self.moment, request.user)
        return super().get(request, *args, **kwargs)

    def rows(self) -> Any:
        return of_standing(obligations(self.organs, self.asked), self.asked, self.moment)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counts = obligations(self.organs, self.asked).aggregate(**self.moment.counts())
        strays = without_duty(self.organs, self.asked.organ)
        shows_strays = self.asked.standing == STRAYS
        if shows_strays:
            found = self.paged(strays.specific())
            rows: list[dict[str, Any]] = stray_rows(list(found))
            number = found.paginator.count
        else:
            found = self.paged(self.rows())
            begin, missing = starts(self.request.user, found), missing_for(found)
            rows = [
                {
                    "row": row,
                    "standing": self.moment.standing(row),
                    "start": begin.get(row.pk),
                    "missing": missing.get(row.pk),
                }
                for row in found
            ]
            number = strays.count()
        return super().get_context_data(**kwargs) | {
            "asked": self.asked,
            "tabs": [
                ("", _("All"), counts["all"]),
                *((each.value, each.label, counts[each.value]) for each in Standing),
                (STRAYS, _("Without duty"), number),
            ],
            "tab_query": query_without(self.request, "standing"),
            "query": query_without(self.request),
            "rows": rows,
            "found": found,
            "shows_strays": shows_strays,
            "organs": self.organs,
            "domains": domains_in_force(),
        }


class MatrixView(DutyView):
    """Domains by organs; every figure opens the board at what it counts."""

    template_name = "desk/duties/matrix.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.GET.get("export") == "xlsx":
            return matrix_sheet(matrix_of(list(self.rows()), self.moment), request.user)
        return super().get(request, *args, **kwargs)

    @cached_property
    def chosen(self) -> dict[str, str]:
        return {name: self.request.GET.get(name, "").strip() for name in ("kind", "standing")}

    def rows(self) -> OrganQuerySet:
        return rows_of(self.organs, self.chosen["kind"], self.chosen["standing"], self.moment)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.paged(self.rows())
        matrix = matrix_of(list(found), self.moment)
        whole = whole_county(self.organs, self.moment)
        return super().get_context_data(**kwargs) | {
            "matrix": matrix,
            "totals": list(zip(matrix.domains, matrix.totals(), strict=True)),
            "whole": whole,
            "figures": [(each, whole.counts[each.value]) for each in Standing],
            "found": found,
            "chosen": self.chosen,
            "kinds": OrganKind.choices,
            "standings": Standing.choices,
            "query": query_without(self.request),
        }


class ObligationView(DutyView):
    """One organ under one item: what is due and why, and every piece that counts."""

    template_name = "desk/duties/obligation.html"

    @cached_property
    def obligation(self) -> Obligation:
        row: Obligation = get_object_or_404(
            Obligation.objects.filter(organ__in=self.organs).select_related(
                "organ", "entry__edition_domain", "item"
            ),
            pk=self.kwargs["pk"],
        )
        return row

    @cached_property
    def plan(self) -> Any:
        row = self.obligation
        own = own_limits([row.item_id]).get((row.organ_id, row.item_id), ())
        return plan_of(row.entry, own)

    def form(self, data: Any = None) -> OccasionForm | None:
        if not self.plan.clauses or not may_note(self.request.user, self.obligation.organ):
            return None
        return OccasionForm(self.plan, data)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if form is None:
            raise PermissionDenied
        if "remove" in request.POST:
            return self.remove(request.POST["remove"])
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        form.instance.item_id = self.obligation.item_id
        form.instance.organ_id = self.obligation.organ_id
        form.instance.noted_by_name = display_name(request.user)
        form.save()
        messages.success(request, _("Noted: the limit runs from this event."))
        return redirect(request.path)

    def remove(self, key: str) -> HttpResponse:
        occasions = Occasion.objects.filter(
            item=self.obligation.item_id, organ=self.obligation.organ_id
        )
        occasion = occasions.filter(pk=int(key)).first() if key.isdigit() else None
        if occasion is None:
            raise Http404
        occasion.delete()
        messages.success(self.request, _("The event was removed; its limit no longer runs."))
        return redirect(self.request.path)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.obligation
        dues = Due.objects.open().filter(item=row.item_id, organ=row.organ_id)
        found = self.paged(pieces_of(row), 20)
        missing = missing_on([page.pk for page in found], row.entry_id)
        for page in found:
            page.missing = missing[page.pk]
        context = {"form": self.form()} | kwargs
        return super().get_context_data(**context) | {
            "obligation": row,
            "start": starts(self.request.user, [row]).get(row.pk),
            "standing": self.moment.standing(row),
            "now": self.moment.now,
            "dues": dues[:PER_PAGE],
            "occasions": Occasion.objects.filter(item=row.item_id, organ=row.organ_id)[:PER_PAGE],
            "found": found,
            "item_page": frame(ItemPage).filter(item=row.item_id).first(),
            "query": "",
        }
