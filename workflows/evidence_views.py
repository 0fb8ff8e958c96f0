"""The evidence as people read it: the register, the way of one publication, and the audit log."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.log_actions import registry

from workflows.audit_actions import NOT_EVIDENCE, AuditAction, action_label
from workflows.enums import ChangeReason, Extent, RegisterEvent, Role
from workflows.models import AuditEntry, ConfidentialityForm, RegisterEntry, Submission, has_role
from workflows.register_export import EvidenceExport, local_time
from workflows.sheet import comments_on

REGISTER_READERS = (
    Role.AUDITOR,
    Role.SYSTEM_ADMIN,
    Role.SECURITY_ADMIN,
    Role.CATALOGUE_ADMIN,
)
LOG_READERS = (Role.AUDITOR,)


class ReadersOnly:
    """Lets in who holds one of `readers`; being a superuser is not enough."""

    readers: ClassVar[tuple[Role, ...]]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not any(has_role(request.user, role) for role in self.readers):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class Listing(ReadersOnly, EvidenceExport):
    """A paged, filtered and searched list of evidence that nobody can edit."""

    is_searchable = True
    paginate_by = 50

    def get_filtered_queryset(self) -> models.QuerySet[Any]:
        # Wagtail's reports would filter a second time and never search.
        return self.get_queryset()


def organ_names(request: HttpRequest | None = None) -> list[tuple[str, str]]:
    """Every organ that stands in the register, under the name it had then."""
    names = RegisterEntry.objects.order_by("organ_name").values_list("organ_name", flat=True)
    return [(name, name) for name in names.distinct()]


class RegisterFilters(WagtailFilterSet):
    organ_name = django_filters.ChoiceFilter(label=_("publishing organ"), choices=organ_names)
    event = django_filters.ChoiceFilter(label=_("event"), choices=RegisterEvent.choices)
    reason_kind = django_filters.ChoiceFilter(
        label=_("kind of reason"), choices=ChangeReason.choices
    )
    at = django_filters.DateFromToRangeFilter(label=_("date"), widget=DateRangePickerWidget)
    extent = django_filters.ChoiceFilter(label=_("extent"), choices=Extent.choices)

    class Meta:
        model = RegisterEntry
        fields: ClassVar[list[str]] = ["organ_name", "event", "reason_kind", "at", "extent"]


class RegisterView(Listing):
    """登记备案: every publication and every later change."""

    readers = REGISTER_READERS
    model = RegisterEntry
    page_title = _("Publication register")
    header_icon = "list-ul"
    filterset_class = RegisterFilters
    index_url_name = "workflows_register"
    index_results_url_name = "workflows_register_results"
    search_fields: ClassVar[list[str]] = ["title", "index_number"]
    columns: ClassVar[list[Column]] = [
        Column("at", label=_("Date"), accessor=lambda entry: local_time(entry.at)),
        TitleColumn(
            "title",
            label=_("Title"),
            get_url=lambda entry: reverse("workflows_publication", args=[entry.pk]),
        ),
        Column("event", label=_("Event"), accessor="get_event_display"),
        Column("why", label=_("Reason"), accessor="why"),
        Column("index_number", label=_("Index number")),
        Column("organ_name", label=_("Publishing organ")),
        Column("extent", label=_("Extent"), accessor="get_extent_display"),
        Column("cleared_by", label=_("Cleared by")),
        Column("by_name", label=_("Done by")),
    ]
    list_export: ClassVar[list[str]] = [
        "at",
        "get_event_display",
        "title",
        "index_number",
        "organ_name",
        "get_extent_display",
        "withheld",
        "get_reason_kind_display",
        "reason",
        "cleared_by",
        "by_name",
        "url_path",
        "digest",
    ]
    export_headings: ClassVar[dict[str, Any]] = {
        "at": _("Date"),
        "get_event_display": _("Event"),
        "get_extent_display": _("Extent"),
        "get_reason_kind_display": _("Kind of reason"),
    }


class PublicationView(ReadersOnly, TemplateView):
    """One row of the register with everything on which it rests."""

    readers = REGISTER_READERS
    template_name = "evidence/publication.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entry = get_object_or_404(
            RegisterEntry.objects.select_related(
                "page", "clearance__submission", "clearance__item", "clearance__edition"
            ),
            pk=kwargs["pk"],
        )
        submission = entry.clearance.submission if entry.clearance else None
        return super().get_context_data(**kwargs) | {
            "entry": entry,
            "clearance": entry.clearance,
            "submission": submission,
            "sign_offs": _sign_offs(submission),
            "emergency": _emergency(submission),
            "comments": comments_on(entry.page.specific, submission.submitted_at)
            if submission and entry.page
            else [],
            "history": RegisterEntry.objects.filter(page=entry.page_id).exclude(page=None),
        }


def _emergency(submission: Submission | None) -> dict[str, Any] | None:
    """Keys `publication`, `answers` (of its review, if there was one); None for all others."""
    publication = getattr(submission, "emergency", None)
    if publication is None:
        return None
    review = getattr(publication, "review", None)
    form = ConfidentialityForm(**review.answers) if review and review.answers else None
    return {"publication": publication, "review": review, "answers": _answers(form)}


def _sign_offs(submission: Submission | None) -> list[dict[str, Any]]:
    """Every decision, with the answers of its confidentiality form as (question, answer)."""
    if submission is None:
        return []
    rows = submission.sign_offs.select_related("confidentiality_form")
    return [
        {"sign_off": row, "answers": _answers(getattr(row, "confidentiality_form", None))}
        for row in rows
    ]


def _answers(form: Any) -> list[tuple[str, str]]:
    if form is None:
        return []
    return [
        (str(field.verbose_name), _answer(form, field))
        for field in form._meta.concrete_fields
        if field.name not in ("id", "sign_off")
    ]


def _answer(form: Any, field: Any) -> str:
    value = getattr(form, field.name)
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    return str(getattr(form, f"get_{field.name}_display")() if field.choices else value)


def log_actions(request: HttpRequest | None = None) -> list[tuple[str, str]]:
    """Every action that the log can hold, with its name."""
    others = [code for code, _label in registry.get_choices() if not code.startswith(NOT_EVIDENCE)]
    return [(code, action_label(code)) for code in [*AuditAction.values, *others]]


class LogFilters(WagtailFilterSet):
    action = django_filters.ChoiceFilter(label=_("action"), choices=log_actions)
    actor_name = django_filters.CharFilter(label=_("name"), lookup_expr="icontains")
    at = django_filters.DateFromToRangeFilter(label=_("date"), widget=DateRangePickerWidget)

    class Meta:
        model = AuditEntry
        fields: ClassVar[list[str]] = ["action", "actor_name", "at"]


class AuditLogView(Listing):
    """Who did what and when; for auditors alone."""

    readers = LOG_READERS
    page_title = _("Audit log")
    header_icon = "history"
    filterset_class = LogFilters
    index_url_name = "workflows_audit_log"
    index_results_url_name = "workflows_audit_log_results"
    search_fields: ClassVar[list[str]] = ["object_label", "actor_name"]
    queryset = AuditEntry.objects.select_related("seal")
    columns: ClassVar[list[Column]] = [
        Column("number", label=_("No."), accessor="sequence", width="8%"),
        Column("at", label=_("Date"), accessor=lambda entry: local_time(entry.at), width="14%"),
        Column("actor_name", label=_("Person"), accessor="who", width="8%"),
        Column("action", label=_("Action"), accessor="action_name", width="14%"),
        Column("object_label", label=_("Object"), width="30%"),
        Column("details", label=_("Details"), accessor="told"),
    ]
    list_export: ClassVar[list[str]] = [
        "sequence",
        "at",
        "who",
        "action_name",
        "object_type",
        "object_id",
        "object_label",
        "details_json",
        "seal_hash",
    ]
    export_headings: ClassVar[dict[str, Any]] = {
        "sequence": _("No."),
        "at": _("Date"),
        "who": _("Person"),
        "action_name": _("Action"),
        "details_json": _("Details"),
        "seal_hash": _("Hash"),
    }
