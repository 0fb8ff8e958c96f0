"""Items: what must be disclosed. The identity stays; what a year says of it belongs to its edition."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

from catalogue_standards.enums import (
    Audience,
    EditionStatus,
    Level,
    Method,
    OrganKind,
    RhythmPeriod,
    Stage,
    SubjectGroup,
)
from catalogue_standards.models.editions import Edition, EditionDomain
from catalogue_standards.models.fixing import FixedWithEdition, FixedWithEditionQuerySet
from catalogue_standards.models.organs import Organ


class Item(models.Model):
    """The lasting identity of a catalogue row. `key` names it in addresses and files."""

    key = models.SlugField(_("key"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("item identity")
        verbose_name_plural = _("item identities")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


def full_name(name: str, sub_name: str) -> str:
    """How an item is called where its levels do not stand in columns of their own."""
    return f"{name}（{sub_name}）" if sub_name else name


class EditionItemQuerySet(FixedWithEditionQuerySet):
    def answered_by(self, organ: Organ) -> EditionItemQuerySet:
        """The items for which `organ` must disclose, alone or as one of a group of organs.

        Of a township without those that it does not handle, as the county has approved.
        """
        groups = SubjectGroup.of_kind(organ.kind)
        own = models.Q(subjects__organ=organ) | models.Q(subjects__group__in=groups)
        found = self.filter(pk__in=self.model.objects.filter(own).values("pk"))
        return found.handled_by(organ) if organ.kind == OrganKind.TOWNSHIP else found

    def handled_by(self, township: Organ) -> EditionItemQuerySet:
        """Without what `township` does not handle, by its choices as they bind now."""
        from catalogue_standards.handling import Handling

        return self.exclude(Handling().left_out(township.pk))

    def in_force(self) -> EditionItemQuerySet:
        return self.filter(edition__status=EditionStatus.IN_FORCE)

    def with_details(self) -> EditionItemQuerySet:
        """Everything a table row shows, in a number of queries that does not grow with the rows."""
        from catalogue_standards.models.item_parts import ItemBasis, ItemChannel, ItemSubject

        return self.select_related("item", "edition", "edition_domain__domain").prefetch_related(
            "content_elements",
            models.Prefetch("bases", ItemBasis.objects.select_related("basis")),
            models.Prefetch("subjects", ItemSubject.objects.select_related("organ")),
            models.Prefetch("channels", ItemChannel.objects.select_related("channel")),
            "limits",
        )


class EditionItem(FixedWithEdition, ClusterableModel):
    """What one edition says of an item: the columns of the official table (国办发〔2019〕54号)."""

    edition = models.ForeignKey(
        Edition, verbose_name=_("edition"), on_delete=models.CASCADE, related_name="items"
    )
    item = models.ForeignKey(
        Item, verbose_name=_("item"), on_delete=models.PROTECT, related_name="in_editions"
    )
    edition_domain = models.ForeignKey(
        EditionDomain, verbose_name=_("domain"), on_delete=models.RESTRICT, related_name="items"
    )
    position = models.PositiveIntegerField(_("number"))
    group = models.CharField(_("first-level item"), max_length=120, blank=True)
    name = models.CharField(_("second-level item"), max_length=200)
    sub_name = models.CharField(_("third-level item"), max_length=200, blank=True)
    time_limit_text = models.CharField(_("time limit, as written"), max_length=500, blank=True)
    audience = models.CharField(
        _("audience"), max_length=20, choices=Audience, default=Audience.EVERYONE
    )
    audience_group = models.CharField(_("which group"), max_length=200, blank=True)
    method = models.CharField(_("method"), max_length=20, choices=Method, default=Method.PROACTIVE)
    at_county = models.BooleanField(_("county level"), default=True)
    at_township = models.BooleanField(_("township level"), default=False)
    at_village = models.BooleanField(_("village level"), default=False)
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, blank=True)
    rhythm_period = models.CharField(
        _("how often"),
        max_length=20,
        choices=RhythmPeriod,
        blank=True,
        help_text=_("Beside what the time limit says already; nothing is loosened by it."),
    )
    rhythm_pieces = models.PositiveSmallIntegerField(
        _("at least so many pieces each time"), default=1, validators=[MinValueValidator(1)]
    )
    newest_days = models.PositiveSmallIntegerField(
        _("newest piece at most so many days old"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
    )
    notes = models.JSONField(_("further columns"), default=dict, blank=True)

    objects: ClassVar[Any] = EditionItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("catalogue item")
        verbose_name_plural = _("catalogue items")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "item"], name="item_once_an_edition"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return full_name(self.name, self.sub_name)

    @property
    def levels(self) -> list[Level]:
        marks = [self.at_county, self.at_township, self.at_village]
        return [level for level, marked in zip(Level, marks, strict=True) if marked]
