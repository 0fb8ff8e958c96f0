"""Everything of a page that readers would get: each text, table and file, with its place.

Walks fields and blocks by what they hold, so that it serves every page type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.blocks import ListBlock, StreamBlock, StructBlock
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.rich_text import RichText

from workflows.digest import HOUSEKEEPING
from workflows.markup import link_targets, read_markup, references, with_reference

if TYPE_CHECKING:
    from workflows.models.gated import GatedPageMixin

Put = Callable[[Any], None]


@dataclass(frozen=True)
class TextSlot:
    """A text at `path` (lasting) and `where` (in words); `put` writes one of the same length."""

    path: str
    where: str
    text: str
    put: Callable[[str], None] | None


@dataclass(frozen=True)
class TableSlot:
    """A table; `put(row, column, text)` writes a cell. Rows count from 0, the header included."""

    path: str
    where: str
    header: list[str]
    rows: list[list[str]]
    first_row: int
    put: Callable[[int, int, str], None]


@dataclass(frozen=True)
class FileSlot:
    """A document or picture; `put` sets another in its place."""

    path: str
    where: str
    file: Any
    put: Put


Slot = TextSlot | TableSlot | FileSlot


def slots_of(page: GatedPageMixin) -> Iterator[Slot]:
    """The slots of `page` as this instance holds it, in the order of its fields."""
    skipped = HOUSEKEEPING | page.system_fields
    yield from _fields(page, skipped, "", "")
    for relation in get_all_child_relations(type(page)):
        name = relation.get_accessor_name()
        if name in HOUSEKEEPING:
            continue
        label = str(relation.related_model._meta.verbose_name)
        for number, child in enumerate(getattr(page, name).all(), 1):
            yield from _fields(
                child, frozenset({"page"}), f"{name}.{number}.", f"{label} {number} · "
            )


def _fields(owner: models.Model, skipped: frozenset[str], path: str, where: str) -> Iterator[Slot]:
    for field in owner._meta.concrete_fields:
        if field.name in skipped or field.primary_key:
            continue
        value: Any = getattr(owner, field.name)
        at, label = f"{path}{field.name}", f"{where}{field.verbose_name}"
        put = partial(setattr, owner, field.name)
        if isinstance(field, StreamField):
            yield from _block(field.stream_block, value, at, label, put)
        elif isinstance(field, RichTextField):
            yield from _rich_text(value or "", at, label, put)
        elif isinstance(field, models.CharField | models.TextField) and not field.choices:
            if value:
                yield TextSlot(at, label, value, put)
        elif isinstance(value, _file_models()):
            yield FileSlot(at, label, value, put)


def _file_models() -> tuple[type[models.Model], ...]:
    return get_document_model(), get_image_model()


def _block(block: Any, value: Any, path: str, where: str, put: Put) -> Iterator[Slot]:
    if value is None:
        return
    if isinstance(block, StreamBlock):
        for number, child in enumerate(value, 1):
            told = _("%(place)s, block %(number)s: %(kind)s") % {
                "place": where,
                "number": number,
                "kind": child.block.label,
            }
            at = f"{path}.{child.id or number}"
            yield from _block(child.block, child.value, at, told, partial(setattr, child, "value"))
    elif isinstance(block, StructBlock):
        for name, inner in block.child_blocks.items():
            yield from _block(
                inner,
                value.get(name),
                f"{path}.{name}",
                f"{where} · {inner.label}",
                partial(value.__setitem__, name),
            )
    elif isinstance(block, ListBlock):
        for number, inner_value in enumerate(value):
            yield from _block(
                block.child_block,
                inner_value,
                f"{path}.{number + 1}",
                f"{where} {number + 1}",
                partial(value.__setitem__, number),
            )
    elif isinstance(block, TableBlock):
        yield from _table(value, path, where)
    elif isinstance(value, RichText):
        yield from _rich_text(value.source, path, where, lambda text: put(RichText(text)))
    elif isinstance(value, _file_models()):
        yield FileSlot(path, where, value, put)
    elif isinstance(value, str):
        if value:
            yield TextSlot(path, where, value, put)
    elif isinstance(value, dict | list):
        yield from _plain(value, path, where)


def _table(value: dict[str, Any], path: str, where: str) -> Iterator[Slot]:
    rows = [[str(cell) if cell is not None else "" for cell in row] for row in value["data"] or []]
    if value.get("table_caption"):
        caption = partial(value.__setitem__, "table_caption")
        yield TextSlot(f"{path}.caption", where, value["table_caption"], caption)
    headed = 1 if value.get("first_row_is_table_header") and rows else 0

    def put(row: int, column: int, text: str) -> None:
        value["data"][row][column] = text

    yield TableSlot(path, where, rows[0] if headed else [], rows[headed:], headed, put)


def _plain(value: Any, path: str, where: str) -> Iterator[Slot]:
    """The strings of a block that we do not know."""
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in parts:
        if isinstance(part, str) and part:
            yield TextSlot(f"{path}.{key}", where, part, partial(value.__setitem__, key))
        elif isinstance(part, dict | list):
            yield from _plain(part, f"{path}.{key}", where)


def _rich_text(source: str, path: str, where: str, put: Put) -> Iterator[Slot]:
    state = [source]

    def write(markup: str) -> None:
        state[0] = markup
        put(markup)

    if source:
        yield TextSlot(
            path,
            where,
            read_markup(source).text,
            lambda text: write(read_markup(state[0]).replaced(text)),
        )
    for number, target in enumerate(link_targets(source), 1):
        told = _("%(place)s, address of link %(number)s") % {"place": where, "number": number}
        yield TextSlot(f"{path}.link.{number}", told, target, None)
    models_by_kind = {"document": get_document_model(), "image": get_image_model()}
    for number, (kind, key) in enumerate(references(source), 1):
        file = models_by_kind[kind]._default_manager.filter(pk=key).first()
        if file is not None:

            def swap(new: Any, kind: str = kind, key: int = key) -> None:
                write(with_reference(state[0], kind, key, new.pk))

            yield FileSlot(f"{path}.file.{number}", where, file, swap)
