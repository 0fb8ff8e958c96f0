"""Where each organ's drafters may add pages: under the items their organ answers for."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db import transaction
from wagtail.models import GroupPagePermission

from catalogue_standards.models import EditionItem, Organ
from cms.models import ItemPage, PolicyIndexPage, SectionPage, TopicIndexPage
from workflows.enums import Role
from workflows.models import RoleGroup


@transaction.atomic
def sync_drafting_rights(only: Organ | None = None) -> int:
    """Bring the page permissions of all drafters' groups, or of one organ's, in step; returns how
    many changed."""
    add = Permission.objects.get(content_type__app_label="wagtailcore", codename="add_page")
    everywhere = [
        *PolicyIndexPage.objects.values_list("pk", flat=True),
        *SectionPage.objects.values_list("pk", flat=True),
        *TopicIndexPage.objects.values_list("pk", flat=True),
    ]
    changed = 0
    groups = RoleGroup.objects.filter(role=Role.DRAFTER, organ__isnull=False)
    if only is not None:
        groups = groups.filter(organ=only)
    for row in groups.select_related("organ"):
        wanted = {*everywhere, *_item_pages(row.organ)}
        held = dict(
            GroupPagePermission.objects.filter(group_id=row.group_id, permission=add).values_list(
                "page_id", "pk"
            )
        )
        surplus = [pk for page_id, pk in held.items() if page_id not in wanted]
        GroupPagePermission.objects.filter(pk__in=surplus).delete()
        missing = wanted - held.keys()
        GroupPagePermission.objects.bulk_create(
            GroupPagePermission(group_id=row.group_id, page_id=page_id, permission=add)
            for page_id in missing
        )
        changed += len(surplus) + len(missing)
    return changed


def _item_pages(organ: Organ | None) -> set[int]:
    if organ is None:
        return set()
    items = EditionItem.objects.in_force().answered_by(organ).values("item")
    return set(ItemPage.objects.filter(item__in=items).values_list("pk", flat=True))
