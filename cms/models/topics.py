"""一件事: what one matter of life needs from the catalogue, gathered across its domains."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.models import Orderable

from catalogue_standards.models import EditionItem
from cms.enums import Genre
from cms.models.piece import PublishedPiece
from cms.models.structure import ItemPage, StructuralPage
from cms.panels import piece_panels

if TYPE_CHECKING:
    from django.http import HttpRequest


class TopicIndexPage(StructuralPage):
    template = "pages/topics.html"
    parent_page_types = ["cms.HomePage"]

    class Meta:
        verbose_name = gettext_lazy("one-matter topics")

    def frame_title(self) -> str:
        return str(_("One matter, one page"))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.topics import index_context

        return super().get_context(request, *args, **kwargs) | index_context(self, request)


class TopicPage(PublishedPiece):
    """A matter of life (出生、入学 …). It passes the gate as every piece does."""

    template = "pages/topic.html"
    is_creatable = True
    parent_page_types = ["cms.TopicIndexPage"]
    seal = models.CharField(
        gettext_lazy("one-character mark"),
        max_length=1,
        help_text=gettext_lazy("Stands for the topic on its tile, for example 学."),
    )

    content_panels = piece_panels(
        before=[
            FieldPanel("seal"),
            MultiFieldPanel(
                [InlinePanel("entries", label=gettext_lazy("item"), min_num=0)],
                heading=gettext_lazy("Catalogue items of this matter"),
            ),
        ],
        numbered=False,
    )

    class Meta:
        verbose_name = gettext_lazy("one-matter topic")
        verbose_name_plural = gettext_lazy("one-matter topics")

    def own_failures(self) -> list[str]:
        sentences = super().own_failures()
        chosen = {entry.item_page.item_id: entry.item_page for entry in self.entries.all()}
        if not chosen:
            sentences.append(_("Choose at least one catalogue item that this matter needs."))
        in_force = set(
            EditionItem.objects.in_force().filter(item__in=chosen).values_list("item", flat=True)
        )
        sentences += [
            _("“%(item)s” is no longer in the catalogue: choose the item that carries it on.")
            % {"item": page.title}
            for item, page in chosen.items()
            if item not in in_force
        ]
        return sentences

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.genre = Genre.GUIDE
        super().save(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.topics import topic_context

        return super().get_context(request, *args, **kwargs) | topic_context(self)


class TopicItem(Orderable):
    """One item of a topic. Its page stands for the item's identity, whatever a year's edition says."""

    page = ParentalKey(TopicPage, on_delete=models.CASCADE, related_name="entries")
    step = models.CharField(
        gettext_lazy("step"),
        max_length=30,
        blank=True,
        help_text=gettext_lazy(
            "Begins a new step, for example 办证; empty: the step above goes on."
        ),
    )
    item_page = models.ForeignKey(
        ItemPage,
        verbose_name=gettext_lazy("catalogue item"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    note = models.CharField(
        gettext_lazy("what one finds there"),
        max_length=120,
        blank=True,
        help_text=gettext_lazy("One sentence in a reader's words."),
    )

    panels = [
        FieldRowPanel([FieldPanel("step"), PageChooserPanel("item_page", "cms.ItemPage")]),
        FieldPanel("note"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = gettext_lazy("item of a topic")
        verbose_name_plural = gettext_lazy("items of topics")

    def __str__(self) -> str:
        return self.item_page.title
