"""Make the frame of the site and keep it in step with the edition in force."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from catalogue_standards.models import Edition, EditionDomain, EditionItem
from cms.enums import Section
from cms.languages import OWN
from cms.models import (
    CataloguePage,
    DomainPage,
    FiguresPage,
    HomePage,
    ItemPage,
    PlatformPage,
    PolicyIndexPage,
    SectionPage,
    StructuralPage,
    TopicIndexPage,
)
from cms.places import ensure_place

Frame = TypeVar("Frame", bound=StructuralPage)

SECTION_TITLES = {
    Section.GUIDE: "政府信息公开指南",
    Section.RULES: "政府信息公开制度",
    Section.MANDATORY: "法定主动公开内容",
    Section.ANNUAL_REPORT: "政府信息公开年报",
    Section.REQUESTS: "依申请公开",
}


def _ensure(parent: Page, model: type[Frame], slug: str, title: str, **fields: object) -> Frame:
    """The child of `parent` at `slug`, made or renamed as needed."""
    page = model.objects.child_of(parent).filter(slug=slug).first()
    if page is None:
        page = model(title=title, slug=slug, live=True, **fields)
        parent.add_child(instance=page)
    elif page.title != title:
        page.title = page.draft_title = title
        page.save(update_fields=["title", "draft_title"])
    return page


@transaction.atomic
def ensure_frame(site_name: str | None = None) -> HomePage:
    """Home, catalogue, policies, topics, the disclosure platform and its figures, as the default
    site's tree."""
    root = Page.objects.get(depth=1)
    site = Site.objects.filter(is_default_site=True).first()
    home = _ensure(root, HomePage, "gongkai", site_name or "首页")
    if site is None:
        Site.objects.create(hostname="localhost", port=80, is_default_site=True, root_page=home)
    elif site.root_page_id != home.pk:
        placeholder = site.root_page
        site.root_page = home
        site.save()
        # Wagtail's own migration leaves a welcome page behind, which no reviewer has cleared.
        if placeholder.specific_class is Page:
            placeholder.delete()
    _ensure(home, CataloguePage, "catalogue", "标准目录", show_in_menus=True)
    _ensure(home, PolicyIndexPage, "policies", "政策与解读", show_in_menus=True)
    _ensure(home, TopicIndexPage, "topics", "一件事", show_in_menus=True)
    platform = _ensure(home, PlatformPage, "disclosure", "政府信息公开", show_in_menus=True)
    for section in Section:
        slug = section.value.replace("_", "-")
        _ensure(platform, SectionPage, slug, SECTION_TITLES[section], kind=section)
    _ensure(home, FiguresPage, "figures", "数说公开")
    return home


def sync_catalogue() -> Iterator[str]:
    """Bring domain and item pages in step with the edition in force; yields each page made.

    Pages of items that the edition no longer has stay: what was published under them is evidence.
    """
    edition = Edition.objects.in_force()
    if edition is None:
        return
    catalogue = CataloguePage.objects.get(locale__language_code=OWN)
    existing = {page.item_id: page for page in ItemPage.objects.filter(locale__language_code=OWN)}
    versions = ItemPage.objects.exclude(locale__language_code=OWN).select_related("locale")
    versions_of: dict[int, list[ItemPage]] = {}
    for page in versions:
        versions_of.setdefault(page.item_id, []).append(page)
    for domain in EditionDomain.objects.filter(edition=edition).select_related("domain"):
        parent = _ensure(
            catalogue, DomainPage, domain.domain.code, domain.name, domain=domain.domain
        )
        entries = EditionItem.objects.filter(edition_domain=domain).select_related("item")
        for entry in entries:
            if entry.item_id not in existing:
                page = ItemPage(
                    title=entry.full_name, slug=entry.item.key, item=entry.item, live=True
                )
                parent.add_child(instance=page)
                yield _("Made the page of %(item)s") % {"item": entry.full_name}
            else:
                _keep_in_step(existing[entry.item_id], parent, entry)
                for page in versions_of.get(entry.item_id, ()):
                    _keep_in_step(page, ensure_place(parent, page.locale), entry)


def _keep_in_step(page: ItemPage, parent: DomainPage, entry: EditionItem) -> None:
    if page.title != entry.full_name:
        page.title = page.draft_title = entry.full_name
        page.save(update_fields=["title", "draft_title"])
    if not page.is_child_of(parent):
        page.move(parent, pos="last-child")
