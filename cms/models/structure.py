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
from cms.addresses import public_page_at
from cms.enums import Section
from cms.languages import OWN, ReaderLanguageMixin, reader_language
from cms.page_cache.sharing import shared
from workflows.permissions import StructuralPagePermissionTester

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser
    from django.http import HttpRequest


def entry_in_force(item: int) -> EditionItem | None:
    """What the edition in force says of an item, with all its parts."""
    details = EditionItem.objects.with_details
    return shared(("entry", item), lambda: details().in_force().filter(item=item).first())


class StructuralPage(ReaderLanguageMixin, Page):
    """Made, renamed and removed by cms.structure only."""

    is_creatable = False
    promote_panels: list[Any] = []
    settings_panels: list[Any] = []

    class Meta:
        abstract = True

    def frame_title(self) -> str:
        """Its name in the language now active, for pages whose name is not the catalogue's."""
        return ""

    def name_for_reader(self) -> str:
        """Its title; what it would be called where only the site's own language has it."""
        if reader_language() == OWN or self.locale.language_code != OWN:
            return self.title
        return self.frame_title() or self.title

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self.title = self.name_for_reader()
        return super().get_context(request, *args, **kwargs)

    def permissions_for_user(self, user: AbstractBaseUser) -> PagePermissionTester:
        return StructuralPagePermissionTester(user, self)


class HomePage(StructuralPage):
    template = "pages/home.html"
    parent_page_types = ["wagtailcore.Page"]
    max_count = 2

    class Meta:
        verbose_name = _("home page")

    def frame_title(self) -> str:
        return str(_("Home"))

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """As Wagtail's, but a page deep in the tree is found at once and not level by level.

        What has no version in this home's language is shown in the site's own.
        """
        if path_components:
            found = self._public_page("/".join(path_components))
            if found is not None:
                return found.route(request, [])
        return super().route(request, path_components)

    def _public_page(self, rest: str) -> Page | None:
        found = public_page_at(f"{self.url_path}{rest}/")
        if found is not None or self.locale.language_code == OWN:
            return found
        own = HomePage.objects.filter(
            translation_key=self.translation_key, locale__language_code=OWN
        ).first()
        original = public_page_at(f"{own.url_path}{rest}/") if own is not None else None
        if original is None:
            return None
        version = original.get_translations().filter(locale=self.locale_id, live=True).first()
        return version.specific if version is not None else original

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.listings.platform import home_context

        shown = shared(("home", self.pk), lambda: home_context(self))
        return super().get_context(request, *args, **kwargs) | shown


class PlatformPage(StructuralPage):
    """政府信息公开平台, a section of the site (国办公开办函〔2019〕61号)."""

    template = "pages/platform.html"
    parent_page_types = ["cms.HomePage"]

    class Meta:
        verbose_name = _("disclosure platform")

    def frame_title(self) -> str:
        return str(_("Government information disclosure"))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.listings.platform import platform_context

        return super().get_context(request, *args, **kwargs) | platform_context(self)


class SectionPage(StructuralPage):
    template = "pages/section.html"
    parent_page_types = ["cms.PlatformPage"]
    kind = models.CharField(_("section"), max_length=20, choices=Section)

    class Meta:
        verbose_name = _("statutory section")

    def frame_title(self) -> str:
        return str(Section(self.kind).label)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.listings.platform import section_context

        return super().get_context(request, *args, **kwargs) | section_context(self, request)


class PolicyIndexPage(StructuralPage):
    template = "pages/policy_index.html"
    parent_page_types = ["cms.HomePage"]

    class Meta:
        verbose_name = _("policies and interpretations")

    def frame_title(self) -> str:
        return str(_("Policies and interpretations"))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.listings.policies import policy_index_context

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
        from cms.listings.catalogue import domain_context

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
        return entry_in_force(self.item_id)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.listings.catalogue import item_context

        return super().get_context(request, *args, **kwargs) | item_context(self, request)
