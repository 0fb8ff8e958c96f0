"""Versions of pieces in other languages: ordinary pages of that language's own tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from wagtail.models import Locale

from cms.drafting_rights import sync_drafting_rights
from cms.models import PublishedPiece
from cms.places import ensure_place, version_of
from cms.translation_rules import TRANSLATION_RULES, Translating
from workflows.rules import Refused, failures

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class TranslationRefused(Refused):
    """This piece may not be translated by this person, or not yet."""


class TranslatePieceAction:
    """Begin the version of `page` in `locale`: a draft with the original's text to write over."""

    def __init__(self, page: PublishedPiece, locale: Locale, user: User) -> None:
        self.page = page
        self.locale = locale
        self.user = user

    def check(self) -> None:
        """Raise TranslationRefused with every reason."""
        sentences = failures(TRANSLATION_RULES, Translating(self.page, self.locale, self.user))
        if sentences:
            raise TranslationRefused(sentences, self.page, self.user)

    @transaction.atomic
    def execute(self) -> PublishedPiece:
        self.check()
        parent = self.page.get_parent().specific
        place = version_of(parent, self.locale) or ensure_place(parent, self.locale)
        sync_drafting_rights()
        return self.page.copy(
            to=place,
            update_attrs={
                "locale": self.locale,
                "owner": self.user,
                "correction_note": "",
                "go_live_at": None,
                "expire_at": None,
            },
            copy_revisions=False,
            keep_live=False,
            reset_translation_key=False,
            user=self.user,
            log_action="wagtail.copy_for_translation",
        )
