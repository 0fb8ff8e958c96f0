"""Where the pages of items lead that the edition in force no longer has.

A page with pieces under it stays, says so, and names what carries the item on. An empty one is
withdrawn, and its address redirects. Both are undone when a later edition brings the item back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import override
from wagtail.contrib.redirects.models import Redirect

from catalogue_standards.enums import EditionStatus
from catalogue_standards.models import EditionItem, ItemSuccession
from cms.languages import OWN
from cms.models import ItemPage
from cms.visibility import frame


class Lineage:
    """Which items carry on which, by every edition that has been in force (two queries)."""

    def __init__(self) -> None:
        self.in_force = set(EditionItem.objects.in_force().values_list("item", flat=True))
        self._after: dict[int, list[int]] = defaultdict(list)
        self._before: dict[int, list[int]] = defaultdict(list)
        for former, next_item in (
            ItemSuccession.objects.filter(
                edition__status__in=[EditionStatus.IN_FORCE, EditionStatus.SUPERSEDED]
            )
            .order_by("edition__year", "edition__amendment", "pk")
            .values_list("from_item", "to_item")
        ):
            self._after[former].append(next_item)
            self._before[next_item].append(former)

    def carried_on_by(self, item: int) -> list[int]:
        """The items in force that carry on `item`, or that it came from if that was taken back."""
        if item in self.in_force:
            return []
        return self._reach(item, self._after) or self._reach(item, self._before)

    def _reach(self, item: int, steps: dict[int, list[int]]) -> list[int]:
        found: list[int] = []
        seen, waiting = {item}, list(steps[item])
        while waiting:
            each = waiting.pop(0)
            if each in seen:
                continue
            seen.add(each)
            if each in self.in_force:
                found.append(each)
            else:
                waiting += steps[each]
        return found


def successors_of(page: ItemPage) -> list[ItemPage]:
    """The live pages of the items that carry on this page's item, where it is out of force."""
    items = Lineage().carried_on_by(page.item_id)
    pages = {each.item_id: each for each in frame(ItemPage).filter(item__in=items)}
    return [pages[item] for item in items if item in pages]


@transaction.atomic
def lead_on() -> int:
    """Bring redirects and withdrawn pages in step with the edition in force; returns how many
    pages changed. What is in step already is not written again."""
    lineage = Lineage()
    # Pages in other languages exist only above a translation: they have pieces and stay.
    pages = list(ItemPage.objects.filter(locale__language_code=OWN).select_related("locale"))
    by_item = {page.item_id: page for page in pages}
    changed = _bring_back(page for page in pages if page.item_id in lineage.in_force)
    leading = {
        page: by_item[targets[0]]
        for page in pages
        if page.numchild == 0 and (targets := lineage.carried_on_by(page.item_id))
    }
    paths = {page: _path(page) for page in leading}
    made = Redirect.objects.filter(site=None, old_path__in=paths.values())
    there = dict(made.values_list("old_path", "redirect_page"))
    for page, target in leading.items():
        changed += _withdraw(page, target, there.get(paths[page]))
    return changed


def _bring_back(pages: Iterable[ItemPage]) -> int:
    back = [page for page in pages if not page.live]
    for page in back:
        page.live = True
        page.save(update_fields=["live"])
        Redirect.objects.filter(old_path=_path(page), automatically_created=True).delete()
    return len(back)


def _withdraw(page: ItemPage, target: ItemPage, leads_to: int | None) -> int:
    """`leads_to` is the page (id) to which its address redirects by now."""
    if leads_to != target.pk:
        # Not permanent: a browser would never forget it, and the item may come back.
        Redirect.objects.update_or_create(
            old_path=_path(page),
            site=None,
            defaults={
                "redirect_page": target,
                "is_permanent": False,
                "automatically_created": True,
            },
        )
    if page.live:
        page.live = False
        page.save(update_fields=["live"])
    elif leads_to == target.pk:
        return 0
    return 1


def _path(page: ItemPage) -> str:
    with override(OWN):
        parts = page.get_url_parts()
    return Redirect.normalise_path(parts[2] if parts else page.url_path)
