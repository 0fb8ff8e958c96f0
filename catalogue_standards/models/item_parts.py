"""The parts of an item: what it must contain, on what basis, by whom, where, and by when."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from catalogue_standards.enums import BasisKind, LimitKind, SubjectGroup
from catalogue_standards.models.fixing import FixedWithEdition
from catalogue_standards.models.items import EditionItem
from catalogue_standards.models.organs import Organ


class LegalBasis(models.Model):
    """A law, regulation or document that items cite; one row per act, whatever it is called."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    document_number = models.CharField(_("document number"), max_length=100, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=BasisKind)
    url = models.URLField(_("address of the text"), blank=True)
    aliases = models.JSONField(_("other titles"), default=list, blank=True)

    class Meta:
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")
        ordering = ["kind", "title"]

    def __str__(self) -> str:
        return f"《{self.title}》"


class Channel(models.Model):
    """A place or carrier of disclosure: website, gazette, notice board and so on."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(_("order"), default=100)
    aliases = models.JSONField(_("other names"), default=list, blank=True)

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class ItemPart(FixedWithEdition, Orderable):
    edition_path = "edition_item__edition"

    class Meta(Orderable.Meta):
        abstract = True


class ContentElement(ItemPart):
    edition_item = ParentalKey(
        EditionItem, on_delete=models.CASCADE, related_name="content_elements"
    )
    text = models.CharField(_("content element"), max_length=500)

    class Meta(Orderable.Meta):
        verbose_name = _("content element")
        verbose_name_plural = _("content elements")

    def __str__(self) -> str:
        return self.text


class ItemBasis(ItemPart):
    edition_item = ParentalKey(EditionItem, on_delete=models.CASCADE, related_name="bases")
    basis = models.ForeignKey(
        LegalBasis, verbose_name=_("legal basis"), on_delete=models.PROTECT, related_name="cited_by"
    )
    article = models.CharField(_("article"), max_length=60, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("basis of an item")
        verbose_name_plural = _("bases of an item")

    def __str__(self) -> str:
        return f"{self.basis}{self.article}"


class ItemSubject(ItemPart):
    """Who must disclose: one organ, or every organ of a kind. The first is the lead (条例第十条)."""

    edition_item = ParentalKey(EditionItem, on_delete=models.CASCADE, related_name="subjects")
    organ = models.ForeignKey(
        Organ,
        verbose_name=_("organ"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="duties",
    )
    group = models.CharField(
        _("every organ of a kind"), max_length=20, choices=SubjectGroup, blank=True
    )

    class Meta(Orderable.Meta):
        verbose_name = _("responsible organ")
        verbose_name_plural = _("responsible organs")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organ__isnull=False, group="")
                | (models.Q(organ__isnull=True) & ~models.Q(group="")),
                name="subject_is_an_organ_or_a_group",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organ) if self.organ_id else str(self.get_group_display())

    def clean(self) -> None:
        super().clean()
        if bool(self.organ_id) == bool(self.group):
            raise ValidationError(
                {"organ": _("Choose one organ, or every organ of a kind: one of the two.")}
            )


class ItemChannel(ItemPart):
    edition_item = ParentalKey(EditionItem, on_delete=models.CASCADE, related_name="channels")
    channel = models.ForeignKey(
        Channel, verbose_name=_("channel"), on_delete=models.PROTECT, related_name="used_by"
    )
    required = models.BooleanField(_("required (■)"), default=True)

    class Meta(Orderable.Meta):
        verbose_name = _("channel of an item")
        verbose_name_plural = _("channels of an item")

    def __str__(self) -> str:
        return f"{'■' if self.required else '□'}{self.channel}"


class TimeLimit(ItemPart):
    """One clause of an item's time limit, as catalogue_standards.limits reads it."""

    edition_item = ParentalKey(EditionItem, on_delete=models.CASCADE, related_name="limits")
    kind = models.CharField(_("kind"), max_length=20, choices=LimitKind)
    amount = models.PositiveSmallIntegerField(_("amount"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    trigger = models.CharField(_("counted from"), max_length=40, blank=True)
    scope = models.CharField(_("applies to"), max_length=100, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("time limit")
        verbose_name_plural = _("time limits")

    def __str__(self) -> str:
        return " ".join(str(part) for part in (self.kind, self.amount, self.unit) if part)
