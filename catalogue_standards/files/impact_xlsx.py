"""The impact report as a workbook: a sheet for each section."""

from __future__ import annotations

from catalogue_standards.files.plain_xlsx import Sheet, write_book
from catalogue_standards.impact import ImpactSection
from catalogue_standards.models import Edition


def export_impact(edition: Edition, sections: list[ImpactSection]) -> bytes:
    """Every row of every section, however many."""
    return write_book(
        edition.title,
        [
            Sheet(
                section.title,
                section.headings,
                (row.cells for row in section.rows),
                [36] * len(section.headings),
            )
            for section in sections
        ],
    )
