"""一件事: what one matter of life needs from the catalogue, gathered across its domains."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from catalogue_standards.models import EditionItem
from cms.blocks import TopicBlock
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


class Chosen(NamedTuple):
    """An item of a topic as its drafter chose it; `step` is the number of its step, from 0."""

    step: int
    page: ItemPage
    note: str


class TopicPage(PublishedPiece):
    """A matter of life (出生、入学 …). It passes the gate as every piece does.

    Its items are chosen by their pages, which last over the editions as the items do.
    """

    template = "pages/topic.html"
    is_creatable = True
    parent_page_types = ["cms.TopicIndexPage"]
    seal = models.CharField(
        gettext_lazy("one-character mark"),
        max_length=1,
        help_text=gettext_lazy("Stands for the topic on its tile, for example 学."),
    )
    steps = StreamField(
        TopicBlock(),
        verbose_name=gettext_lazy("catalogue items of this matter, step by step"),
        blank=True,
    )

    content_panels = piece_panels(before=[FieldPanel("seal"), FieldPanel("steps")], numbered=False)

    class Meta:
        verbose_name = gettext_lazy("one-matter topic")
        verbose_name_plural = gettext_lazy("one-matter topics")

    def chosen(self) -> Iterator[Chosen]:
        """In the order of the page; two queries for any number."""
        for number, step in enumerate(self.steps):
            for entry in step.value["entries"]:
                if entry["page"] is not None:
                    yield Chosen(number, entry["page"], entry["note"])

    @property
    def step_titles(self) -> list[str]:
        return [step.value["title"] for step in self.steps]

    @property
    def item_count(self) -> int:
        """How many items were chosen, without asking for them."""
        return sum(len(step["value"]["entries"]) for step in self.steps.raw_data)

    def own_failures(self) -> list[str]:
        sentences = super().own_failures()
        chosen = {entry.page.item_id: entry.page for entry in self.chosen()}
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
