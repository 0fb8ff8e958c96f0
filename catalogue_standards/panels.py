"""How the admin lays out the forms of the catalogue."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
)

from catalogue_standards.editing import not_understood
from catalogue_standards.forms import OrganForm
from catalogue_standards.item_forms import ItemForm
from catalogue_standards.limit_words import LimitTrigger, LimitUnit, in_words
from catalogue_standards.limits import parse_time_limit


class LimitReadingPanel(Panel):
    """Read-only: the stored clauses in words, and what of the text was not understood."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "catalogue/limit_reading.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk and self.instance.time_limit_text)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            entry = self.instance
            return super().get_context_data(parent_context) | {
                "clauses": [in_words(limit) for limit in entry.limits.all()],
                "not_understood": not_understood(parse_time_limit(entry.time_limit_text)),
            }


class KeepingSelect(forms.Select):
    """Offers the stored value too where it is none of the choices, such as a fixed day 01-31."""

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> Any:
        known = {str(choice) for choice, _label in self.choices}
        self.choices = [*self.choices, *((each, each) for each in value if each not in known)]
        return super().optgroups(name, value, attrs)


def _choices(enum: Any) -> forms.Select:
    return KeepingSelect(choices=[("", "—"), *enum.choices])


ITEM_PANEL = ObjectList(
    [
        FieldPanel("seen", classname="w-hidden"),
        MultiFieldPanel(
            [
                FieldPanel("edition_domain"),
                FieldPanel("group"),
                FieldPanel("name"),
                FieldPanel("sub_name"),
            ],
            heading=_("Item"),
        ),
        InlinePanel("content_elements", [FieldPanel("text")], heading=_("Content elements")),
        InlinePanel(
            "bases",
            [FieldRowPanel([FieldPanel("basis"), FieldPanel("article")])],
            heading=_("Legal basis"),
        ),
        InlinePanel(
            "subjects",
            [FieldRowPanel([FieldPanel("organ"), FieldPanel("group")])],
            heading=_("Responsible organs"),
            help_text=_("The first leads. Choose one organ, or every organ of a kind."),
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "time_limit_text",
                    help_text=_("Changing the text reads the clauses below anew."),
                ),
                LimitReadingPanel(),
            ],
            heading=_("Time limit"),
        ),
        InlinePanel(
            "limits",
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("amount")]),
                FieldRowPanel(
                    [
                        FieldPanel("unit", widget=_choices(LimitUnit)),
                        FieldPanel("trigger", widget=_choices(LimitTrigger)),
                    ]
                ),
                FieldPanel("scope"),
            ],
            heading=_("Clauses of the time limit"),
            classname="collapsed",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("rhythm_period"), FieldPanel("rhythm_pieces")]),
                FieldPanel("newest_days"),
            ],
            heading=_("Rhythm"),
        ),
        InlinePanel(
            "channels",
            [FieldRowPanel([FieldPanel("channel"), FieldPanel("required")])],
            heading=_("Channels"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("audience"), FieldPanel("audience_group")]),
                FieldRowPanel([FieldPanel("method"), FieldPanel("stage")]),
                FieldRowPanel(
                    [FieldPanel("at_county"), FieldPanel("at_township"), FieldPanel("at_village")]
                ),
            ],
            heading=_("To whom, how and where"),
        ),
    ],
    base_form_class=ItemForm,
)

ORGAN_PANEL = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel("parent"),
                FieldPanel("name"),
                FieldRowPanel([FieldPanel("short_name"), FieldPanel("kind")]),
                FieldPanel("code"),
                FieldRowPanel([FieldPanel("organ_code"), FieldPanel("number_prefix")]),
                FieldPanel("commissions_drafts"),
            ],
            heading=_("Organ"),
        ),
        InlinePanel("aliases", [FieldPanel("name")], heading=_("Alternative names")),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldPanel("office_hours"),
                FieldRowPanel([FieldPanel("phone"), FieldPanel("fax")]),
                FieldPanel("email"),
            ],
            heading=_("Contact"),
        ),
        FieldPanel("abolished_on"),
    ],
    base_form_class=OrganForm,
)

ARRANGEMENT_PANEL = ObjectList(
    [
        FieldRowPanel([FieldPanel("year"), FieldPanel("source")]),
        InlinePanel(
            "days",
            [FieldRowPanel([FieldPanel("date"), FieldPanel("is_working"), FieldPanel("name")])],
            heading=_("Arranged days"),
            help_text=_("Days off, and the weekend days that are worked in exchange."),
        ),
    ]
)
