"""The public search page, its tables and feeds, and suggestions for what is being typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

from django.db.transaction import non_atomic_requests
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View

from cms.open_data.writing import FEEDS
from search import exports, presenting
from search.answers import Answer, Asking
from search.asking import note_asked
from search.engines.choosing import get_engine
from search.guessing import alternatives
from search.models import Entry
from search.next_steps import next_steps
from search.presenting import Names
from search.state import SearchState

MOST_GUESSES = 3
MOST_SUGGESTIONS = 8
#: Where fewer answer all words, as many that answer some of them are shown below.
FEW = 10


# Reading needs no transaction, and on SQLite a transaction would keep writers waiting.
@method_decorator(non_atomic_requests, name="dispatch")
class SearchView(View):
    """Every state of the page has an address of its own, and no address is an error.

    `?format=csv`, `rss` and `atom` give any list of results as a table or a feed; as JSON it is the
    API's.
    """

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        state = SearchState.from_address(request.GET)
        day = timezone.localdate()
        format_asked = request.GET.get("format")
        if format_asked == "csv":
            entries = Asking(state, day).entries(0, exports.MOST_ROWS)
            return exports.as_csv(
                request, presenting.result_rows(entries, "", request, day, Names())
            )
        if format_asked == "json":
            return redirect(f"{reverse('search_api:search')}{state.address()}")
        if format_asked in FEEDS:
            asking = Asking(replace(state, sort="date"), day)
            entries = asking.entries(0, exports.MOST_NEWS)
            rows = presenting.result_rows(entries, asking.words, request, day, Names())
            return exports.as_feed(format_asked, request, state, rows)
        return self.page(request, state, day)

    def page(self, request: HttpRequest, state: SearchState, day: date) -> HttpResponse:
        asking = Asking(state, day)
        answer = asking.answer()
        if state.query and state.page == 1 and not state.chosen:
            note_asked(state.query, answer.total)
        guess = "" if answer.total else did_you_mean(asking)
        broader = asking.broadened() if answer.total < FEW else None
        is_broadened = broader is not None and not answer.total
        more: list[Entry] = []
        if broader and is_broadened:
            answer = broader.answer()
        elif broader and state.page == 1:
            known = {entry.pk for entry in answer.entries}
            more = [entry for entry in broader.entries(0, 2 * FEW) if entry.pk not in known][:FEW]
        names = Names()
        context = page_context(request, state, answer, day, names) | {
            "did_you_mean": guess,
            "is_broadened": is_broadened and answer.total > 0,
            "more": presenting.result_rows(
                more, answer.words, request, day, names, asked=" ".join(state.texts)
            ),
            "next_steps": None if answer.total else next_steps(request, state, names),
        }
        # htmx asks for the results alone; whoever comes without it gets the whole page.
        is_part = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
        template = "search/_results.html" if is_part else "search/search.html"
        response = render(request, template, context)
        patch_vary_headers(response, ["HX-Request"])
        return response


def page_context(
    request: HttpRequest, state: SearchState, answer: Answer, day: date, names: Names
) -> dict[str, Any]:
    """What templates/search/search.html shows; see search.presenting for the rows and filters."""
    asked = " ".join(state.texts)
    rows = presenting.result_rows(answer.entries, answer.words, request, day, names, asked)
    shown = presenting.facets(state, answer, names)
    narrowings = presenting.narrowings(state, shown)
    return {
        "column": {"title": _("Search")},
        "query": state.query,
        "within": state.within,
        "results": presenting.result_page(answer, rows),
        "facets": shown,
        "narrowings": narrowings,
        "sort": presenting.sort_options(state),
        "scope": presenting.scope_options(state),
        "total": answer.total,
        "fields_within": state.fields_within(),
        "clear_url": state.without_filters().address() if narrowings else "",
        "pager_query": state.address().removeprefix("?"),
        "csv_url": state.address(format="csv"),
        "rss_url": state.address(format="rss"),
        "atom_url": state.address(format="atom"),
        "json_url": f"{reverse('search_api:search')}{state.address()}",
    }


def did_you_mean(asking: Asking) -> str:
    """A query of the same sound that finds something, or ""."""
    guesses = alternatives(asking.state.query, asking.day.isoformat())
    for guess in islice(guesses, MOST_GUESSES):
        if Asking(SearchState(query=guess), asking.day, asking.synonyms).entries(0, 1):
            return guess
    return ""


@method_decorator(non_atomic_requests, name="dispatch")
class SuggestView(View):
    """`GET ?q=`: titles that go on as typed, also by pinyin initials, as {"suggestions": [...]}."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> JsonResponse:
        state = SearchState.from_address(request.GET)
        found: list[Entry] = []
        if state.has_words:
            found = get_engine().suggestions(state.query, MOST_SUGGESTIONS)
        suggestions = [
            {"title": entry.title, "url": entry.page.get_url(request)} for entry in found
        ]
        return JsonResponse({"suggestions": suggestions})
