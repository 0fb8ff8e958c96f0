"""What was understood of an uploaded file, cell by cell, with what has to be settled."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from catalogue_standards.actions.imports import Understood, settle
from catalogue_standards.cell_values import COLUMNS
from catalogue_standards.edition_rules import EDIT_RULES, Acting
from catalogue_standards.enums import ImportState, SubjectGroup
from catalogue_standards.files.corrections import CELL_FIELDS, Corrections, written
from catalogue_standards.files.model import Problem
from catalogue_standards.files.rhythm import read_rhythm
from catalogue_standards.import_forms import KINDS, ReadCellForm, SettleForm, known_names
from catalogue_standards.limit_words import in_words, rhythm_in_words
from catalogue_standards.limits import parse_time_limit
from catalogue_standards.models import ImportRun, Organ
from catalogue_standards.problem_words import KIND_LABELS
from catalogue_standards.rules import Refused, failures
from catalogue_standards.views.common import tell
from catalogue_standards.views.imports import RunPage

ROWS_ON_A_PAGE = 30
LABELS = {name: column.label for name, column in COLUMNS.items()} | {
    "level1": COLUMNS["group"].label,
    "level2": COLUMNS["name"].label,
    "level3": COLUMNS["sub_name"].label,
}


class ShownReading:
    """The rows of a file with their problems, ready to be shown."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run
        self.understood = Understood(run)
        corrected = self.understood.corrected
        self.rows = dict(zip(corrected.numbers, corrected.reading.rows, strict=True))
        self.items = dict(zip(corrected.numbers, self.understood.matching.items, strict=True))
        places = {(r.place.table, r.place.row): number for number, r in self.rows.items()}
        self.problems: dict[int, dict[str, list[Problem]]] = defaultdict(lambda: defaultdict(list))
        for problem in self.understood.matching.problems:
            place = problem.place
            number = places.get((place.table, place.row)) if place else None
            if number is not None:
                self.problems[number][problem.field or "level2"].append(problem)

    def counts(self) -> list[tuple[str, Any, int]]:
        """The kinds of problems with how many there are, those that block first."""
        problems = self.understood.matching.problems
        kinds = Counter(problem.kind for problem in problems)
        blocking = {problem.kind for problem in problems if problem.blocking}
        order = sorted(kinds, key=lambda kind: (kind not in blocking, -kinds[kind]))
        return [(kind, KIND_LABELS.get(kind, kind), kinds[kind]) for kind in order]

    def numbers(self, kind: str) -> list[int]:
        """The rows to show: with a problem of `kind`, with any problem, or all ("")."""
        if not kind:
            return list(self.rows)
        return [
            number
            for number in self.rows
            if any(
                kind in ("any", problem.kind)
                for problems in self.problems.get(number, {}).values()
                for problem in problems
            )
        ]

    def cell(self, number: int, name: str) -> dict[str, Any]:
        text = written(self.rows[number], name)
        shown: dict[str, Any] = {
            "id": f"cell-{number}-{name}",
            "name": COLUMN_OF.get(name, name),
            "label": LABELS[name],
            "text": text,
            "url": reverse("catalogue_editions:import_cell", args=[self.run.pk, number, name]),
            "problems": [self._told(each) for each in self.problems[number].get(name, [])],
        }
        if name == "time_limit":
            shown["clauses"] = [in_words(clause) for clause in parse_time_limit(text).clauses]
        elif name == "rhythm":
            read = read_rhythm(text).rhythm
            shown["clauses"] = rhythm_in_words(read.period, read.pieces, read.newest_days)
        elif name == "subject":
            names = [self._organ(key) for key in self.items[number].facts.subjects]
            shown["clauses"] = [] if "、".join(names) == text else names
        return shown

    def _organ(self, key: Any) -> str:
        organ, group = key
        return self._organs[organ] if organ else str(SubjectGroup(group).label)

    @cached_property
    def _organs(self) -> dict[int, str]:
        return dict(Organ.objects.values_list("pk", "name"))

    def _told(self, problem: Problem) -> dict[str, Any]:
        if self.understood.is_accepted(problem):
            return {"sentence": _("Will be entered as new."), "blocking": False}
        sentence = _(problem.message) % problem.params
        return {"sentence": sentence, "blocking": problem.blocking}


COLUMN_OF = {"level1": "group", "level2": "name", "level3": "sub_name"}


