"""A reading as plain lists and texts, for other programs."""

from __future__ import annotations

from catalogue_standards.files.model import CatalogueReading

Json = dict[str, str | list[str]]


def as_json(reading: CatalogueReading) -> list[Json]:
    """The rows in file order, each with the same twelve keys.

    `channels` are the required ones in alphabetical order. A cell without any content or basis gives a
    list of one blank text, as a split of the blank cell does.
    """
    return [
        {
            "domain": row.domain,
            "level1": row.level1,
            "level2": row.level2,
            "level3": row.level3,
            "content": list(row.content) or [""],
            "basis": list(row.basis) or [""],
            "time_limit": row.time_limit,
            "subject": row.subject,
            "channels": sorted(row.channels),
            "audience": "：".join(part for part in (row.audience, row.audience_group) if part),
            "method": row.method,
            "levels": list(row.levels),
        }
        for row in reading.rows
    ]
