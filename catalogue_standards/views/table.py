"""The table editor: the items of a draft with every cell edited in place."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin.widgets.button import HeaderButton

from catalogue_standards.actions.cells import (
    CellStale,
    SaveCellAction,
    details,
)
from catalogue_standards.cell_name_forms import FORMS, cell_form
from catalogue_standards.cell_texts import cell_text
from catalogue_standards.cell_values import COLUMNS, EDITED
from catalogue_standards.editing import not_understood
from catalogue_standards.edition_rules import EDIT_RULES, Acting
from catalogue_standards.limit_words import in_words
from catalogue_standards.limits import parse_time_limit
from catalogue_standards.models import ContentElement, Edition, EditionItem
from catalogue_standards.models.fixing import why_fixed
from catalogue_standards.rules import Refused, failures
from catalogue_standards.views.items import ItemIndexView


def shown_cell(entry: EditionItem, name: str) -> dict[str, Any]:
    """What the template of a cell shows; of a time limit also what was understood."""
    cell: dict[str, Any] = {
        "id": f"cell-{entry.pk}-{name}",
        "name": name,
        "label": COLUMNS[name].label,
        "text": cell_text(entry, name),
        "url": reverse("catalogue_items:cell", args=[entry.pk, name]),
    }
    if name == "time_limit":
        cell["clauses"] = [in_words(limit) for limit in entry.limits.all()]
        if not cell["clauses"]:
            cell["unread"] = not_understood(parse_time_limit(entry.time_limit_text))
    return cell


def rendered_cell(entry: EditionItem, name: str) -> str:
    return render_to_string("catalogue/table/cell.html", {"cell": shown_cell(entry, name)})


class TableView(ItemIndexView):
    """Filtered and paged like the list of items; cells open with a click or from the keyboard."""

    template_name = "catalogue/table/index.html"
    results_template_name = "catalogue/table/results.html"

    def get_page_title(self) -> str:
        return _("Table editor")

    @cached_property
    def edition(self) -> Edition | None:
        return self._edition()

    @cached_property
    def header_buttons(self) -> list[Any]:
        if self.edition is None:
            return []
        overview = reverse("catalogue_editions:inspect", args=[self.edition.pk])
        return [HeaderButton(_("Edition"), url=overview, icon_name="history", priority=10)]

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.is_searching:
            return queryset
        words = self.search_query
        own = Q()
        for field in self.search_fields or []:
            own |= Q(**{f"{field}__icontains": words})
        content = ContentElement.objects.filter(text__icontains=words).values("edition_item")
        return queryset.filter(own | Q(pk__in=content))

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        reason = why_fixed(self.edition) if self.edition else None
        return context | {
            "edition": self.edition,
            "reason": reason,
            "may_edit": reason is None and self.user_has_permission("change"),
            "columns": [COLUMNS[name] for name in EDITED],
            "rows": [
                (entry, [shown_cell(entry, name) for name in EDITED])
                for entry in context["object_list"]
            ],
        }


class CellView(View):
    """One cell: GET opens its form, POST saves it. Answers are JSON with the HTML to show.

    `state` is form, saved, invalid (422), stale (409) or refused (403).
    """

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if kwargs["name"] not in FORMS:
            raise Http404
        self.name: str = kwargs["name"]
        rows = EditionItem.objects.with_details()
        self.entry: EditionItem = get_object_or_404(rows, pk=kwargs["pk"])

    def get(self, request: HttpRequest, **kwargs: Any) -> JsonResponse:
        user: Any = request.user
        if sentences := failures(EDIT_RULES, Acting(self.entry.edition, user)):
            return self._answer("refused", 403, said=" ".join(sentences))
        return self._form(cell_form(self.entry, self.name), "form", 200)

    def post(self, request: HttpRequest, **kwargs: Any) -> JsonResponse:
        user: Any = request.user
        if sentences := failures(EDIT_RULES, Acting(self.entry.edition, user)):
            return self._answer("refused", 403, said=" ".join(sentences))
        form = cell_form(self.entry, self.name, request.POST)
        if not form.is_valid():
            return self._form(form, "invalid", 422)
        save = SaveCellAction(self.entry, self.name, form.value(), user, form.cleaned_data["seen"])
        try:
            entry = save.execute()
        except CellStale as stale:
            return self._stale(form, stale)
        except Refused as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
            return self._form(form, "invalid", 422)
        cell = rendered_cell(entry, self.name)
        return self._answer("saved", 200, html=cell, said=_("Saved."))

    def _form(self, form: Any, state: str, status: int, **more: Any) -> JsonResponse:
        suggestions = form.suggestions() if form.suggests else []
        context = {"form": form, "cell": shown_cell(self.entry, self.name)} | more
        html = render_to_string("catalogue/table/form.html", context, self.request)
        return self._answer(state, status, html=html, suggestions=suggestions)

    def _stale(self, form: Any, stale: CellStale) -> JsonResponse:
        """Both versions side by side; saving again is then meant."""
        now = details(self.entry.pk)
        data = self.request.POST.copy()
        data["seen"] = cell_form(now, self.name).initial["seen"]
        return self._form(
            cell_form(now, self.name, data),
            "stale",
            409,
            sentence=" ".join(stale.sentences),
            theirs=cell_text(now, self.name),
            mine=_typed(form),
            current=rendered_cell(now, self.name),
        )

    def _answer(self, state: str, status: int, **more: Any) -> JsonResponse:
        return JsonResponse({"state": state, **more}, status=status)


def _typed(form: Any) -> str:
    """What someone filled in, in words."""
    lines = []
    for field in form.visible_fields():
        value = form.cleaned_data.get(field.name)
        if value in ("", None, False):
            continue
        choices = dict(getattr(field.field, "choices", ()))
        words = str(choices.get(value, value))
        if value is True:
            words = str(field.label)
        elif field.name.startswith("channel_"):
            words = f"{words}{field.label}"
        lines.append(words)
    return "\n".join(lines)
