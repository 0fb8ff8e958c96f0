"""What every published piece carries: the metadata of 政府信息公开条例第十二条 and of site practice."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.fields import StreamField
from wagtail.models import Page, Site

from cms.blocks import BodyBlock
from cms.document_numbers import normalise
from cms.enums import Genre
from cms.forms import PieceForm
from cms.languages import OWN, ReaderLanguageMixin
from cms.numbering import next_index_number
from cms.panels import piece_panels
from cms.picture_rules import pictures_untold
from cms.slugs import ReadableSlugMixin
from workflows.enums import RegisterEvent
from workflows.models import GatedPageMixin, RegisterEntry

if TYPE_CHECKING:
    from django.http import HttpRequest


class PublishedPiece(ReadableSlugMixin, GatedPageMixin, ReaderLanguageMixin, Page):
    """A page that goes through the gate and is numbered when it does."""

    index_number = models.CharField(
        gettext_lazy("index number"), max_length=60, blank=True, editable=False, db_index=True
    )
    genre = models.CharField(
        gettext_lazy("genre"), max_length=20, choices=Genre, default=Genre.OTHER
    )
    topic = models.CharField(gettext_lazy("topic"), max_length=100, blank=True)
    document_number = models.CharField(
        gettext_lazy("document number"),
        max_length=60,
        blank=True,
        db_index=True,
        help_text=gettext_lazy("For example 青政办〔2026〕12号; any brackets will do."),
    )
    written_on = models.DateField(
        gettext_lazy("written or formed on"),
        null=True,
        help_text=gettext_lazy(
            "The day the information came into being; the limit counts from it."
        ),
    )
    effective_on = models.DateField(gettext_lazy("effective on"), null=True, blank=True)
    repealed_on = models.DateField(gettext_lazy("repealed on"), null=True, blank=True)
    keywords = models.CharField(
        gettext_lazy("keywords"),
        max_length=120,
        blank=True,
        help_text=gettext_lazy("Separated by spaces."),
    )
    summary = models.TextField(gettext_lazy("summary"), max_length=400, blank=True)
    body = StreamField(BodyBlock(), verbose_name=gettext_lazy("content"), blank=True)
    correction_note = models.CharField(
        gettext_lazy("what was corrected"),
        max_length=300,
        blank=True,
        help_text=gettext_lazy("Shown to the public when a published piece changes."),
    )

    #: Of policies alone; a template that asks another piece for what it lacks pays dearly.
    expires_on: Any = None
    repeal_date: Any = None

    base_form_class = PieceForm
    is_creatable = False
    subpage_types: list[str] = []
    promote_panels: list[Any] = []
    settings_panels: list[Any] = []
    content_panels = piece_panels()
    shown_with: ClassVar[tuple[str, ...]] = ("locale", "organ")
    system_fields: ClassVar[frozenset[str]] = frozenset({"index_number"})

    class Meta:
        abstract = True

    def parent_page(self) -> Page | None:
        """The page above this one, also while this one is only being typed."""
        parent = self.get_parent() if self.path else self.offered_parent
        return parent.specific if parent is not None else None

    def original(self) -> PublishedPiece | None:
        """The piece that this one translates, where it stands in another language than the site."""
        if not self.pk:
            return None
        same = type(self)._default_manager.filter(
            translation_key=self.translation_key, locale__language_code=OWN
        )
        return same.exclude(pk=self.pk).first()

    @property
    def published_at(self) -> datetime | None:
        """发布日期: the system's, never typed in."""
        return self.first_published_at

    @property
    def keyword_list(self) -> list[str]:
        return self.keywords.replace("，", " ").replace("、", " ").split()

    def prepare_publication(self, at: datetime) -> None:
        if not self.index_number:
            site = Site.objects.filter(is_default_site=True).first()
            self.index_number = next_index_number(_pattern(site), self.organ, at)

    def own_failures(self) -> list[str]:
        sentences = super().own_failures()
        if not self.body:
            sentences.append(_("The piece has no content yet: add its text."))
        sentences += pictures_untold(self.body)
        if not self.written_on:
            sentences.append(_("Give the date on which the information was written or formed."))
        original = self.original()
        if original is not None and _words(original) == _words(self):
            sentences.append(_("The text is still that of the original: write the translation."))
        if self.was_published and not self.correction_note:
            sentences.append(_("Say what was corrected: the public will read it."))
        elif self.correction_note and self.correction_note == self._last_note():
            sentences.append(_("Say what was corrected this time: the note is still the last one."))
        return sentences

    def _last_note(self) -> str:
        noted = RegisterEntry.objects.filter(page_id=self.pk, event=RegisterEvent.CORRECTED)
        return noted.values_list("reason", flat=True).first() or ""

    def clean(self) -> None:
        super().clean()
        self.document_number = normalise(self.document_number)
        errors: dict[str, Any] = {}
        today = timezone.localdate()
        if self.written_on and self.written_on > today:
            errors["written_on"] = _("This date lies in the future; check year and month.")
        if self.written_on and self.effective_on and self.effective_on < self.written_on:
            errors["effective_on"] = _(
                "It cannot take effect before it was written on %(date)s."
            ) % {"date": self.written_on}
        if self.repealed_on and self.repealed_on < (self.effective_on or self.written_on or today):
            errors["repealed_on"] = _("It cannot be repealed before it took effect.")
        if other := self._same_number():
            errors["document_number"] = _(
                "“%(title)s” has this number already; check the number, or correct that piece."
            ) % {"title": other}
        if errors:
            raise ValidationError(errors)

    def _same_number(self) -> str | None:
        if not self.document_number:
            return None
        from cms.models import NUMBERED_TYPES

        for model in NUMBERED_TYPES:
            same = model.objects.filter(document_number=self.document_number, locale=self.locale_id)
            if (
                title := same.exclude(pk=self.pk).values_list("title", flat=True).first()
            ) is not None:
                return title
        return None

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.articles import article_context

        return super().get_context(request, *args, **kwargs) | article_context(self)


def _words(piece: PublishedPiece) -> list[tuple[str, Any]]:
    return [(block["type"], block["value"]) for block in piece.body.raw_data]


def _pattern(site: Site | None) -> str:
    from cms.models import SiteIdentity
    from cms.numbering import DEFAULT_PATTERN

    return SiteIdentity.for_site(site).index_number_pattern if site else DEFAULT_PATTERN
