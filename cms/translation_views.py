"""Begin a translation; wagtail-localize's other ways to write pages are not there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from wagtail.admin.widgets.button import Button
from wagtail.models import Locale, Page

from cms.languages import OWN
from cms.models import PublishedPiece
from cms.places import version_of
from cms.translation_rules import TRANSLATION_RULES, Translating
from cms.translations import TranslatePieceAction, TranslationRefused
from workflows.enums import Role
from workflows.models import has_role
from workflows.rules import failures


class TranslateView(TemplateView):
    """The languages of the site, each with its version, a button to begin it, or why not."""

    template_name = "desk/translate.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.page = get_object_or_404(Page, pk=kwargs["page_id"]).specific
        if not has_role(request.user, Role.DRAFTER):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        rows = [
            {
                "locale": locale,
                "version": version_of(self.page, locale),
                "reasons": failures(TRANSLATION_RULES, Translating(self.page, locale, user)),
            }
            for locale in Locale.objects.exclude(pk=self.page.locale_id).order_by("language_code")
        ]
        return super().get_context_data(**kwargs) | {"page": self.page, "rows": rows}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        locale = get_object_or_404(Locale, language_code=request.POST.get("language", ""))
        action = TranslatePieceAction(self.page, locale, request.user)  # type: ignore[arg-type]
        try:
            made = action.execute()
        except TranslationRefused as refusal:
            for sentence in refusal.sentences:
                messages.error(request, sentence)
            return redirect("cms_translate", self.page.pk)
        messages.success(
            request,
            _("Write the translation over the original's text, then submit it for review."),
        )
        return redirect("wagtailadmin_pages:edit", made.pk)


class NotHereView(View):
    """A view of wagtail-localize that has no place beside the review."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        raise PermissionDenied


def translate_button(
    page: Page, user: Any, view_name: str | None = None, next_url: str | None = None
) -> Iterator[Button]:
    """“Translate”, for drafters, on pieces of the site's own language that are public."""
    page = page.specific
    if not isinstance(page, PublishedPiece) or not page.live or not has_role(user, Role.DRAFTER):
        return
    if Locale.objects.exclude(language_code=OWN).exists():
        yield Button(
            _("Translate"),
            reverse("cms_translate", args=(page.pk,)),
            icon_name="globe",
            priority=60,
        )
