"""The description of the search for machines, in OpenAPI 3.1."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from catalogue_standards.enums import Level, Stage
from cms.enums import Validity
from search.answers import PER_PAGE
from search.kinds import Kind
from search.limiting import REQUESTS_PER_MINUTE
from search.state import MOST_PAGES, SORTS

_TEXT = {"type": "string"}
_NUMBER = {"type": "integer", "minimum": 0}
_RESULT = ("title", "url", "kind", "organ", "date", "snippet", "attachment", "domain", "document_number", "index_number", "validity")  # fmt: skip


def description(address: str) -> dict[str, Any]:
    """The whole document; `address` is where the API stands, with its `/` at the end."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _("Search for disclosed information"),
            "version": "1.0",
            "description": _(
                "Everything that is public on this site. At most %(limit)s requests a minute."
            )
            % {"limit": REQUESTS_PER_MINUTE},
        },
        "servers": [{"url": address.rstrip("/")}],
        "paths": {
            "/search": {
                "get": {
                    "operationId": "search",
                    "summary": _("Search"),
                    "parameters": _parameters(),
                    "responses": {
                        "200": _response(_("A page of results"), "Answer"),
                        "429": _response(_("Too many requests"), "Error"),
                    },
                }
            }
        },
        "components": {"schemas": _schemas()},
    }


def _parameters() -> list[dict[str, Any]]:
    return [
        _parameter("q", _("Words, a quoted phrase, a document number or an index number"), _TEXT),
        _parameter(
            "within",
            _("An earlier query, within whose results is searched"),
            {"type": "array", "items": _TEXT},
        ),
        _parameter("kind", _("Kind of page"), _choice(Kind.values)),
        _parameter("domain", _("Code of a domain"), _TEXT),
        _parameter("organ", _("Code of an organ"), _TEXT),
        _parameter("stage", _("Stage of the five disclosures"), _choice(Stage.values)),
        _parameter("year", _("Year of publication"), {"type": "integer"}),
        _parameter("validity", _("How a policy stands today"), _choice(Validity.values)),
        _parameter("channel", _("Code of a channel"), _TEXT),
        _parameter("level", _("Level of government"), _choice(Level.values)),
        _parameter("in", _("`title` searches titles only"), _choice(["title"])),
        _parameter("sort", _("Order of the results"), _choice(list(SORTS))),
        _parameter(
            "page",
            _("Page of %(size)s results, from 1") % {"size": PER_PAGE},
            {"type": "integer", "minimum": 1, "maximum": MOST_PAGES},
        ),
    ]


def _parameter(name: str, text: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": text, "schema": schema}


def _choice(values: list[str]) -> dict[str, Any]:
    return {"type": "string", "enum": values}


def _response(text: str, schema: str) -> dict[str, Any]:
    reference = {"$ref": f"#/components/schemas/{schema}"}
    return {"description": text, "content": {"application/json": {"schema": reference}}}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _schemas() -> dict[str, Any]:
    result = dict.fromkeys(_RESULT, _TEXT) | {
        "kind": _choice(Kind.values),
        "date": {"type": ["string", "null"], "format": "date"},
    }
    value = _object({"value": _TEXT, "label": _TEXT, "count": _NUMBER})
    return {
        "Answer": _object(
            {
                "count": _NUMBER,
                "page": _NUMBER,
                "results": {"type": "array", "items": _object(result)},
                "facets": {
                    "type": "object",
                    "additionalProperties": {"type": "array", "items": value},
                },
            }
        ),
        "Error": _object({"error": _TEXT}),
    }
