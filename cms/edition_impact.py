"""What a coming edition will do to pages, to pieces under review, and to people's permissions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue_standards.calendar import site_calendar
from catalogue_standards.diff import ChangeKind, ItemChange
from catalogue_standards.impact import (
    ImpactRow,
    ImpactSection,
    Prospect,
    contributes_to_impact,
)
from catalogue_standards.models import Organ
from catalogue_standards.townships import own_limits
from cms.duties import governing, timeliness_of
from cms.languages import OWN
from cms.models import DisclosurePage, ItemPage, PolicyPage
from cms.obligations.facts import DUTY_TYPES
from cms.visibility import listed
from workflows.enums import Role
from workflows.models import RoleGroup, Submission, SubmittedPage


@contributes_to_impact
def page_sections(prospect: Prospect) -> Iterator[ImpactSection]:
    """Pages, reviews under way, drafters' permissions, and pieces that would be late."""
    yield _pages(prospect)
    yield _under_review(prospect)
    yield _permissions(prospect)
    yield _late(prospect)


def _pages(prospect: Prospect) -> ImpactSection:
    pages = {
        page.item_id: page
        for page in ItemPage.objects.filter(item__in=prospect.changes, locale__language_code=OWN)
    }
    pieces = dict(
        listed(DisclosurePage)
        .filter(item__in=prospect.changes)
        .order_by()
        .values_list("item")
        .annotate(number=Count("pk"))
    )
    rows = []
    for domain in prospect.diff.domains:
        if domain.kind:
            rows.append(ImpactRow((domain.name, _("domain"), str(domain.kind.label), "")))
        for change in domain.items:
            for item_id, name, happens in _what_happens(change, pages.get(change.item_id)):
                page, number = pages.get(item_id), pieces.get(item_id, 0)
                cells = (name, domain.name, happens, str(number or ""))
                rows.append(ImpactRow(cells, page.url or "" if page else ""))
    return ImpactSection(
        "pages",
        _("Pages affected"),
        _("They change by themselves on the day of force; all other pages stay untouched."),
        (_("Page"), _("Domain"), _("What happens"), _("Published pieces")),
        rows,
    )


def _what_happens(change: ItemChange, page: ItemPage | None) -> Iterator[tuple[int, str, str]]:
    successors = "、".join(each.name for each in change.successors)
    if change.new is None and change.successors:
        if page and page.numchild:
            happens = _("Stays readable, and names what carries it on: %(items)s") % {
                "items": successors
            }
        else:
            happens = _("Redirects to %(item)s") % {"item": change.successors[0].name}
        yield change.item_id, change.name, happens
        for each in change.successors:
            if ChangeKind.SPLIT in change.kinds:
                yield each.item_id, each.name, _("A page is made")
        return
    if change.new is None:
        yield change.item_id, change.name, _("Stays readable, and says that it is no longer listed")
        return
    if change.old is None:
        yield change.item_id, change.name, _("A page is made")
        return
    told = []
    if ChangeKind.RENAMED in change.kinds:
        told.append(_("Gets its new name"))
    if ChangeKind.MOVED in change.kinds:
        told.append(_("Moves to another domain; the old address redirects"))
    if ChangeKind.CHANGED in change.kinds:
        told.append(_("Shows the new requirements"))
    yield change.item_id, change.name, "；".join(told)


def _under_review(prospect: Prospect) -> ImpactSection:
    waiting = SubmittedPage.objects.filter(submission__in=Submission.objects.open()).order_by()
    rows = []
    for model in (DisclosurePage, PolicyPage):
        pages = model.objects.filter(
            pk__in=waiting.values("page"), item__in=prospect.changes
        ).select_related("organ")
        for page in pages.order_by("pk"):
            assert page.item_id is not None  # the filter found it by its item
            change = prospect.changes[page.item_id]
            kinds = "、".join(str(kind.label) for kind in change.kinds)
            rows.append(
                ImpactRow(
                    (page.title, page.organ.name, change.name, kinds),
                    reverse("wagtailadmin_pages:edit", args=[page.pk]),
                )
            )
    return ImpactSection(
        "reviews",
        _("Pieces under review"),
        _("Their items change: have them published before, or check them again after."),
        (_("Title"), _("Organ"), _("Item name"), _("What changed")),
        rows,
    )


def _permissions(prospect: Prospect) -> ImpactSection:
    names = _titles(prospect)
    rows = []
    groups = RoleGroup.objects.filter(role=Role.DRAFTER, organ__isnull=False)
    people: dict[int, list[str]] = defaultdict(list)
    for organ, last, first, username in groups.order_by("group__user__pk").values_list(
        "organ", "group__user__last_name", "group__user__first_name", "group__user__username"
    ):
        if username:
            people[organ].append(f"{last}{first}" or username)
    for organ in Organ.objects.filter(pk__in=people):
        before = prospect.answering_before.get(organ.pk, set())
        after = prospect.answering_after.get(organ.pk, set())
        drafters = "、".join(people[organ.pk])
        for items, label in (
            (after - before, _("may draft under it")),
            (before - after, _("may no longer draft under it")),
        ):
            rows += [
                ImpactRow((organ.name, drafters, label, name))
                for name in sorted(names.get(item, "") for item in items)
            ]
    return ImpactSection(
        "permissions",
        _("Drafters' permissions that change"),
        _("They change by themselves on the day of force."),
        (_("Organ"), _("Drafters"), _("Permission"), _("Item name")),
        rows,
    )


def _titles(prospect: Prospect) -> dict[int, str]:
    """The names of the items that change hands: only changed items can."""
    found = {item: change.name for item, change in prospect.changes.items()}
    for change in prospect.changes.values():
        found |= {each.item_id: each.name for each in change.successors}
    return found


def _published_under(items: Collection[int]) -> Iterator[Any]:
    """The public pieces and policies under `items`; interpretations keep a clock of their own."""
    for model in DUTY_TYPES:
        rows = listed(model).filter(item__in=items).select_related("organ")
        needed = ("title", "url_path", "item", "organ__name", "written_on", "first_published_at")
        yield from rows.only(*needed).iterator(chunk_size=2_000)


def _late(prospect: Prospect) -> ImpactSection:
    calendar = site_calendar()
    own = own_limits(prospect.shortened)
    rows = []
    for piece in _published_under(prospect.shortened):
        mine = own.get((piece.organ_id, piece.item_id), ())
        before, after = (
            timeliness_of(governing(clauses, mine), piece.written_on, piece.published_at, calendar)
            for clauses in prospect.shortened[piece.item_id]
        )
        if after and after.is_late and not (before and before.is_late):
            days = _("%(days)s working days late") % {"days": after.days_late}
            rows.append(
                ImpactRow(
                    (piece.title, piece.organ.name, prospect.changes[piece.item_id].name, days),
                    piece.url or "",
                )
            )
    return ImpactSection(
        "late",
        _("Published pieces that the shorter limits would make late"),
        _(
            "They were in time when they were published. Consider a limit that holds from its day on."
        ),
        (_("Title"), _("Organ"), _("Item name"), _("By how much")),
        rows,
        is_alarming=True,
    )
