from search.models.asked import AskedQuery
from search.models.entry import Entry
from search.models.files import AttachedFile, FileText, TextState
from search.models.synonyms import SynonymGroup
from search.models.unsent import UnsentChange

__all__ = [
    "AskedQuery",
    "AttachedFile",
    "Entry",
    "FileText",
    "SynonymGroup",
    "TextState",
    "UnsentChange",
]
