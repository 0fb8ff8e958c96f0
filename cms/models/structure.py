"""The frame of the site: pages the system keeps in step, with no text of their own to review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PagePermissionTester
from wagtail.url_routing import RouteResult

from catalogue_standards.enums import EditionStatus
from catalogue_standards.models import Domain, EditionDomain, EditionItem, Item
from cms.enums import Section
from workflows.permissions import StructuralPagePermissionTester

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser
    from django.http import HttpRequest


class StructuralPage(Page):
    """Made, renamed and removed by cms.structure only."""

    is_creatable = False
    promote_panels: list[Any] = []
    settings_panels: list[Any] = []

    class Meta:
        abstract = True

    def permissions_for_user(self, user: AbstractBaseUser) -> PagePermissionTester:
        return StructuralPagePermissionTester(user, self)


class HomePage(StructuralPage):
    template = "pages/home.html"
    parent_page_types = ["wagtailcore.Page"]
    max_count = 2

    class Meta:
        verbose_name = _("home page")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """As Wagtail's, but a page deep in the tree is found at once and not level by level."""
        if path_components:
            url_path = f"{self.url_path}{'/'.join(path_components)}/"
            page = Page.objects.descendant_of(self).filter(url_path=url_path).specific().first()
            if page is not None:
                return page.route(request, [])
        return super().route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.listings import home_context

        return super().get_context(request, *args, **kwargs) | home_context(self)


class PlatformPage(StructuralPage):
    """政府信息公开平台, a section of the site (国办公开办函〔2019〕61号)."""

    template = "pages/platform.html"
    parent_page_types = ["cms.HomePage"]

    class Meta:
        verbose_name = _("disclosure platform")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.listings import platform_context

        return super().get_context(request, *args, **kwargs) | platform_context(self)


class SectionPage(StructuralPage):
    template = "pages/section.html"
    parent_page_types = ["cms.PlatformPage"]
    kind = models.CharField(_("section"), max_length=20, choices=Section)

    class Meta:
        verbose_name = _("statutory section")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.listings import section_context

        return super().get_context(request, *args, **kwargs) | section_context(self, request)


class PolicyIndexPage(StructuralPage):
    template = "pages/policy_index.html"
    parent_page_types = ["cms.HomePage"]

    class Meta:
        verbose_name = _("policies and interpretations")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.listings import policy_index_context

        return super().get_context(request, *args, **kwargs) | policy_index_context(self, request)


class DomainPage(StructuralPage):
    template = "pages/domain.html"
    parent_page_types = ["cms.CataloguePage"]
    domain = models.ForeignKey(Domain, on_delete=models.PROTECT, related_name="pages")

    class Meta:
        verbose_name = _("domain")

    @cached_property
    def entry(self) -> EditionDomain | None:
        """What the edition in force says of this domain."""
        return EditionDomain.objects.filter(
            domain=self.domain_id, edition__status=EditionStatus.IN_FORCE
        ).first()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.listings import domain_context

        return super().get_context(request, *args, **kwargs) | domain_context(self, request)


class ItemPage(StructuralPage):
    template = "pages/item.html"
    parent_page_types = ["cms.DomainPage"]
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="pages")

    class Meta:
        verbose_name = _("catalogue item")

    @cached_property
    def entry(self) -> EditionItem | None:
        """What the edition in force says of this item, with all its parts."""
        return EditionItem.objects.with_details().in_force().filter(item=self.item_id).first()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.listings import item_context

        return super().get_context(request, *args, **kwargs) | item_context(self, request)
