"""One legal basis changed everywhere in a draft: choose it, amend it, see what changes, apply."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from catalogue_standards.actions.bases import ReplaceBasisAction, cited_bases
from catalogue_standards.basis_forms import ReplaceBasisForm
from catalogue_standards.models import Edition, LegalBasis
from catalogue_standards.models.fixing import why_fixed
from catalogue_standards.rules import Refused
from catalogue_standards.views.common import edition_breadcrumbs


class ReplaceBasisView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    model = Edition
    permission_required = "change"
    template_name = "catalogue/replace_basis.html"
    header_icon = "doc-full"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.edition = get_object_or_404(Edition, pk=kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if reason := why_fixed(self.edition):
            messages.warning(request, reason)
            return redirect("catalogue_editions:inspect", self.edition.pk)
        return super().get(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return _("Change a legal basis everywhere")

    def get_page_subtitle(self) -> str:
        return str(self.edition)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return edition_breadcrumbs(self, self.edition, self.get_page_title())

    @cached_property
    def basis(self) -> LegalBasis | None:
        chosen = self.request.GET.get("basis", "")
        if not chosen.isdigit():
            return None
        return get_object_or_404(LegalBasis, pk=int(chosen))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs) | {"edition": self.edition}
        context |= {"bases": cited_bases(self.edition), "basis": self.basis}
        if self.basis and "form" not in context:
            context["form"] = ReplaceBasisForm(self.edition, self.basis)
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.basis is None:
            return redirect(request.path)
        form = ReplaceBasisForm(self.edition, self.basis, request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        applies = "apply" in request.POST
        action = self._action(form, form.cleaned_data["seen"] if applies else None)
        try:
            if applies:
                return self._done(action.execute())
            action.check()
        except Refused as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
            action = self._action(form, None)
        # What is shown from here on is what pressing the button means.
        form.data = {**form.data.dict(), "seen": action.digest}  # type: ignore[attr-defined]
        changes = action.changes()
        page = Paginator(changes, 50).get_page(request.POST.get("p"))
        context = {"form": form, "changes": page, "number": len(changes)}
        return self.render_to_response(self.get_context_data(**context))

    def _action(self, form: ReplaceBasisForm, seen: str | None) -> ReplaceBasisAction:
        assert self.basis is not None
        given = form.cleaned_data
        user: Any = self.request.user
        return ReplaceBasisAction(
            self.edition, self.basis, given["title"], given["number"], form.articles(), user, seen
        )

    def _done(self, number: int) -> HttpResponse:
        messages.success(
            self.request,
            ngettext(
                "The legal basis was changed in %(number)s item.",
                "The legal basis was changed in %(number)s items.",
                number,
            )
            % {"number": number},
        )
        return redirect(f"{reverse('catalogue_items:table')}?edition={self.edition.pk}")
