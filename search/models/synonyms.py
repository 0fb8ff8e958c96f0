"""Words that mean the same to a reader, kept by administrators."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from search.normalising import fold

MOST_WORDS = 8
_BETWEEN = re.compile(r"[\s,，、;；=＝]+")


class SynonymGroup(models.Model):
    """A search for any of the words finds the others too, from the moment the row is saved."""

    words = models.CharField(
        _("words"),
        max_length=200,
        help_text=_(
            "Two to eight words that mean the same, separated by spaces: 低保 最低生活保障"
        ),
    )
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["words"]

    def __str__(self) -> str:
        return " = ".join(self.word_list)

    @property
    def word_list(self) -> list[str]:
        """The words, folded (search.normalising), each once."""
        return list(dict.fromkeys(filter(None, _BETWEEN.split(fold(self.words)))))

    def clean(self) -> None:
        words = self.word_list
        if not 2 <= len(words) <= MOST_WORDS:
            raise ValidationError(
                {"words": gettext("Write two to eight different words, separated by spaces.")}
            )
        if short := [word for word in words if len(word) < 2]:
            raise ValidationError(
                {
                    "words": gettext("“%(word)s” is a single character; write a whole word.")
                    % {"word": short[0]}
                }
            )
