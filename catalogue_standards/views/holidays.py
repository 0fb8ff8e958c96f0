"""Holiday arrangements, entered by pasting the notice."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton

from catalogue_standards.actions.holidays import AdoptNoticeAction
from catalogue_standards.forms import HolidayNoticeForm
from catalogue_standards.models import HolidayArrangement
from catalogue_standards.rules import Refused


class ArrangementIndexView(IndexView):
    @cached_property
    def header_buttons(self) -> list[Any]:
        buttons: list[Any] = super().header_buttons
        paste = HeaderButton(
            _("Paste the notice"),
            url=reverse("catalogue_holidays:notice"),
            icon_name="clipboard-list",
            priority=5,
        )
        return [*buttons, paste] if self.add_url else buttons


class NoticeView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """Paste, see what was understood, then adopt it."""

    model = HolidayArrangement
    permission_required = "add"
    form_class = HolidayNoticeForm
    template_name = "catalogue/notice.html"
    header_icon = "calendar-alt"

    def get_page_title(self) -> str:
        return _("Paste the notice")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = reverse("catalogue_holidays:index")
        return [
            *self.breadcrumbs_items,
            {"url": index, "label": _("Holiday arrangements")},
            {"url": "", "label": self.get_page_title()},
        ]

    def form_valid(self, form: HolidayNoticeForm) -> HttpResponse:
        if "adopt" not in self.request.POST:
            return self.render_to_response(
                self.get_context_data(
                    form=form,
                    notice=form.notice,
                    replaced=HolidayArrangement.objects.filter(year=form.notice.year).first(),
                )
            )
        try:
            arrangement = AdoptNoticeAction(form.notice, form.cleaned_data["source"]).execute()
        except Refused as refusal:
            form.add_error("source", " ".join(refusal.sentences))
            return self.form_invalid(form)
        messages.success(
            self.request,
            _("The arrangement of %(year)s is entered; deadlines follow it from now on.")
            % {"year": arrangement.year},
        )
        return redirect("catalogue_holidays:index")
