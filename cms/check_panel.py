"""The button that checks a draft for secrets and personal data, beside the form."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel

from workflows.settling import latest_scans


class CheckPanel(Panel):
    """Saves the draft, then looks through it (workflows.check_views)."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "desk/check_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            page = self.instance
            scans = latest_scans(page) if page.pk else []
            return super().get_context_data(parent_context) | {
                "page": page,
                "scanned_at": max((s.finished_at for s in scans if s.finished_at), default=None),
            }
