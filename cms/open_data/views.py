"""`GET /api/{list}.{csv,json,atom,rss}`, `/api/pieces/{id}.json`, `/api/editions…`; and a page of it all."""

from __future__ import annotations

from itertools import islice
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import TemplateView
from wagtail.models import Page

from catalogue_standards.models import Edition
from cms.limiting import REQUESTS_PER_MINUTE, is_over_limit
from cms.models import PIECE_TYPES, SiteIdentity
from cms.open_data.editions import edition_row, edition_zip
from cms.open_data.lists import DataList
from cms.open_data.pieces import piece_row
from cms.open_data.registry import FORMATS, LIST_OF, LISTS
from cms.open_data.writing import as_json, csv_of, feed_of
from cms.visibility import publicly_visible

PER_PAGE = 100
NEWS = 50


class DataView(View):
    """What every address for machines shares: nobody needs a key, and nobody may flood it."""

    http_method_names = ["get", "head"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_over_limit(request, "data"):
            error = _("Too many requests from your address; go on in a minute.")
            response: HttpResponseBase = json_answer({"error": error}, status=429)
            response["Retry-After"] = "60"
            return response
        response = super().dispatch(request, *args, **kwargs)
        # Everything here is public already: pages of other sites may read it too.
        response["Access-Control-Allow-Origin"] = "*"
        return response


class ListView(DataView):
    """One list in one form. The filters are those of the list's page; what they cannot mean is left out."""

    def get(self, request: HttpRequest, name: str, form: str) -> HttpResponseBase:
        asked = LISTS.get(name)
        if asked is None:
            raise Http404
        if form == "csv":
            return self.as_csv(request, asked)
        return (
            self.as_page(request, asked) if form == "json" else self.as_feed(request, asked, form)
        )

    def as_csv(self, request: HttpRequest, asked: DataList) -> HttpResponseBase:
        """All rows, sent as they are read."""
        rows = asked.all_rows(asked.chosen(request), request)
        response = StreamingHttpResponse(
            csv_of(asked.fields, rows), content_type="text/csv; charset=utf-8"
        )
        name = f"{asked.name}-{timezone.localdate()}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def as_page(self, request: HttpRequest, asked: DataList) -> HttpResponse:
        found = Paginator(asked.select(asked.chosen(request)), PER_PAGE).get_page(
            request.GET.get("page")
        )
        later = None
        if found.has_next():
            query = request.GET.copy()
            query["page"] = str(found.next_page_number())
            later = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
        rows = asked.rows(list(found), request)
        return json_answer(
            {
                "count": found.paginator.count,
                "page": found.number,
                "pages": found.paginator.num_pages,
                "next": later,
                "results": [as_json(row) for row in rows],
            }
        )

    def as_feed(self, request: HttpRequest, asked: DataList, form: str) -> HttpResponse:
        """The first rows, of pieces the newest."""
        newest = list(islice(asked.select(asked.chosen(request))[:NEWS], NEWS))
        identity = SiteIdentity.for_request(request)
        here = request.build_absolute_uri()
        text, media_type = feed_of(
            form,
            {
                "title": f"{identity.name} · {asked.title}",
                "link": request.build_absolute_uri("/"),
                "description": str(asked.description),
                "feed_url": here,
            },
            [(*asked.news(row), row["url"]) for row in asked.rows(newest, request)],
        )
        return HttpResponse(text, content_type=media_type)


class PieceView(DataView):
    """One piece with its text; its number is that of the lists."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        page = publicly_visible(Page).type(PIECE_TYPES).filter(pk=pk).first()
        if page is None:
            raise Http404
        piece = page.specific
        return json_answer(
            {"list": LIST_OF[type(piece)]}
            | as_json(piece_row(piece, request))
            | {"content_html": piece.body.render_as_block({"page": piece})}
        )


class EditionsView(DataView):
    """Every edition that binds or has bound, newest first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = [edition_row(edition, request) for edition in Edition.objects.public()]
        return json_answer({"count": len(rows), "results": [as_json(row) for row in rows]})


class EditionView(DataView):
    """One edition as a zip."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        edition = Edition.objects.public().referred(reference)
        if edition is None:
            raise Http404
        response = HttpResponse(edition_zip(edition, request), content_type="application/zip")
        name = f"catalogue-{edition.reference}.zip"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


class OpenDataView(TemplateView):
    """开放数据: what machines can have, for people."""

    template_name = "pages/open_data.html"
    http_method_names = ["get", "head"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "column": {"title": _("Open data")},
            "lists": LISTS.values(),
            "formats": FORMATS,
            "editions": Edition.objects.public(),
            "per_page": PER_PAGE,
            "requests_per_minute": REQUESTS_PER_MINUTE,
        }


def json_answer(content: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})
