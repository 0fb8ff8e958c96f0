"""Wagtail's search in Elasticsearch 9, for Chinese text.

The index holds the same tokens as the database engines and needs nothing but the parts every
Elasticsearch has: the `whitespace` analyzer, keywords and numbers. No plugin, no analysis of its own.

Settings, beside `URLS`, `INDEX_PREFIX`, `TIMEOUT` (seconds) and `INDEX_SETTINGS` of Wagtail's own backend:
`OPTIONS` go to the client as they are, e.g. `{"api_key": …}`, `{"basic_auth": (name, password)}`,
`{"ca_certs": "/etc/ssl/county-ca.pem"}`.
"""

from typing import Any

from modelsearch.backends.elasticsearch9 import Elasticsearch9SearchBackend

from search.backends.database import EmptyQueriesMixin
from search.backends.elasticsearch.compiler import AutocompleteQueryCompiler, QueryCompiler
from search.backends.elasticsearch.index import AliasRebuilder, Index
from search.backends.elasticsearch.mapping import Mapping
from search.backends.elasticsearch.results import Results


class SegmentedElasticsearchBackend(EmptyQueriesMixin, Elasticsearch9SearchBackend):
    mapping_class = Mapping
    index_class = Index
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
    results_class = Results
    basic_rebuilder_class = AliasRebuilder
    atomic_rebuilder_class = AliasRebuilder
    settings: dict[str, Any] = {
        "settings": {"number_of_shards": 1, "auto_expand_replicas": "0-1", "refresh_interval": "1s"}
    }


SearchBackend = SegmentedElasticsearchBackend
