"""The description of everything for machines, in OpenAPI 3.1: one document."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from catalogue_standards.enums import Level, Stage
from cms.enums import Validity
from cms.limiting import REQUESTS_PER_MINUTE
from cms.open_data.describing import (
    NUMBER,
    TEXT,
    choice,
    object_of,
    parameter,
    paths,
    response,
    schemas,
)
from search.answers import PER_PAGE
from search.kinds import Kind
from search.state import MOST_PAGES, SORTS

_RESULT = ("title", "url", "kind", "organ", "date", "snippet", "attachment", "domain", "document_number", "index_number", "validity")  # fmt: skip


def description(address: str) -> dict[str, Any]:
    """The whole document; `address` is where the API stands, with its `/` at the end."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _("Open data of this site"),
            "version": "2.0",
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
                        "200": response(_("A page of results"), "Answer"),
                        "429": response(_("Too many requests"), "Error"),
                    },
                }
            }
        }
        | paths(),
        "components": {"schemas": _schemas() | schemas()},
    }


def _parameters() -> list[dict[str, Any]]:
    return [
        parameter("q", _("Words, a quoted phrase, a document number or an index number"), TEXT),
        parameter(
            "within",
            _("An earlier query, within whose results is searched"),
            {"type": "array", "items": TEXT},
        ),
        parameter("kind", _("Kind of page"), choice(Kind.values)),
        parameter("domain", _("Code of a domain"), TEXT),
        parameter("organ", _("Code of an organ"), TEXT),
        parameter("stage", _("Stage of the five disclosures"), choice(Stage.values)),
        parameter("year", _("Year of publication"), {"type": "integer"}),
        parameter("validity", _("How a policy stands today"), choice(Validity.values)),
        parameter("channel", _("Code of a channel"), TEXT),
        parameter("level", _("Level of government"), choice(Level.values)),
        parameter("in", _("`title` searches titles only"), choice(["title"])),
        parameter("sort", _("Order of the results"), choice(list(SORTS))),
        parameter(
            "page",
            _("Page of %(size)s results, from 1") % {"size": PER_PAGE},
            {"type": "integer", "minimum": 1, "maximum": MOST_PAGES},
        ),
    ]


def _schemas() -> dict[str, Any]:
    result = dict.fromkeys(_RESULT, TEXT) | {
        "kind": choice(Kind.values),
        "date": {"type": ["string", "null"], "format": "date"},
    }
    value = object_of({"value": TEXT, "label": TEXT, "count": NUMBER})
    return {
        "Answer": object_of(
            {
                "count": NUMBER,
                "page": NUMBER,
                "results": {"type": "array", "items": object_of(result)},
                "facets": {
                    "type": "object",
                    "additionalProperties": {"type": "array", "items": value},
                },
            }
        ),
        "Error": object_of({"error": TEXT}),
    }
