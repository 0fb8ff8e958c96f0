"""Desk views that know page types."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView

from cms.drafting import PolicyFiles, draft_policy, store_attachment
from cms.readers.policy_docx import PolicyUnreadable
from cms.start_forms import StartPolicyForm
from workflows.enums import Role
from workflows.models import has_role, organ_of


class StartPolicyView(FormView):
    """A policy begun from its docx: what the file says is filled in, the rest is left to write."""

    template_name = "desk/start_policy.html"
    form_class = StartPolicyForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        own = organ_of(request.user)
        if own is None or not has_role(request.user, Role.DRAFTER):
            raise PermissionDenied
        self.own = own
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"own": self.own}

    def form_valid(self, form: StartPolicyForm) -> HttpResponse:
        told = form.cleaned_data
        drafter: Any = self.request.user
        try:
            with transaction.atomic():
                attachments = [store_attachment(file, drafter) for file in told["attachments"]]
                files = PolicyFiles(
                    told["policy"], told["interpretation"], attachments, told["item"]
                )
                policy = draft_policy(files, drafter, self.own)
        except PolicyUnreadable as error:
            form.add_error("policy", str(error))
            return self.form_invalid(form)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self.form_invalid(form)
        messages.success(
            self.request,
            _("Read from the file. Check every field, add what is missing, then submit."),
        )
        return redirect("wagtailadmin_pages:edit", policy.pk)
