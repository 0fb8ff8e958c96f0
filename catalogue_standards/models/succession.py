"""What became of an item that an edition split, merged or replaced."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue_standards.enums import SuccessionKind
from catalogue_standards.models.editions import Edition
from catalogue_standards.models.fixing import FixedWithEdition
from catalogue_standards.models.items import Item


class ItemSuccession(FixedWithEdition):
    """`to_item` carries on `from_item` as of `edition`. A split has one row for each new item."""

    edition = models.ForeignKey(
        Edition, verbose_name=_("edition"), on_delete=models.CASCADE, related_name="successions"
    )
    from_item = models.ForeignKey(
        Item, verbose_name=_("former item"), on_delete=models.PROTECT, related_name="successors"
    )
    to_item = models.ForeignKey(
        Item,
        verbose_name=_("succeeding item"),
        on_delete=models.PROTECT,
        related_name="forerunners",
    )
    kind = models.CharField(_("kind"), max_length=20, choices=SuccessionKind)

    class Meta:
        verbose_name = _("succession of items")
        verbose_name_plural = _("successions of items")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "from_item", "to_item"], name="succession_once_an_edition"
            ),
            models.CheckConstraint(
                condition=~models.Q(from_item=models.F("to_item")), name="no_item_succeeds_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_item} → {self.to_item}"
