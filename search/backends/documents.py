"""The texts of an object that its model's `search_fields` put in the index."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Manager, Model
from modelsearch.index import AutocompleteField, RelatedFields, SearchField


@dataclass(frozen=True)
class FieldText:
    """The text of one search field and the boost its model gives it."""

    text: str
    boost: float


@dataclass
class Document:
    """What the index holds of one object: its title, its other texts, and what suggestions are made of."""

    object_id: str
    title: list[FieldText] = field(default_factory=list)
    body: list[FieldText] = field(default_factory=list)
    autocomplete: list[str] = field(default_factory=list)


def document_of(instance: Model) -> Document:
    document = Document(object_id=str(instance.pk))
    for search_field, text in _texts(instance, instance.get_search_fields()):  # type: ignore[attr-defined]
        if isinstance(search_field, AutocompleteField):
            document.autocomplete.append(text)
        elif search_field.field_name == "title":
            document.title.append(FieldText(text, search_field.boost or 1.0))
        else:
            document.body.append(FieldText(text, search_field.boost or 1.0))
    return document


def _texts(
    instance: Any, fields: list[Any]
) -> Iterator[tuple[SearchField | AutocompleteField, str]]:
    for search_field in fields:
        if isinstance(search_field, SearchField | AutocompleteField):
            if text := _as_text(search_field.get_value(instance)):
                yield search_field, text
        elif isinstance(search_field, RelatedFields):
            for related in _related(search_field, instance):
                yield from _texts(related, search_field.fields)


def _related(search_field: RelatedFields, instance: Any) -> list[Any]:
    value = search_field.get_value(instance)
    if value is None:
        return []
    if isinstance(value, Manager):
        return list(value.all())
    return [value() if callable(value) else value]


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        # Two values are two sentences: a phrase does not reach from one into the next.
        return "\n".join(filter(None, map(_as_text, value)))
    return str(value)
