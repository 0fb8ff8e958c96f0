"""What the public search knows of a page. There is a row for every public page and for no other."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.search import index

from catalogue_standards.enums import Stage
from catalogue_standards.models import Domain, Item, Organ
from search import weights
from search.kinds import Kind


class Entry(index.Indexed, models.Model):
    """One public page, with everything that is searched, filtered and shown of it.

    Rows are written by search.entries only, from what cms.visibility calls public, in the transaction
    that makes the page public. `levels` and `channels` hold several codes, sorted, with commas
    between: few combinations exist, so that they are filtered and counted like single values.
    """

    page = models.OneToOneField(
        Page, primary_key=True, on_delete=models.CASCADE, related_name="search_entry"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title = models.CharField(_("title"), max_length=255)
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    index_number = models.CharField(_("index number"), max_length=60, blank=True)
    # The numbers as search.numbers writes them, whichever brackets were typed.
    document_key = models.CharField(max_length=80, blank=True, db_index=True)
    index_key = models.CharField(max_length=80, blank=True, db_index=True)
    keywords = models.CharField(_("keywords"), max_length=120, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    text = models.TextField(_("text"), blank=True)
    attachments = models.TextField(_("attachments"), blank=True)
    # Names of its organ, item and domain: a reader who names them means what stands under them.
    context = models.TextField(_("context"), blank=True)
    organ = models.ForeignKey(
        Organ, verbose_name=_("organ"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    domain = models.ForeignKey(
        Domain, verbose_name=_("domain"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    item = models.ForeignKey(
        Item,
        verbose_name=_("catalogue item"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, blank=True)
    levels = models.CharField(_("levels"), max_length=60, blank=True)
    channels = models.CharField(_("channels"), max_length=600, blank=True)
    effective_on = models.DateField(_("effective on"), null=True)
    amended_on = models.DateField(_("amended on"), null=True)
    repealed_on = models.DateField(_("repealed on"), null=True)
    expires_on = models.DateField(_("valid until"), null=True)
    published_at = models.DateTimeField(_("published"), null=True, db_index=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True)
    # The publication this row was made of, by which manage.py search_check knows an outdated row.
    revision = models.PositiveBigIntegerField(null=True)

    # search.indexing writes the index, in bulk and beside the row.
    search_auto_update = False
    search_fields = [
        index.SearchField("title", boost=weights.TITLE),
        index.AutocompleteField("title"),
        index.SearchField("document_number", boost=2),
        index.SearchField("index_number", boost=2),
        index.SearchField("keywords", boost=2),
        index.SearchField("summary", boost=2),
        index.SearchField("text"),
        index.SearchField("attachments", boost=0.4),
        index.SearchField("context", boost=0.4),
        index.SearchField("file_text", boost=0.4),
        *(
            index.FilterField(name)
            for name in (
                "kind", "organ", "domain", "stage", "levels", "channels", "year", "published_at",
                "effective_on", "amended_on", "repealed_on", "expires_on",
                "document_key", "index_key",
            )
        ),
    ]  # fmt: skip

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        default_permissions = ()

    def __str__(self) -> str:
        return self.title

    @classmethod
    def get_indexed_objects(cls) -> models.QuerySet[Any]:
        return cls._default_manager.prefetch_related("attached__content")

    def file_text(self) -> str:
        """The text of its attachments, as far as the worker has read them (search.files)."""
        return "\n".join(file.content.text for file in self.attached.all() if file.content.text)
