"""The words that reviewers have every text searched for, with every change kept."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflows.models.append_only import AppendOnly


class DictionaryVersion(AppendOnly):
    """One change of the dictionary; `number` runs from 1."""

    number = models.PositiveIntegerField(_("version"), unique=True)
    at = models.DateTimeField(_("at"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    user_name = models.CharField(_("name"), max_length=150)
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        verbose_name = _("version of the dictionary")
        verbose_name_plural = _("versions of the dictionary")
        ordering = ["-number"]

    def __str__(self) -> str:
        return str(self.number)


class DictionaryTermQuerySet(models.QuerySet["DictionaryTerm"]):
    def current(self) -> DictionaryTermQuerySet:
        return self.filter(until=None)


class DictionaryTerm(models.Model):
    """A word that holds from version `since` on, and no longer from version `until` on."""

    term = models.CharField(_("word"), max_length=50)
    note = models.CharField(_("note"), max_length=200, blank=True)
    since = models.ForeignKey(DictionaryVersion, on_delete=models.PROTECT, related_name="added")
    until = models.ForeignKey(
        DictionaryVersion, null=True, on_delete=models.PROTECT, related_name="removed"
    )

    objects = DictionaryTermQuerySet.as_manager()

    class Meta:
        verbose_name = _("word of the dictionary")
        verbose_name_plural = _("dictionary")
        ordering = ["term"]
        constraints = [
            models.UniqueConstraint(
                fields=["term"], condition=models.Q(until=None), name="one_current_term"
            ),
        ]

    def __str__(self) -> str:
        return self.term
