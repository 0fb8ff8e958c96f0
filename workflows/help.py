"""Help in place: a few sentences for each screen of the desk, by the name of its address."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_texts: dict[str, str | Promise] = {}


def register_help(texts: dict[str, str | Promise]) -> None:
    """Add the help of screens: what one does there, what follows, and whom to ask."""
    _texts.update(texts)


def help_for(url_name: str) -> str:
    """The help of the screen at the address of this name; "" where there is none."""
    return str(_texts.get(url_name, ""))


register_help(
    {
        "wagtailadmin_home": _(
            "This page shows your own work only. Red is late, amber is soon due. Open a title to "
            "go on with it; everything else is in the menu."
        ),
        "workflows_queue": _(
            "Oldest first. Each step has 5 working days, counted from the step before. Returned "
            "pieces are yours to change and submit again."
        ),
        "workflows_review": _(
            "Read the page as the public will see it, then “changes and comments” for what is new. "
            "Comment on a passage to have it changed. Returning needs a reason or a comment; a "
            "button that cannot be used says why beneath it."
        ),
        "workflows_check": _(
            "The check looks at text, links and files. Mark what is to be masked and confirm; the "
            "masked text becomes a new draft. What is right as it stands, explain to the reviewer."
        ),
        "workflows_masked": _(
            "Left as it is now, right as it would be masked. Nothing changes here: the drafter "
            "accepts the masked version."
        ),
        "workflows_mask_rules": _(
            "How much of each kind of personal data stays readable. The examples are made up."
        ),
        "workflows_pieces": _(
            "What your organ, and those below it, have made public. Open a piece to take it down, "
            "to mark its end, or to record other channels."
        ),
        "workflows_piece": _(
            "Taking down is at once and needs a reason. Coming back goes through the review. "
            "Mistakes in the text are corrected by the drafter and reviewed again."
        ),
        "workflows_take_down": _(
            "It leaves the public at once, files included. The kind of reason is public, your "
            "words are not."
        ),
        "workflows_end": _(
            "For policies that no longer hold. The text stays public under a notice. A wrong "
            "notice is put right by entering it again."
        ),
        "workflows_move": _("The old address leads to the new one. The move is registered."),
        "workflows_emergencies": _(
            "What was published in an emergency is reviewed by a second person within one working "
            "day; until then it stands on everyone's home."
        ),
        "workflows_emergency_publish": _(
            "For emergencies only: public at once, with your name and reason in the register. A "
            "second person reviews it afterwards."
        ),
        "workflows_after_review": _(
            "Read what is public, answer the questions, then confirm or take down. Taking down "
            "needs a reason only."
        ),
        "workflows_dictionary": _(
            "Words that every check looks for besides its own rules. After a change everything "
            "public is looked at again."
        ),
        "workflows_revisits": _(
            "After a change of the rules all that is public is looked at again in the background. "
            "Open a page to settle what was found."
        ),
        "workflows_revisited": _(
            "Settle each finding: it may be shown, was found by mistake, or the page is taken down."
        ),
        "workflows_reassessments": _(
            "Once a year what is not public is looked at again: does its ground still hold?"
        ),
        "workflows_reassessment": _(
            "Decide on each page: it stays closed with its ground, or its drafter prepares it for "
            "publication."
        ),
        "workflows_figures": _("What the checks found and what became of it, by organ and kind."),
        "workflows_publication": _(
            "Everything on which this publication rests: who cleared it, what was asked, what was "
            "answered. Nobody can change it."
        ),
    }
)
