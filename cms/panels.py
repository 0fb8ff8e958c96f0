"""The edit form of a published piece, in the order a drafter thinks."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel

from cms.check_panel import CheckPanel
from cms.duty_panel import DutyPanel
from cms.return_panel import ReturnPanel


def piece_panels(
    before: Sequence[Panel] = (), after: Sequence[Panel] = (), *, numbered: bool = True
) -> list[Panel]:
    """Panels common to all pieces, with those of a page type before the text or at the end."""
    numbers = [FieldPanel("document_number"), FieldPanel("topic")] if numbered else []
    return [
        ReturnPanel(),
        DutyPanel(),
        FieldPanel("title"),
        FieldPanel("organ"),
        *before,
        MultiFieldPanel(
            [
                *([FieldPanel("genre")] if numbered else []),
                *numbers,
                FieldRowPanel([FieldPanel("written_on"), FieldPanel("effective_on")]),
                FieldPanel("keywords"),
                FieldPanel("summary"),
            ],
            heading=_("Metadata"),
        ),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("determination"),
                FieldPanel("extent"),
                FieldPanel("ground"),
                FieldPanel("withheld"),
            ],
            heading=_("Disclosure"),
        ),
        *after,
        FieldPanel(
            "go_live_at",
            heading=_("Public from"),
            help_text=_(
                "Leave empty: public at once when signed, an interpretation together with its "
                "policy. An interpretation may follow its policy within 3 working days."
            ),
        ),
        FieldPanel("correction_note"),
        CheckPanel(heading=_("Secrets and personal data")),
    ]
