"""The public search page."""

from __future__ import annotations

from typing import Any

from django.db.transaction import non_atomic_requests
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View

from search import presenting
from search.answers import Answer, Asking
from search.state import SearchState


# Reading needs no transaction, and on SQLite a transaction would keep writers waiting.
@method_decorator(non_atomic_requests, name="dispatch")
class SearchView(View):
    """Every state of the page has an address of its own; no address is an error."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        state = SearchState.from_address(request.GET)
        day = timezone.localdate()
        asking = Asking(state, day)
        answer = asking.answer()
        return render(request, "search/search.html", self.context(request, state, answer))

    def context(self, request: HttpRequest, state: SearchState, answer: Answer) -> dict[str, Any]:
        rows = presenting.result_rows(answer.entries, answer.words, request, timezone.localdate())
        return {
            "query": state.query,
            "within": state.within,
            "results": presenting.result_page(answer, rows),
            "facets": presenting.facets(state, answer),
            "sort": presenting.sort_options(state),
            "scope": presenting.scope_options(state),
            "total": answer.total,
            "clear_url": state.without_filters().address() if state.chosen else "",
            "did_you_mean": "",
            "pager_query": state.address().removeprefix("?"),
        }
