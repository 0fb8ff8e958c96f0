"""What the catalogue requires of the piece being drafted, beside the form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.admin.panels import Panel

from catalogue_standards.models import EditionItem
from cms.duties import due_of

if TYPE_CHECKING:
    from catalogue_standards.models import Item
    from cms.models import PublishedPiece


class DutyPanel(Panel):
    """Read-only: basis, content elements, limit with the due date, and channels of the item."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "desk/duty_panel.html"

        def is_shown(self) -> bool:
            return self._entry() is not None

        def _item(self) -> Item | None:
            page: PublishedPiece = self.instance
            if page.pk or page.catalogue_item() is not None:
                return page.catalogue_item()
            return getattr(page.parent_page(), "item", None)

        def _entry(self) -> EditionItem | None:
            item = self._item()
            if item is None:
                return None
            return EditionItem.objects.with_details().in_force().filter(item=item).first()

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            entry = self._entry()
            context = super().get_context_data(parent_context)
            return context | {
                "entry": entry,
                "due": due_of(entry, self.instance.written_on) if entry else None,
            }
