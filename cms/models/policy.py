"""Policy documents, and the interpretations that are signed and published with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from catalogue_standards.models import Item
from cms.enums import Genre, InterpretationForm, Validity
from cms.models.piece import PublishedPiece
from cms.panels import piece_panels
from workflows.models import GatedPageMixin


class PolicyPage(PublishedPiece):
    template = "pages/policy.html"
    is_creatable = True
    parent_page_types = ["cms.PolicyIndexPage"]
    subpage_types = ["cms.InterpretationPage"]

    item = models.ForeignKey(
        Item,
        verbose_name=gettext_lazy("catalogue item"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="policies",
    )
    addressees = models.CharField(gettext_lazy("addressees"), max_length=200, blank=True)
    is_normative = models.BooleanField(
        gettext_lazy("normative document"),
        default=False,
        help_text=gettext_lazy("Binding on the public: it shows its period of validity."),
    )
    is_trial = models.BooleanField(gettext_lazy("provisional or on trial"), default=False)
    expires_on = models.DateField(gettext_lazy("valid until"), null=True, blank=True)
    amended_on = models.DateField(gettext_lazy("amended on"), null=True, blank=True)
    replaces = models.ForeignKey(
        "self",
        verbose_name=gettext_lazy("replaces"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
    )
    replaces_text = models.CharField(
        gettext_lazy("replaces (not on this site)"), max_length=200, blank=True
    )
    no_interpretation_ground = models.CharField(
        gettext_lazy("why no interpretation is needed"),
        max_length=300,
        blank=True,
        help_text=gettext_lazy("Leave empty when an interpretation is published with the policy."),
    )

    content_panels = piece_panels(
        before=[FieldPanel("item"), FieldPanel("addressees")],
        after=[
            MultiFieldPanel(
                [
                    FieldPanel("is_normative"),
                    FieldPanel("is_trial"),
                    FieldPanel("expires_on"),
                    FieldPanel("amended_on"),
                    FieldPanel("repealed_on"),
                    FieldPanel("replaces"),
                    FieldPanel("replaces_text"),
                ],
                heading=gettext_lazy("Validity"),
            ),
            FieldPanel("no_interpretation_ground"),
        ],
    )

    class Meta:
        verbose_name = gettext_lazy("policy document")
        verbose_name_plural = gettext_lazy("policy documents")

    @property
    def validity(self) -> Validity:
        return validity_on(self, timezone.localdate())

    def catalogue_item(self) -> Item | None:
        return self.item

    def companions(self) -> Sequence[GatedPageMixin]:
        """Its interpretations that are not public yet or changed since (三同步)."""
        if not self.pk:
            return []
        children: list[Page] = list(
            Page.objects.child_of(self)
            .type(InterpretationPage)
            .filter(models.Q(live=False) | models.Q(has_unpublished_changes=True))
            .order_by("path")
        )
        return [page.specific.get_latest_revision_as_object() for page in children]

    def own_failures(self) -> list[str]:
        sentences = super().own_failures()
        # A translated policy may lean on its original's interpretation, which readers are shown.
        interpreted = self.pk and (
            InterpretationPage.objects.child_of(self).exists() or self.original() is not None
        )
        if not interpreted and not self.no_interpretation_ground:
            sentences.append(
                _(
                    "A policy is submitted together with its interpretation: add one below this "
                    "policy, or record why none is needed."
                )
            )
        if self.is_normative and not self.expires_on:
            sentences.append(_("A normative document states until when it is valid."))
        return sentences

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        start = self.effective_on or self.written_on
        if self.expires_on and start:
            years = 2 if self.is_trial else 5
            if self.expires_on <= start:
                errors["expires_on"] = _("The period of validity ends before it begins.")
            elif self.is_normative and self.expires_on > start + relativedelta(years=years):
                errors["expires_on"] = _(
                    "At most %(years)s years: valid until %(date)s at the latest."
                ) % {"years": years, "date": start + relativedelta(years=years)}
        if errors:
            raise ValidationError(errors)


class InterpretationPage(PublishedPiece):
    template = "pages/interpretation.html"
    is_creatable = True
    parent_page_types = ["cms.PolicyPage"]
    interpretation_form = models.CharField(
        gettext_lazy("form"),
        max_length=20,
        choices=InterpretationForm,
        default=InterpretationForm.TEXT,
    )

    content_panels = piece_panels(before=[FieldPanel("interpretation_form")], numbered=False)

    class Meta:
        verbose_name = gettext_lazy("interpretation")
        verbose_name_plural = gettext_lazy("interpretations")

    @property
    def policy(self) -> PolicyPage | None:
        """The policy that this page explains: the page above it."""
        return cast("PolicyPage | None", self.parent_page())

    def catalogue_item(self) -> Item | None:
        return self.policy.catalogue_item() if self.policy else None

    def lead(self) -> GatedPageMixin | None:
        """The policy, until it is public; a later interpretation (延伸解读) goes alone."""
        policy = self.policy
        return policy if policy is not None and not policy.live else None

    def paired_with(self) -> list[str]:
        policy = self.parent_page()
        return [str(policy.translation_key)] if policy is not None else []

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.genre = Genre.INTERPRETATION
        super().save(*args, **kwargs)


def validity_on(policy: PolicyPage, day: date) -> Validity:
    """How `policy` stands on `day`; a repeal outweighs a lapse, a lapse an amendment."""
    if policy.repealed_on and policy.repealed_on <= day:
        return Validity.REPEALED
    if policy.expires_on and policy.expires_on < day:
        return Validity.LAPSED
    if policy.effective_on and policy.effective_on > day:
        return Validity.NOT_YET
    if policy.amended_on and policy.amended_on <= day:
        return Validity.AMENDED
    return Validity.IN_FORCE
