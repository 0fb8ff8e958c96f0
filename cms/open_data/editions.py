"""An edition of the catalogue as one download."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from catalogue_standards.enums import EditionStatus
from catalogue_standards.models import Edition
from cms.models import SiteIdentity
from cms.open_data.registry import LISTS
from cms.open_data.writing import as_json, csv_of


def edition_row(edition: Edition, request: HttpRequest) -> dict[str, Any]:
    """What the list of editions says of one; `download` is the address of the zip."""
    return {
        "reference": edition.reference,
        "title": edition.title,
        "is_in_force": edition.status == EditionStatus.IN_FORCE,
        "in_force_from": edition.in_force_from,
        "superseded_on": edition.superseded_on,
        "download": request.build_absolute_uri(f"/api/editions/{edition.reference}.zip"),
    }


def edition_zip(edition: Edition, request: HttpRequest) -> bytes:
    """items.csv, items.json, what the fields mean, and the whole described as a schema.org Dataset."""
    items = LISTS["items"]
    chosen = dict.fromkeys((each.name for each in items.filters), "")
    rows = list(items.all_rows(chosen | {"edition": edition.reference}, request))
    files = {
        "items.csv": "".join(csv_of(items.fields, rows)),
        "items.json": _json([as_json(row) for row in rows]),
        "README.txt": _readme(edition, request),
        "dataset.json": _json(edition_dataset(edition, request)),
    }
    day = edition.in_force_from
    written = (day.year, day.month, day.day, 0, 0, 0) if day else (1980, 1, 1, 0, 0, 0)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files.items():
            info = zipfile.ZipInfo(f"catalogue-{edition.reference}/{name}", written)
            info.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(info, text)
    return content.getvalue()


def edition_dataset(edition: Edition, request: HttpRequest) -> dict[str, Any]:
    """The edition as a schema.org Dataset."""
    row = edition_row(edition, request)
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": edition.title,
        "description": str(LISTS["items"].description),
        "version": edition.reference,
        "inLanguage": "zh-Hans",
        "isAccessibleForFree": True,
        "temporalCoverage": f"{edition.in_force_from or ''}/{edition.superseded_on or '..'}",
        "creator": {
            "@type": "GovernmentOrganization",
            "name": SiteIdentity.for_request(request).name,
        },
        "variableMeasured": [str(field.label) for field in LISTS["items"].fields],
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": "application/zip",
                "contentUrl": row["download"],
            }
        ],
    }


def _readme(edition: Edition, request: HttpRequest) -> str:
    items = LISTS["items"]
    lines = [
        edition.title,
        SiteIdentity.for_request(request).name,
        request.build_absolute_uri("/data/"),
        "",
        _("items.csv and items.json hold the same rows."),
        _("Lists in a cell of items.csv are separated by “；”."),
        "",
        _("Fields:"),
        *(f"  {field.name:18}{field.label}" for field in items.fields),
    ]
    return "\r\n".join(lines) + "\r\n"


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1, default=str)