class ReadingView(RunPage, TemplateView):
    """Shows how far the file is: being read, failed, read, or applied."""

    templates = {
        ImportState.WAITING: "catalogue/import/waiting.html",
        ImportState.FAILED: "catalogue/import/failed.html",
        ImportState.READ: "catalogue/import/reading.html",
        ImportState.APPLIED: "catalogue/import/applied.html",
    }

    def get_template_names(self) -> list[str]:
        return [self.templates[ImportState(self.run.state)]]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if self.run.state != ImportState.READ:
            return context
        shown = ShownReading(self.run)
        kind = self.request.GET.get("show", "")
        numbers = shown.numbers(kind)
        page = Paginator(numbers, ROWS_ON_A_PAGE).get_page(self.request.GET.get("p"))
        form = kwargs.get("form") or SettleForm(shown.understood)
        settled = {kind for kind, _label, _rows in form.lists} | (
            {"domain"} if form.tables else set()
        )
        return context | {
            "shown": shown,
            "form": form,
            "lists": [
                (
                    kind,
                    label,
                    [
                        (name, number, form[field], self._new(form, field))
                        for name, number, field in rows
                    ],
                )
                for kind, label, rows in form.lists
            ],
            "tables": [(table, form[field]) for table, field in form.tables],
            "known": [(each, known_names(each)) for each in KINDS if each in settled],
            "kind": kind,
            "counts": shown.counts(),
            "page": page,
            "rows": [
                (number, shown.rows[number].place, [shown.cell(number, n) for n in CELL_FIELDS])
                for number in page
            ],
            "columns": [(COLUMN_OF.get(name, name), LABELS[name]) for name in CELL_FIELDS],
            "out": self._out(shown.understood.corrections),
        }

    def _new(self, form: SettleForm, field: str) -> Any:
        name = f"{field}-new"
        return form[name] if name in form.fields else None

    def _out(self, corrections: Corrections) -> list[tuple[int, str]]:
        rows = (self.run.reading or {})["rows"]
        return [(n, rows[n]["level2"] or rows[n]["level1"]) for n in corrections.out]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Settle names; or leave a row out, or take it in again."""
        user: Any = request.user
        here = request.get_full_path()
        try:
            if "out" in request.POST or "in" in request.POST:
                settle(self.run, user, self._moved)
                return redirect(here)
            form = SettleForm(Understood(self.run), request.POST)
            if not form.is_valid():
                return self.render_to_response(self.get_context_data(form=form))
            settle(self.run, user, form.change)
        except Refused as refusal:
            tell(request, refusal)
        return redirect(here)

    def _moved(self, corrections: Corrections) -> None:
        given = self.request.POST
        number = given.get("out", given.get("in", ""))
        if not number.isdigit() or int(number) >= len((self.run.reading or {})["rows"]):
            raise Http404
        corrections.out = [each for each in corrections.out if each != int(number)]
        if "out" in given:
            corrections.out.append(int(number))


class ReadCellView(View):
    """One cell of an uploaded file; answers like views.table.CellView."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = ImportRun.objects.select_related("edition").defer("content")
        self.run = get_object_or_404(rows, pk=kwargs["pk"], state=ImportState.READ)
        self.number, self.name = kwargs["number"], kwargs["name"]
        if (
            self.name not in CELL_FIELDS
            or self.number not in Understood(self.run).corrected.numbers
        ):
            raise Http404

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user: Any = request.user
        if sentences := failures(EDIT_RULES, Acting(self.run.edition, user)):
            return self._answer("refused", 403, said=" ".join(sentences))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._form(self._opened(None), "form", 200)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self._opened(request.POST)
        if not form.is_valid():
            return self._form(form, "invalid", 422)
        if form.is_stale:
            return self._stale(form)
        user: Any = request.user
        text = form.cleaned_data["text"]
        try:
            self.run = settle(self.run, user, lambda corrections: self._correct(corrections, text))
        except Refused as refusal:
            return self._answer("refused", 403, said=" ".join(refusal.sentences))
        shown = ShownReading(self.run)
        html = self._cell(shown, self.name)
        summary = render_to_string(
            "catalogue/import/summary.html",
            {"shown": shown, "counts": shown.counts(), "run": self.run},
        )
        return self._answer(
            "saved", 200, html=html, said=_("Saved."), cells={"import-summary": summary}
        )

    def _correct(self, corrections: Corrections, text: str) -> None:
        corrections.cells.setdefault(str(self.number), {})[self.name] = text

    def _opened(self, data: Any) -> ReadCellForm:
        corrected = Understood(self.run).corrected
        row = corrected.reading.rows[corrected.numbers.index(self.number)]
        return ReadCellForm(row, self.name, LABELS[self.name], data)

    def _stale(self, form: ReadCellForm) -> HttpResponse:
        data = self.request.POST.copy()
        data["seen"] = form.stored
        return self._form(
            self._opened(data),
            "stale",
            409,
            sentence=_("Someone else corrected this cell while you had it open."),
            theirs=form.stored,
            mine=form.cleaned_data["text"],
            current=self._cell(ShownReading(self.run), self.name),
        )

    def _cell(self, shown: ShownReading, name: str) -> str:
        cell = shown.cell(self.number, name)
        return render_to_string("catalogue/table/cell.html", {"cell": cell})

    def _form(self, form: ReadCellForm, state: str, status: int, **more: Any) -> HttpResponse:
        url = reverse("catalogue_editions:import_cell", args=[self.run.pk, self.number, self.name])
        context = {"form": form, "cell": {"url": url}} | more
        html = render_to_string("catalogue/table/form.html", context, self.request)
        return self._answer(state, status, html=html, suggestions=form.suggestions())

    def _answer(self, state: str, status: int, **more: Any) -> JsonResponse:
        return JsonResponse({"state": state, **more}, status=status)
