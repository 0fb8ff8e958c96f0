"""The help of the screens that know page types."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from workflows.help import register_help

register_help(
    {
        "cms_start_policy": _(
            "Give the final docx. Title, number, organ, date, chapters and tables are read from "
            "it; check every field, add the interpretation, then submit both together."
        ),
        "cms_duties": _(
            "What your organ must have public, the most urgent first. “Draft a piece” opens the "
            "form with everything filled in that is known. “Not recorded” names channels beyond "
            "this site."
        ),
        "cms_duty_matrix": _(
            "Organs down, domains across. Each cell names its worst state; open it for the items."
        ),
        "cms_duty": _(
            "What is due and from which day it is counted. Note an event here when its limit runs "
            "before there is a piece about it."
        ),
        "cms_postings": _(
            "Record where the piece was made public besides this site. The head of the department "
            "confirms; then the public reads channel, place and date. Photos stay inside."
        ),
        "cms_translate": _(
            "Choose the language. The translation is a draft of its own and goes through the whole "
            "review."
        ),
    }
)
