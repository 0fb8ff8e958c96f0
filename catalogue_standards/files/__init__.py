"""Catalogue files: reading what counties have, and writing the official table.

What reads a file knows nothing of Django (`reading` and what it imports); what matches it with the
county's data and writes it there or out of there does (`matching`, `applying`, `*_writing`).
"""

from catalogue_standards.files.model import (
    CatalogueFileError,
    CatalogueReading,
    CatalogueRow,
    Place,
    Problem,
    ReadCell,
)
from catalogue_standards.files.reading import read_catalogue

__all__ = [
    "CatalogueFileError",
    "CatalogueReading",
    "CatalogueRow",
    "Place",
    "Problem",
    "ReadCell",
    "read_catalogue",
]
