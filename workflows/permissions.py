"""What people may do with gated pages. Being a superuser makes no difference here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.models import Page, PagePermissionTester

from workflows.change_rules import MAY_TAKE_DOWN_RULES, Change
from workflows.publication_rules import PUBLICATION_RULES, Publishing, usable_clearance
from workflows.rules import failures

if TYPE_CHECKING:
    from workflows.models.gated import GatedPageMixin


class GatedPagePermissionTester(PagePermissionTester):
    """Everything that makes a page public, or takes it away, goes through the gate."""

    page: GatedPageMixin

    def why_not_publish(self) -> list[str]:
        """The sentences under a disabled publish button; empty when publishing is allowed."""
        return failures(PUBLICATION_RULES, Publishing(self.page, usable_clearance(self.page)))

    def can_publish(self) -> bool:
        return super().can_publish() and not self.why_not_publish()

    def can_submit_for_moderation(self) -> bool:
        return super().can_submit_for_moderation() and self.page.lead() is None

    def can_publish_subpage(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        # Wagtail's own doors lead on to the screen that asks for the reason (stock_doors.py).
        return not failures(MAY_TAKE_DOWN_RULES, Change(self.page, self.user))

    def can_set_view_restrictions(self) -> bool:
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return super().can_delete(ignore_bulk) and not self._is_kept()

    def can_move(self) -> bool:
        return super().can_move() and not self._was_public()

    def can_lock(self) -> bool:
        return False

    def can_copy(self) -> bool:
        # A copy would carry one piece's metadata, number and approvals over to another.
        return False

    def _is_kept(self) -> bool:
        return self._was_public() or self.page.under_review

    def _was_public(self) -> bool:
        # What was public once is evidence; it is withdrawn with a reason, never removed.
        return (
            Page.objects.get(pk=self.page.pk)
            .get_descendants(inclusive=True)
            .exclude(first_published_at=None)
            .exists()
        )


class StructuralPagePermissionTester(PagePermissionTester):
    """Pages kept in step with the catalogue by the system: nobody edits, moves or removes them."""

    def can_edit(self) -> bool:
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        return False

    def can_lock(self) -> bool:
        return False

    def can_move(self) -> bool:
        return False

    def can_copy(self) -> bool:
        return False

    def can_reorder_children(self) -> bool:
        return False
