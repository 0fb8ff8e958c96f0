"""What the catalogue's admin views share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import JSONField, ProtectedError, RestrictedError, URLField
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.generic import DeleteView, EditView
from wagtail.admin.viewsets.model import ModelViewSet

from catalogue_standards.models import Edition
from catalogue_standards.models.fixing import why_fixed

if TYPE_CHECKING:
    from catalogue_standards.rules import Refused


def tell(request: HttpRequest, refusal: Refused) -> None:
    """Show why something was refused at the top of the next page."""
    for sentence in refusal.sentences:
        messages.error(request, sentence)


def edition_breadcrumbs(view: Any, edition: Edition, title: Any) -> list[dict[str, Any]]:
    """The way to a page about an edition."""
    overview = reverse("catalogue_editions:inspect", args=[edition.pk])
    return [
        *view.breadcrumbs_items,
        {"url": reverse("catalogue_editions:index"), "label": _("Editions")},
        {"url": overview, "label": str(edition)},
        {"url": "", "label": title, "sublabel": view.get_page_subtitle()},
    ]


class DraftOnlyMixin:
    """Leads away from the form of a row that is fixed, to where it can be read, and says why.

    Only opening is led away; what was typed while the edition became fixed is kept on screen, and
    the form refuses it.
    """

    object: Any
    request: HttpRequest
    inspect_url_name: str
    says_why = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        row = self.get_object()  # type: ignore[attr-defined]
        reason = why_fixed(row if isinstance(row, Edition) else row.edition)
        if reason:
            if self.says_why:
                messages.warning(request, reason)
            return redirect(self.reading_url(row))
        return super().get(request, *args, **kwargs)  # type: ignore[misc]

    def reading_url(self, row: Any) -> str:
        return reverse(self.inspect_url_name, args=[row.pk])


class DraftEditView(DraftOnlyMixin, EditView):
    pass


class RefusingDeleteView(DeleteView):
    """Deleting what is still in use is answered with a sentence, not with an error page."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except (ProtectedError, RestrictedError):
            messages.error(
                self.request,
                _("“%(row)s” is still in use and stays. Remove it from where it is used first.")
                % {"row": self.object},
            )
            return redirect(self.get_success_url())


class LinesField(forms.CharField):
    """A list of texts, typed one on each line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = value if isinstance(value, list) else str(value or "").splitlines()
        return [line.strip() for line in lines if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)


class CatalogueViewSet(ModelViewSet):
    """Lists, forms and history; what uses a row is answered by the catalogue itself."""

    add_to_reference_index = False
    copy_view_enabled = False
    delete_view_class: Any = RefusingDeleteView
    list_per_page = 50

    def formfield_for_dbfield(self, db_field: Any, **kwargs: Any) -> Any:
        if isinstance(db_field, JSONField):
            return LinesField(
                label=capfirst(db_field.verbose_name),
                required=False,
                help_text=gettext_lazy("One on each line."),
            )
        if isinstance(db_field, URLField):
            kwargs["assume_scheme"] = "https"
        return super().formfield_for_dbfield(db_field, **kwargs)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(**kwargs) | {"usage_url_name": None}
