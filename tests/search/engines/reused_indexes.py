"""Elasticsearch's indexes for many tests."""

from django.core.management import call_command
from elasticsearch.helpers import bulk
from modelsearch.backends import get_search_backend
from modelsearch.index import get_indexed_models
from modelsearch.management.commands.rebuild_modelsearch_index import group_models_by_index


class ReusedIndexes:
    """Every stock test makes all indexes anew, which takes Elasticsearch seconds; here they are emptied
    and filled again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        call_command("rebuild_modelsearch_index", verbosity=0)

    def setUp(self):
        self.backend_name = "default"
        self.backend = get_search_backend()
        for index, models in group_models_by_index(self.backend, get_indexed_models()).items():
            empty(index)
            for model in models:
                index.add_items(model, list(model.get_indexed_objects()))
            index.refresh()


def empty(index):
    index.refresh()
    hits = index.es.search(index=index.name, size=10_000, stored_fields="pk")["hits"]["hits"]
    deletions = [{"_op_type": "delete", "_id": hit["_id"]} for hit in hits]
    bulk(index.es, deletions, index=index.name)
