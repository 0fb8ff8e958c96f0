"""A catalogue file on its way into a draft: upload, reading, changes."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from catalogue_standards.actions.imports import (
    ApplyImportAction,
    BeginImportAction,
    ImportMoved,
    read_later,
)
from catalogue_standards.diff import ChangeKind
from catalogue_standards.enums import ImportState
from catalogue_standards.files import CatalogueFileError
from catalogue_standards.import_forms import UploadForm
from catalogue_standards.models import Edition, ImportRun
from catalogue_standards.models.fixing import why_fixed
from catalogue_standards.rules import Refused
from catalogue_standards.views.common import edition_breadcrumbs, tell

CHANGES_ON_A_PAGE = 50


class ImportPage(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A page of the wizard; it leads back to the edition when that is no draft."""

    model = Edition
    permission_required = "change"
    header_icon = "upload"
    edition: Edition
    run: ImportRun | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        is_applied = self.run is not None and self.run.state == ImportState.APPLIED
        if not is_applied and (reason := why_fixed(self.edition)):
            messages.warning(request, reason)
            return redirect("catalogue_editions:inspect", self.edition.pk)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_page_title(self) -> str:
        return _("Import")

    def get_page_subtitle(self) -> str:
        return str(self.run or self.edition)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return edition_breadcrumbs(self, self.edition, self.get_page_title())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"edition": self.edition, "run": self.run}


class RunPage(ImportPage):
    """A page of the wizard for a file that was uploaded."""

    run: ImportRun

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = ImportRun.objects.select_related("edition").defer("content")
        self.run = get_object_or_404(rows, pk=kwargs["pk"])
        self.edition = self.run.edition


class UploadView(ImportPage, FormView):
    """Choose a file, or go on with one that was begun."""

    form_class = UploadForm
    template_name = "catalogue/import/upload.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.edition = get_object_or_404(Edition, pk=kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"edition": self.edition}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        runs = self.edition.imports.defer("content", "reading", "decisions")
        page = Paginator(runs, 20).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {"runs": page}

    def form_valid(self, form: UploadForm) -> HttpResponse:
        file = form.cleaned_data["file"]
        user: Any = self.request.user
        begin = BeginImportAction(self.edition, file, file.name, user, form.cleaned_data["domain"])
        try:
            run = begin.execute()
        except CatalogueFileError as error:
            form.add_error("file", _(error.message) % error.params)
        except Refused as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
        else:
            return redirect("catalogue_editions:import_run", run.pk)
        return self.form_invalid(form)


class ProgressView(View):
    """How far a file has been read, for the page that waits."""

    def get(self, request: HttpRequest, pk: int) -> JsonResponse:
        rows = ImportRun.objects.filter(pk=pk).values("state", "progress")
        run = rows.first() if request.user.has_perm("catalogue_standards.change_edition") else None
        if run is None:
            return JsonResponse({}, status=404)
        told = _("%(number)s items read") % {"number": run["progress"]}
        return JsonResponse({"waiting": run["state"] == ImportState.WAITING, "told": told})


class DiscardView(RunPage, View):
    """Throw an import away that has not been applied."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.run.state != ImportState.APPLIED:
            self.run.delete()
            messages.success(request, _("The import was thrown away; the draft is unchanged."))
        return redirect("catalogue_editions:import", self.edition.pk)


class ReadAgainView(RunPage, View):
    """Hand a file to the worker once more, when it was stopped."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        read_later(self.run)
        return redirect("catalogue_editions:import_run", self.run.pk)


class ChangesView(RunPage, TemplateView):
    """What the file changes in the draft; POST applies it."""

    template_name = "catalogue/import/changes.html"

    def get_page_title(self) -> str:
        return _("What the file changes")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._show()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        try:
            done = ApplyImportAction(self.run, user, request.POST.get("seen", "")).execute()
        except ImportMoved as moved:
            tell(request, moved)
            return self._show()
        except Refused as refusal:
            tell(request, refusal)
            return redirect("catalogue_editions:import_run", self.run.pk)
        messages.success(
            request,
            _(
                "%(added)s items added, %(changed)s changed, %(unchanged)s unchanged, "
                "%(removed)s removed."
            )
            % vars(done.applied),
        )
        return redirect("catalogue_editions:inspect", self.edition.pk)

    def _show(self) -> HttpResponse:
        user: Any = self.request.user
        try:
            rehearsal = ApplyImportAction(self.run, user).rehearse()
        except Refused as refusal:
            tell(self.request, refusal)
            return redirect("catalogue_editions:import_run", self.run.pk)
        changes = [(domain, change) for domain in rehearsal.diff.domains for change in domain.items]
        page = Paginator(changes, CHANGES_ON_A_PAGE).get_page(self.request.GET.get("p"))
        counts = rehearsal.diff.counts
        return self.render_to_response(
            self.get_context_data(
                rehearsal=rehearsal,
                page=page,
                counts=[(kind, counts[kind]) for kind in ChangeKind if kind in counts],
                back=reverse("catalogue_editions:import_run", args=[self.run.pk]),
            )
        )
