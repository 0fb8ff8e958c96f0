"""数说公开: the county's disclosure in pictures, each with the figures behind it as a file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page

from cms.models.structure import StructuralPage


class FiguresPage(RoutablePageMixin, StructuralPage):
    template = "pages/figures.html"
    parent_page_types = ["cms.HomePage"]

    class Meta:
        verbose_name = _("disclosure in figures")

    def frame_title(self) -> str:
        return str(_("Disclosure in figures"))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.figures.views import figures_context

        return super().get_context(request, *args, **kwargs) | figures_context(self, request)

    @path("")
    def pictures(self, request: HttpRequest) -> HttpResponseBase:
        return Page.serve(self, request)

    @path("<int:year>-<int:month>/", name="month")
    def month(self, request: HttpRequest, year: int, month: int) -> HttpResponseBase:
        """What became public in one month."""
        from cms.figures.views import month_context

        told = Page.get_context(self, request) | month_context(self, request, year, month)
        return TemplateResponse(request, "pages/figures_month.html", told)

    @path("csv/<slug:name>/", name="csv")
    def table(self, request: HttpRequest, name: str) -> HttpResponseBase:
        from cms.figures.csv_files import FILES

        if name not in FILES:
            raise Http404
        return FILES[name]()
