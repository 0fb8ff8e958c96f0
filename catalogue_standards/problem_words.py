"""The kinds of problems of a catalogue file in a few words, for filters."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

KIND_LABELS = {
    "unknown-organ": _("Unknown organ"),
    "unknown-basis": _("Unknown legal basis"),
    "unknown-channel": _("Unknown channel"),
    "unknown-domain": _("Unknown domain"),
    "duplicate-item": _("Item twice"),
    "too-long": _("Text too long"),
    "no-name": _("No name"),
    "guessed-domain": _("Domain guessed"),
    "no-domain": _("No domain"),
    "unread-limit": _("Limit not understood"),
    "unread-rhythm": _("Rhythm not understood"),
    "no-limit": _("No time limit"),
    "no-basis": _("No legal basis"),
    "no-organ": _("No organ"),
    "no-level": _("No level"),
    "nothing-above": _("Refers to nothing"),
    "two-audiences": _("Two audiences"),
    "two-methods": _("Two methods"),
    "unread-mark": _("Mark not understood"),
}
