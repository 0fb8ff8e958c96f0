"""The search for machines: `GET /api/search`, described by `GET /api/openapi.json`."""

from __future__ import annotations

from typing import Any

from django.db.transaction import non_atomic_requests
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views import View

from cms.limiting import is_over_limit
from search import presenting
from search.answers import Asking
from search.openapi import description
from search.presenting import Facet, Names, Result
from search.state import SearchState


@method_decorator(non_atomic_requests, name="dispatch")
class SearchApi(View):
    """The parameters are those of the search page; nobody needs an account or a key."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> JsonResponse:
        if is_over_limit(request, "api"):
            error = _("Too many requests from your address; go on in a minute.")
            return _json({"error": error}, status=429, headers={"Retry-After": "60"})
        state = SearchState.from_address(request.GET)
        day = timezone.localdate()
        answer = Asking(state, day).answer()
        names = Names()
        asked = " ".join(state.texts)
        rows = presenting.result_rows(answer.entries, answer.words, request, day, names, asked)
        return _json(
            {
                "count": answer.total,
                "page": answer.page,
                "results": [_result(request, row) for row in rows],
                "facets": _facets(presenting.facets(state, answer, names)),
            }
        )


class OpenApi(View):
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> JsonResponse:
        return _json(description(request.build_absolute_uri("/api/")))


def _json(content: dict[str, Any], **kwargs: Any) -> JsonResponse:
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False}, **kwargs)
    # Everything here is public already: pages of other sites may read it too.
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _result(request: HttpRequest, row: Result) -> dict[str, Any]:
    return {
        "title": row.title,
        "url": request.build_absolute_uri(row.url),
        "kind": row.kind,
        "organ": row.organ_name,
        "date": f"{timezone.localtime(row.published_at):%Y-%m-%d}" if row.published_at else None,
        "snippet": strip_tags(row.snippet_html),
        "attachment": strip_tags(row.attachment.snippet_html) if row.attachment else "",
        "domain": row.domain_name,
        "document_number": row.document_number,
        "index_number": row.index_number,
        "validity": row.validity_label,
    }


def _facets(facets: list[Facet]) -> dict[str, list[dict[str, Any]]]:
    return {
        facet.name: [
            {"value": option.value, "label": option.label, "count": option.count}
            for option in facet.options
        ]
        for facet in facets
    }
