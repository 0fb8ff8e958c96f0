"""The standard catalogue on the public site: as it binds, as it bound, and what was adjusted."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page

from catalogue_standards.models import Edition
from cms.models.structure import StructuralPage


class CataloguePage(RoutablePageMixin, StructuralPage):
    template = "pages/catalogue.html"
    parent_page_types = ["cms.HomePage"]

    class Meta:
        verbose_name = _("standard catalogue")

    def frame_title(self) -> str:
        return str(_("Standard catalogue"))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.listings.catalogue import catalogue_context

        return super().get_context(request, *args, **kwargs) | catalogue_context(self, request)

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return _part_or_whole(request)

    @path("")
    def binding(self, request: HttpRequest) -> HttpResponseBase:
        from cms.listings.catalogue_files import catalogue_file

        return catalogue_file(request) or _varying(request, Page.serve(self, request))

    @path("editions/<slug:reference>/", name="edition")
    def former(self, request: HttpRequest, reference: str) -> HttpResponseBase:
        """An edition that was superseded, as it stood."""
        from cms.listings.catalogue import catalogue_context
        from cms.listings.catalogue_files import catalogue_file

        edition = self._edition(reference)
        if file := catalogue_file(request, edition):
            return file
        context = catalogue_context(self, request, edition)
        return _varying(request, self._answer(request, _part_or_whole(request), context))

    @path("changes/", name="all_changes")
    def all_changes(self, request: HttpRequest) -> HttpResponseBase:
        from cms.adjustments import adjustments_context

        return self._answer(request, "pages/adjustments.html", adjustments_context(self))

    @path("changes/<slug:reference>/", name="changes")
    def changes(self, request: HttpRequest, reference: str) -> HttpResponseBase:
        """调整说明 of an edition, against the one that bound before it."""
        from cms.adjustments import adjustment_context

        context = adjustment_context(self, self._edition(reference), request)
        return self._answer(request, "pages/adjustment.html", context)

    @path("changes/<slug:reference>/xlsx/", name="changes_xlsx")
    def changes_xlsx(self, request: HttpRequest, reference: str) -> HttpResponseBase:
        from cms.adjustments import adjustment_xlsx

        return adjustment_xlsx(self._edition(reference))

    @path("townships/", name="townships")
    def townships(self, request: HttpRequest) -> HttpResponseBase:
        from cms.township_pages import townships_context

        return self._answer(request, "pages/townships.html", townships_context(self))

    @path("townships/<slug:code>/", name="township")
    def township(self, request: HttpRequest, code: str) -> HttpResponseBase:
        """What one township discloses, and 未涉及领域."""
        from cms.township_pages import township_context

        return self._answer(request, "pages/township.html", township_context(self, code, request))

    def edition_url(self, edition: Edition) -> str:
        """The address of an edition that was superseded."""
        return f"{self.url}{self.reverse_subpage('edition', [edition.reference])}"

    def _edition(self, reference: str) -> Edition:
        edition = Edition.objects.public().referred(reference)
        if edition is None:
            raise Http404
        return edition

    def _answer(
        self, request: HttpRequest, template: str, context: dict[str, Any]
    ) -> TemplateResponse:
        return TemplateResponse(request, template, Page.get_context(self, request) | context)


def _part_or_whole(request: HttpRequest) -> str:
    """htmx asks for the table alone; whoever comes without it gets the whole page."""
    htmx = getattr(request, "htmx", None)
    is_part = htmx and not htmx.history_restore_request
    return "components/catalogue_results.html" if is_part else CataloguePage.template


def _varying(request: HttpRequest, response: TemplateResponse) -> HttpResponse:
    """htmx shows the shortest address of what it asked for, whatever empty fields it sent along."""
    patch_vary_headers(response, ["HX-Request"])
    if getattr(request, "htmx", False) and response.context_data:
        response["HX-Push-Url"] = response.context_data["canonical"]
    return response
