"""The dictionary at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from workflows.actions.dictionary import ChangeDictionaryAction
from workflows.confidentiality_forms import DictionaryForm
from workflows.enums import Role
from workflows.evidence_views import ReadersOnly
from workflows.models import DictionaryTerm, DictionaryVersion, has_role
from workflows.rules import Refused

READERS = (Role.CONFIDENTIALITY_REVIEWER, Role.SECURITY_ADMIN, Role.AUDITOR)
PER_PAGE = 60
VERSIONS = 10


class DictionaryView(ReadersOnly, TemplateView):
    """The words that hold now, the form to change them, and the last changes."""

    readers = READERS
    template_name = "desk/dictionary.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = DictionaryForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        removed = [term.pk for term in form.cleaned_data["removed"]]
        action = ChangeDictionaryAction(
            request.user,  # type: ignore[arg-type]
            form.cleaned_data["added"],
            removed,
            form.cleaned_data["reason"],
        )
        try:
            version = action.execute()
        except Refused as refusal:
            context = self.get_context_data(form=form, refusal=refusal.sentences)
            return self.render_to_response(context)
        messages.success(request, _("Version %(number)s holds now.") % {"number": version.number})
        if action.added:
            messages.info(request, _("Everything public is being looked at again with it."))
        return redirect("workflows_dictionary")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET.get("q", "").strip()
        terms = DictionaryTerm.objects.current().select_related("since")
        if asked:
            terms = terms.filter(term__contains=asked)
        context = super().get_context_data(**kwargs)
        context.setdefault("form", DictionaryForm())
        number = terms.count()
        return context | {
            "section": "dictionary",
            "terms": Paginator(terms, PER_PAGE).get_page(self.request.GET.get("page")),
            "asked": asked,
            "told": ngettext("%(number)s word", "%(number)s words", number) % {"number": number},
            "versions": DictionaryVersion.objects.prefetch_related("added", "removed")[:VERSIONS],
            "may_change": has_role(self.request.user, Role.CONFIDENTIALITY_REVIEWER),
        }
