"""Engines of Wagtail's search for Chinese text: SQLite, PostgreSQL and Elasticsearch.

All three hold the same tokens (search/streams.py) and answer the same terms (search/terms.py).
"""
