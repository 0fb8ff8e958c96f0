"""What must hold of an installation before it may serve anyone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

from workflows import coverage, evidence_triggers
from workflows.triggers import CLEARANCES, expected, installed


# A deployment check: `migrate` runs the others first, and it is migrate that puts triggers back.
@register(Tags.database, deploy=True)
def triggers_are_installed(
    app_configs: object = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The gate's triggers stand in every database asked about (`check --deploy --database default`)."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if CLEARANCES not in connection.introspection.table_names():
            continue
        missing = expected() - installed(connection)
        missing |= evidence_triggers.missing(connection)
        if missing:
            found.append(
                Error(
                    f"Triggers of the publication gate or of evidence are missing: {', '.join(sorted(missing))}.",
                    hint="Run `manage.py migrate`, which puts them back.",
                    id="workflows.E001",
                )
            )
    return found


@register(Tags.database, deploy=True)
def every_tree_has_its_review(
    app_configs: object = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Each tree of the site, in every locale, has its three steps with people in them."""
    if "default" not in (databases or []):
        return []
    if CLEARANCES not in connections["default"].introspection.table_names():
        return []
    return [
        Warning(
            f"Nothing can be submitted below “{gap.page.title}” ({gap.page.locale.language_code}): "
            f"{gap.why}",
            hint="docs/publication-gate.md says what a review needs.",
            id="workflows.W001",
        )
        for gap in coverage.gaps()
    ]
