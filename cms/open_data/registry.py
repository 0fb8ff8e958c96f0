"""Every list there is, in the order in which people are shown them."""

from __future__ import annotations

from cms.models import (
    DisclosurePage,
    GeneralPage,
    InterpretationPage,
    PolicyPage,
    PublishedPiece,
)
from cms.open_data.catalogue import Items, Organs
from cms.open_data.lists import DataList
from cms.open_data.pieces import Disclosures, General, Interpretations, Policies

LISTS: dict[str, DataList] = {
    each.name: each
    for each in (Items(), Disclosures(), Policies(), Interpretations(), General(), Organs())
}
#: The list in which a piece stands.
LIST_OF: dict[type[PublishedPiece], str] = {
    DisclosurePage: Disclosures.name,
    PolicyPage: Policies.name,
    InterpretationPage: Interpretations.name,
    GeneralPage: General.name,
}
#: Ending of the address -> its media type, and what people read.
FORMATS: dict[str, tuple[str, str]] = {
    "csv": ("text/csv", "CSV"),
    "json": ("application/json", "JSON"),
    "atom": ("application/atom+xml", "Atom"),
    "rss": ("application/rss+xml", "RSS"),
}
