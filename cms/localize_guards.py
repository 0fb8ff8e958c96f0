"""What of wagtail-localize would write or publish past the review, and is switched off.

Its synced editor replaces the edit view and knows neither submission nor lock; its alias pages
copy a page's content the moment it is published; its locale synchronisation makes such aliases.
"""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_save
from django.utils.translation import gettext as _
from wagtail_localize.locales.components import LOCALE_COMPONENTS
from wagtail_localize.models import LocaleSynchronization, Translation

from workflows.rules import ChangeRefused


def connect() -> None:
    """Called once, when the application is ready."""
    LOCALE_COMPONENTS[:] = [
        component
        for component in LOCALE_COMPONENTS
        if component["model"] is not LocaleSynchronization
    ]
    pre_save.connect(refuse_synced_translation, sender=Translation)
    pre_save.connect(refuse_synchronised_locale, sender=LocaleSynchronization)


def refuse_synced_translation(sender: Any, instance: Translation, **kwargs: Any) -> None:
    if instance.enabled:
        raise ChangeRefused(
            [
                _(
                    "Translations are ordinary pages here: begin one with “Translate”, and send it "
                    "to review."
                )
            ]
        )


def refuse_synchronised_locale(sender: Any, **kwargs: Any) -> None:
    raise ChangeRefused(
        [_("Locales are not synchronised here: each piece is translated and reviewed by itself.")]
    )
