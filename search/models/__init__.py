from search.models.asked import AskedQuery
from search.models.entry import Entry
from search.models.synonyms import SynonymGroup

__all__ = ["AskedQuery", "Entry", "SynonymGroup"]
