"""Indexes of Elasticsearch, and their rebuilding behind an alias."""

from typing import Any

from django.db.models import Model
from django.utils.crypto import get_random_string
from modelsearch.backends.elasticsearch9 import Elasticsearch9Index
from modelsearch.index import get_indexed_models


class Index(Elasticsearch9Index):
    """An index, or the alias under which readers know it."""

    def __init__(self, backend: Any, name: str, alias: str | None = None) -> None:
        super().__init__(backend, name)
        self.alias = alias or name

    def put(self) -> None:
        """Create the index with the fields of every model whose objects it holds, in one step."""
        mapping: dict[str, Any] = {}
        for model in get_indexed_models():
            if self.backend.get_index_for_model(model).name == self.alias:
                found = self.mapping_class(model).get_mapping()
                properties = mapping.get("properties", {}) | found["properties"]
                mapping = found | {"properties": properties}
        self.es.indices.create(index=self.name, mappings=mapping, **self.backend.settings)

    def add_model(self, model: type[Model]) -> None:
        """Nothing is left to do: the index was made for all its models."""

    def concrete_names(self) -> list[str]:
        """The indexes behind the alias; the index itself when there is no alias of this name."""
        if self.es.indices.exists_alias(name=self.name):
            return sorted(self.es.indices.get_alias(name=self.name).body)
        return [self.name]

    def delete(self) -> None:
        for name in self.concrete_names():
            self.es.indices.delete(index=name, ignore_unavailable=True)


class AliasRebuilder:
    """Fills a new index, then lets the alias point to it instead of the old one in a single step.

    Readers see the whole old index until they see the whole new one. Whoever writes meanwhile
    writes into the old one and must write again after `finish`.
    """

    def __init__(self, alias: Index) -> None:
        self.alias = alias
        name = f"{alias.name}_{get_random_string(7).lower()}"
        self.index = alias.backend.index_class(alias.backend, name, alias.name)

    def start(self) -> Index:
        self.index.put()
        return self.index

    def finish(self) -> None:
        self.index.refresh()
        es, name = self.alias.es, self.alias.name
        actions: list[dict[str, Any]] = [{"add": {"index": self.index.name, "alias": name}}]
        if es.indices.exists_alias(name=name):
            old = self.alias.concrete_names()
            actions += [{"remove_index": {"index": each}} for each in old]
        elif es.indices.exists(index=name):
            actions.append({"remove_index": {"index": name}})
        es.indices.update_aliases(actions=actions)
