"""Addresses and menu of the pages about secrets and personal data."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from workflows.dictionary_views import READERS, DictionaryView
from workflows.figures_views import FiguresView
from workflows.models import has_role
from workflows.reassessment_views import ReassessmentsView, ReassessmentView
from workflows.revisit_views import RevisitedPageView, RevisitsView


@hooks.register("register_admin_urls")
def confidentiality_urls() -> list[URLPattern]:
    base = "confidentiality"
    return [
        path(f"{base}/revisits/", RevisitsView.as_view(), name="workflows_revisits"),
        path(f"{base}/revisits/<int:pk>/", RevisitedPageView.as_view(), name="workflows_revisited"),
        path(f"{base}/dictionary/", DictionaryView.as_view(), name="workflows_dictionary"),
        path(f"{base}/reassessments/", ReassessmentsView.as_view(), name="workflows_reassessments"),
        path(
            f"{base}/reassessments/<int:pk>/",
            ReassessmentView.as_view(),
            name="workflows_reassessment",
        ),
        path(f"{base}/figures/", FiguresView.as_view(), name="workflows_figures"),
    ]


class ConfidentialityMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return any(has_role(request.user, role) for role in READERS)


@hooks.register("register_admin_menu_item")
def confidentiality_menu_item() -> MenuItem:
    return ConfidentialityMenuItem(
        _("Confidentiality"), reverse("workflows_revisits"), icon_name="lock", order=790
    )
