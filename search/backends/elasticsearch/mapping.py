"""What a document of the index looks like.

`pk`, `_order` (the key as a number, for a stable order), `_django_content_type`; the text as
tokens, in fields by what a word in it counts; `_numbers`, document and index numbers; `_suggest`;
and a field for each of the model's filter fields, named and nested as Wagtail's own backend does.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from modelsearch.backends.elasticsearch9 import Elasticsearch9Mapping
from modelsearch.index import FilterField, RelatedFields

from search.backends.documents import Document, FieldText, document_of
from search.backends.suggestions import suggestion_tokens
from search.normalising import fold
from search.numbers import find_numbers
from search.streams import LONGEST_TEXT, token_texts
from search.weights import LABELS, TITLE_LABEL, label_of

TOKENS: dict[str, Any] = {"type": "text", "analyzer": "whitespace"}
# The first letters of a word are looked up, longer beginnings searched for among the words.
PREFIXED: dict[str, Any] = TOKENS | {"index_prefixes": {"min_chars": 1, "max_chars": 6}}
NUMBERS = "_numbers"
SUGGEST = "_suggest"
ORDER = "_order"


def text_field(label: str) -> str:
    """The field for text of a label (weights.py)."""
    return f"_text_{label.lower()}"


TITLE_FIELD = text_field(TITLE_LABEL)
TEXT_FIELDS = [text_field(label) for label in LABELS]


def filters_of(fields: Iterable[Any]) -> list[Any]:
    """Of a model's search fields those that are filtered by, also within related objects."""
    found: list[Any] = []
    for field in fields:
        if isinstance(field, FilterField):
            found.append(field)
        elif isinstance(field, RelatedFields) and (inner := filters_of(field.fields)):
            found.append(RelatedFields(field.field_name, inner))
    return found


class Mapping(Elasticsearch9Mapping):
    def get_mapping(self) -> dict[str, Any]:
        properties: dict[str, Any] = {
            "pk": {"type": "keyword", "store": True},
            ORDER: {"type": "long"},
            "_django_content_type": {"type": "keyword"},
            NUMBERS: {"type": "keyword"},
            SUGGEST: PREFIXED,
        } | dict.fromkeys(TEXT_FIELDS, TOKENS)
        for field in filters_of(self.model.get_search_fields()):
            name, mapping = self.get_field_mapping(field)
            properties[name] = mapping
        # Results come from the database: the index need not keep what it was given.
        return {"dynamic": "strict", "_source": {"enabled": False}, "properties": properties}

    def get_document(self, obj: Model) -> dict[str, Any]:
        document = document_of(obj)
        found: dict[str, Any] = {
            "pk": document.object_id,
            "_django_content_type": self.get_all_content_types(),
            NUMBERS: _numbers(document),
            SUGGEST: suggestion_tokens(document.autocomplete),
        }
        if document.object_id.isdecimal():
            found[ORDER] = int(document.object_id)
        labelled: dict[str, list[FieldText]] = {TITLE_LABEL: document.title}
        for text in document.body:
            labelled.setdefault(label_of(text.boost), []).append(text)
        for label, texts in labelled.items():
            found[text_field(label)] = " ".join(token_texts(text.text) for text in texts)
        for field in filters_of(self.model.get_search_fields()):
            name, value, _suggestions = self._get_document_field_data(field, obj)
            found[name] = value
        return found


def _numbers(document: Document) -> list[str]:
    texts = [fold(text.text[:LONGEST_TEXT]) for text in (*document.title, *document.body)]
    numbers = [number for text in texts for number in find_numbers(text)]
    return sorted({token for number in numbers for token in number.tokens_for_index()})
