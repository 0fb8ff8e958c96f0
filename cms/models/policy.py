"""Policy documents, and the interpretations that are signed and published with them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, cast

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
from cms.validity import Standing, validity_on
from workflows.enums import ChangeReason
from workflows.models import GatedPageMixin

if TYPE_CHECKING:
    from workflows.actions.end import Ending


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
    ending = models.CharField(
        gettext_lazy("how it ended"),
        max_length=20,
        choices=[(kind.value, kind.label) for kind in ChangeReason.ending()],
        blank=True,
        editable=False,
    )
    ended_on = models.DateField(
        gettext_lazy("no longer in force since"), null=True, blank=True, editable=False
    )
    successor = models.ForeignKey(
        "self",
        verbose_name=gettext_lazy("replaced by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    no_interpretation_ground = models.CharField(
        gettext_lazy("why no interpretation is needed"),
        max_length=300,
        blank=True,
        help_text=gettext_lazy("Leave empty when an interpretation is published with the policy."),
    )

    text_outlives_it = True
    shown_with = (*PublishedPiece.shown_with, "item")
    #: A decision of those who sign, not of those who draft (workflows/actions/end.py).
    system_fields: ClassVar[frozenset[str]] = PublishedPiece.system_fields | {
        "ending",
        "ended_on",
        "successor",
    }

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
        dates = Standing(self.repeal_date, self.last_day, self.effective_on, self.amended_on)
        return validity_on(dates, timezone.localdate())

    @property
    def repeal_date(self) -> date | None:
        """Since when it is repealed, by its own text or by a later decision."""
        decided = self.ended_on if self.ending != ChangeReason.LAPSED else None
        return min((day for day in (self.repealed_on, decided) if day), default=None)

    @property
    def last_day(self) -> date | None:
        """The last day of its validity, by its own text or by a later decision."""
        lapsed = self.ended_on if self.ending == ChangeReason.LAPSED else None
        decided = lapsed - timedelta(days=1) if lapsed else None
        return min((day for day in (self.expires_on, decided) if day), default=None)

    def in_force_since(self) -> date | None:
        return self.effective_on or self.written_on

    @property
    def has_ended(self) -> bool:
        return bool(self.ending or self.repealed_on)

    def end(self, ending: Ending) -> list[str]:
        self.ending = ending.kind
        self.ended_on = ending.on
        self.successor = cast("PolicyPage | None", ending.successor and ending.successor.specific)
        return ["ending", "ended_on", "successor"]

    @classmethod
    def due_to_lapse(cls, day: date) -> Iterable[GatedPageMixin]:
        return cls.objects.live().filter(expires_on__lt=day, ending="", repealed_on=None)

    def prepare_publication(self, at: datetime) -> None:
        super().prepare_publication(at)
        prolonged = self.ended_on is None and self.expires_on and self.expires_on >= at.date()
        if not self.live or prolonged:
            # Back through the gate, or valid for longer: it is in force again.
            self.ending, self.ended_on, self.successor = "", None, None

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
        if self.was_published and self._repeal_is_new():
            sentences.append(
                _(
                    "A public policy is marked as repealed by a signatory, on “Public pieces”: "
                    "leave the date of repeal as it was."
                )
            )
        return sentences

    def _repeal_is_new(self) -> bool:
        public = PolicyPage.objects.filter(pk=self.pk).values_list("repealed_on", flat=True)
        return self.repealed_on is not None and public.first() != self.repealed_on

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

    def ground_below(self, parent: Any) -> Hashable:
        return parent.pk

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
