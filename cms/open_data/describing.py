"""The lists in the words of OpenAPI 3.1; search.openapi joins them with the search."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cms.open_data.lists import DataList, Field
from cms.open_data.registry import FORMATS, LISTS

TEXT = {"type": "string"}
NUMBER = {"type": "integer", "minimum": 0}
_KINDS: dict[str, dict[str, Any]] = {
    "text": TEXT,
    "texts": {"type": "array", "items": TEXT},
    "number": {"type": ["integer", "null"]},
    "date": {"type": ["string", "null"], "format": "date"},
    "moment": {"type": ["string", "null"], "format": "date-time"},
    "yes_no": {"type": "boolean"},
    "address": TEXT,
}


def paths() -> dict[str, Any]:
    """Every address below /api/ but the search's."""
    found = {
        f"/{name}.{form}": {"get": _list(each, form)}
        for name, each in LISTS.items()
        for form in FORMATS
    }
    piece = parameter("pk", _("Number of the page, the field id of the lists"), NUMBER, "path")
    reference = parameter("reference", _("An edition, such as 2026 or 2026-1"), TEXT, "path")
    return found | {
        "/pieces/{pk}.json": {
            "get": _operation("piece", _("One piece with its text"), [piece], "Piece", missing=True)
        },
        "/editions.json": {
            "get": _operation("editions", _("The editions of the catalogue"), [], "Editions")
        },
        "/editions/{reference}.zip": {
            "get": _operation(
                "edition",
                _("One edition as CSV and JSON in one file"),
                [reference],
                "application/zip",
                missing=True,
            )
        },
    }


def schemas() -> dict[str, Any]:
    rows = {_row_name(each): _row(each.fields) for each in LISTS.values()}
    pages = {
        _page_name(each): object_of(
            {
                "count": NUMBER,
                "page": NUMBER,
                "pages": NUMBER,
                "next": {"type": ["string", "null"], "format": "uri"},
                "results": {"type": "array", "items": reference_to(_row_name(each))},
            }
        )
        for each in LISTS.values()
    }
    common = [
        field
        for field in LISTS["policies"].fields
        if all(field in LISTS[name].fields for name in ("disclosures", "general"))
    ]
    piece = _row(tuple(common))["properties"] | {
        "list": {"type": "string", "enum": list(LISTS)},
        "content_html": TEXT,
    }
    edition = {
        "reference": TEXT,
        "title": TEXT,
        "is_in_force": {"type": "boolean"},
        "in_force_from": _KINDS["date"],
        "superseded_on": _KINDS["date"],
        "download": TEXT,
    }
    editions = {"count": NUMBER, "results": {"type": "array", "items": object_of(edition)}}
    return rows | pages | {"Piece": object_of(piece), "Editions": object_of(editions)}


def parameter(name: str, text: str, schema: dict[str, Any], place: str = "query") -> dict[str, Any]:
    found = {"name": name, "in": place, "description": text, "schema": schema}
    return found | {"required": True} if place == "path" else found


def choice(values: list[str]) -> dict[str, Any]:
    return {"type": "string", "enum": values}


def object_of(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def reference_to(schema: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{schema}"}


def response(text: str, answer: str) -> dict[str, Any]:
    """`answer` names a schema of JSON, or a media type."""
    if "/" in answer:
        return {"description": text, "content": {answer: {}}}
    return {"description": text, "content": {"application/json": {"schema": reference_to(answer)}}}


def _list(each: DataList, form: str) -> dict[str, Any]:
    asked = [
        parameter(one.name, str(one.label), choice(list(one.choices)) if one.choices else TEXT)
        for one in each.filters
    ]
    if form == "json":
        page = {"type": "integer", "minimum": 1}
        asked.append(parameter("page", _("Page of the list, from 1"), page))
    answer = _page_name(each) if form == "json" else FORMATS[form][0]
    return _operation(f"{each.name}_{form}", str(each.description), asked, answer)


def _operation(
    name: str, text: str, asked: list[dict[str, Any]], answer: str, *, missing: bool = False
) -> dict[str, Any]:
    answers = {"200": response(text, answer), "429": response(_("Too many requests"), "Error")}
    if missing:
        answers["404"] = {"description": _("Nothing public has this name")}
    return {"operationId": name, "summary": text, "parameters": asked, "responses": answers}


def _row(fields: tuple[Field, ...]) -> dict[str, Any]:
    return object_of(
        {each.name: _KINDS[each.kind] | {"description": str(each.label)} for each in fields}
    )


def _row_name(each: DataList) -> str:
    return f"{each.name.capitalize()}Row"


def _page_name(each: DataList) -> str:
    return f"{each.name.capitalize()}Page"
