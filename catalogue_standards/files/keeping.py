"""A reading as JSON and back, to be kept between the steps of an import."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from catalogue_standards.files.model import (
    CatalogueReading,
    CatalogueRow,
    Place,
    Problem,
    ReadCell,
)

_LISTS = ("content", "basis", "channels", "optional_channels", "levels")


def kept(reading: CatalogueReading) -> dict[str, Any]:
    """Plain lists, dicts and texts; `restored` makes an equal reading of them."""
    return asdict(reading)


def restored(stored: dict[str, Any]) -> CatalogueReading:
    return CatalogueReading(
        tuple(_row(row) for row in stored["rows"]),
        tuple(_problem(problem) for problem in stored["problems"]),
    )


def _row(stored: dict[str, Any]) -> CatalogueRow:
    lists = {name: tuple(stored[name]) for name in _LISTS}
    cells = {
        name: ReadCell(cell["text"], Place(**cell["place"]))
        for name, cell in stored["cells"].items()
    }
    return CatalogueRow(**stored | lists | {"place": Place(**stored["place"]), "cells": cells})


def _problem(stored: dict[str, Any]) -> Problem:
    return Problem(**stored | {"place": Place(**stored["place"]) if stored["place"] else None})
