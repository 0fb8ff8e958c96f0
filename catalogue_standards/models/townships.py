"""What a township takes of the county's catalogue, where it does not simply follow it.

A choice names an item by its identity, so that it holds in every later edition; one about a whole
domain holds for the items that later editions add to it. Without a choice the township follows.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue_standards.enums import ChoiceStatus
from catalogue_standards.models.editions import Domain
from catalogue_standards.models.item_parts import Channel
from catalogue_standards.models.items import Item
from catalogue_standards.models.organs import Organ


class TownshipChoiceQuerySet(models.QuerySet["TownshipChoice"]):
    def binding(self) -> TownshipChoiceQuerySet:
        return self.filter(status=ChoiceStatus.BINDING)

    def proposed(self) -> TownshipChoiceQuerySet:
        return self.filter(status=ChoiceStatus.PROPOSED)


class TownshipChoice(models.Model):
    """One decision about an item or a whole domain. Rows are never edited: later ones replace them."""

    organ = models.ForeignKey(
        Organ, verbose_name=_("township"), on_delete=models.PROTECT, related_name="choices"
    )
    item = models.ForeignKey(
        Item,
        verbose_name=_("item"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="township_choices",
    )
    domain = models.ForeignKey(
        Domain,
        verbose_name=_("domain"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="township_choices",
    )
    is_involved = models.BooleanField(_("the township handles it"), default=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    time_limit_text = models.CharField(
        _("the township's own time limit"), max_length=500, blank=True
    )
    channels = models.ManyToManyField(
        Channel, verbose_name=_("further channels"), blank=True, related_name="+"
    )
    status = models.CharField(
        _("status"), max_length=20, choices=ChoiceStatus, default=ChoiceStatus.PROPOSED
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    proposed_by_name = models.CharField(_("proposed by"), max_length=150, blank=True)
    proposed_at = models.DateTimeField(_("proposed at"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_by_name = models.CharField(_("decided by"), max_length=150, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    answer = models.CharField(_("answer"), max_length=300, blank=True)

    objects = TownshipChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("choice of a township")
        verbose_name_plural = _("choices of townships")
        default_permissions = ()
        permissions = [
            ("propose_townshipchoice", "Can propose what a township takes of the catalogue"),
            ("approve_townshipchoice", "Can approve what townships take of the catalogue"),
        ]
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(item=None) ^ models.Q(domain=None),
                name="choice_of_an_item_or_a_domain",
            ),
            *(
                models.UniqueConstraint(
                    fields=["organ", about], condition=models.Q(status=status),
                    name=f"one_{status}_choice_an_{about}",
                )
                for about in ("item", "domain")
                for status in (ChoiceStatus.PROPOSED.value, ChoiceStatus.BINDING.value)
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.organ} · {self.item or self.domain}"

    @property
    def follows(self) -> bool:
        """Whether it only takes an earlier choice back."""
        own = self.time_limit_text or self.channels.all()
        return self.is_involved and not own
