"""The standard catalogue as it stands in one year."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue_standards.enums import EditionAct, EditionStatus
from catalogue_standards.models.fixing import FixedWithEdition, refuse_if_fixed


class EditionQuerySet(models.QuerySet["Edition"]):
    def in_force(self) -> Edition | None:
        """The edition that binds today, or None before the first has taken force."""
        return self.filter(status=EditionStatus.IN_FORCE).first()

    def drafts(self) -> EditionQuerySet:
        return self.filter(status=EditionStatus.DRAFT)

    def public(self) -> EditionQuerySet:
        """The editions that bind or have bound, the newest first."""
        forced = models.Max("events__at", filter=models.Q(events__act=EditionAct.PUT_IN_FORCE))
        return (
            self.filter(status__in=[EditionStatus.IN_FORCE, EditionStatus.SUPERSEDED])
            .alias(forced_at=forced)
            .order_by(models.F("forced_at").desc(nulls_last=True), "-year", "-amendment")
        )

    def referred(self, reference: str) -> Edition | None:
        """The edition of a `reference` such as 2027-2, or None."""
        year, _dash, amendment = reference.partition("-")
        if not (year.isdigit() and (amendment or "0").isdigit() and len(reference) < 10):
            return None
        return self.filter(year=int(year), amendment=int(amendment or 0)).first()

    def before(self, edition: Edition) -> Edition | None:
        """The edition that bound until `edition` took force; one still open follows the one in force."""
        if edition.status in EditionStatus.open():
            return self.in_force()
        rows = list(self.public())
        after = [row.pk for row in rows].index(edition.pk) + 1
        return rows[after] if after < len(rows) else None

    def delete(self) -> tuple[int, dict[str, int]]:
        refuse_if_fixed(self)
        return super().delete()


class Edition(models.Model):
    """One year's catalogue, or a numbered amendment of it (amendment 0 is the edition itself).

    `status` changes through catalogue_standards.actions only; saving is for drafts.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    amendment = models.PositiveSmallIntegerField(_("amendment"), default=0)
    title = models.CharField(_("title"), max_length=200)
    status = models.CharField(
        _("status"), max_length=20, choices=EditionStatus, default=EditionStatus.DRAFT
    )
    based_on = models.ForeignKey(
        "self",
        verbose_name=_("based on"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="successors",
    )
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    superseded_on = models.DateField(_("superseded on"), null=True, blank=True)
    provenance = models.TextField(_("provenance"), blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-year", "-amendment"]
        constraints = [
            models.UniqueConstraint(fields=["year", "amendment"], name="edition_once_a_year"),
            models.UniqueConstraint(
                fields=["status"],
                condition=models.Q(status=EditionStatus.IN_FORCE),
                name="one_edition_in_force",
            ),
        ]
        permissions = [
            ("submit_edition", "Can submit an edition for review"),
            ("approve_edition", "Can approve or return an edition"),
            ("put_edition_in_force", "Can put an edition in force"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            refuse_if_fixed(Edition.objects.filter(pk=self.pk))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        refuse_if_fixed(Edition.objects.filter(pk=self.pk))
        return super().delete(*args, **kwargs)

    @property
    def reference(self) -> str:
        """How addresses name it: 2027, and its second amendment 2027-2."""
        return f"{self.year}-{self.amendment}" if self.amendment else str(self.year)


class Domain(models.Model):
    """A subject area. Its identity outlives every renaming; what a year calls it is an EditionDomain."""

    code = models.SlugField(_("code"), max_length=40, unique=True)

    class Meta:
        verbose_name = _("domain")
        verbose_name_plural = _("domains")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class EditionDomain(FixedWithEdition):
    """A domain as one edition names and orders it."""

    edition = models.ForeignKey(
        Edition, verbose_name=_("edition"), on_delete=models.CASCADE, related_name="domains"
    )
    domain = models.ForeignKey(
        Domain, verbose_name=_("domain"), on_delete=models.PROTECT, related_name="in_editions"
    )
    position = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=60)
    seal = models.CharField(_("one-character seal"), max_length=1)
    former_name = models.CharField(_("former name"), max_length=60, blank=True)
    description = models.CharField(_("description"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("domain of an edition")
        verbose_name_plural = _("domains of an edition")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "domain"], name="domain_once_an_edition"),
            models.UniqueConstraint(
                fields=["edition", "position"], name="domain_number_once_an_edition"
            ),
        ]

    def __str__(self) -> str:
        return self.name
