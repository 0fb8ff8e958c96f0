from catalogue_standards.models.calendar import ArrangedDay, HolidayArrangement
from catalogue_standards.models.duties import Due, Obligation, Occasion
from catalogue_standards.models.editions import Domain, Edition, EditionDomain
from catalogue_standards.models.edits import CellEdit
from catalogue_standards.models.events import EditionEvent
from catalogue_standards.models.imports import ImportRun
from catalogue_standards.models.item_parts import (
    Channel,
    ContentElement,
    ItemBasis,
    ItemChannel,
    ItemSubject,
    LegalBasis,
    TimeLimit,
)
from catalogue_standards.models.items import EditionItem, Item
from catalogue_standards.models.organs import Organ, OrganAlias
from catalogue_standards.models.succession import ItemSuccession
from catalogue_standards.models.townships import TownshipChoice

__all__ = [
    "ArrangedDay",
    "CellEdit",
    "Channel",
    "ContentElement",
    "Domain",
    "Due",
    "Edition",
    "EditionDomain",
    "EditionEvent",
    "EditionItem",
    "HolidayArrangement",
    "ImportRun",
    "Item",
    "ItemBasis",
    "ItemChannel",
    "ItemSubject",
    "ItemSuccession",
    "LegalBasis",
    "Obligation",
    "Occasion",
    "Organ",
    "OrganAlias",
    "TimeLimit",
    "TownshipChoice",
]
