"""The standard catalogue on the public site: as it binds, as it bound, and what was adjusted."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
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

    @path("")
    def binding(self, request: HttpRequest) -> HttpResponseBase:
        return Page.serve(self, request)

    @path("editions/<slug:reference>/", name="edition")
    def former(self, request: HttpRequest, reference: str) -> HttpResponseBase:
        """An edition that was superseded, as it stood."""
        from cms.listings.catalogue import catalogue_context

        edition = self._edition(reference)
        return self._answer(request, self.template, catalogue_context(self, request, edition))

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
