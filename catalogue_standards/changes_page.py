"""A long list of changes, a page of it at a time, still told domain by domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator

from catalogue_standards.diff import ChangeKind, DomainDiff, EditionDiff, ItemChange

PER_PAGE = 40


@dataclass(frozen=True)
class ChangesPage:
    """`domains` hold the changes of this page only; `page` is None when everything is shown."""

    domains: list[DomainDiff]
    page: Page | None
    domain: str
    kind: str


def changes_page(diff: EditionDiff, asked: Mapping[str, Any]) -> ChangesPage:
    """What an address asks for: `domain` (an id) and `kind` filter, `page` numbers, `all` shows all.

    Whatever these parameters cannot mean is left out, so that no address is an error.
    """
    domain, kind = str(asked.get("domain", "")), str(asked.get("kind", ""))
    chosen = [each for each in diff.domains if domain in ("", str(each.domain_id))]
    if kind in ChangeKind.values:
        chosen = [_only(each, ChangeKind(kind)) for each in chosen]
        chosen = [each for each in chosen if each.items]
    if asked.get("all"):
        return ChangesPage(chosen, None, domain, kind)
    page = Paginator([row for each in chosen for row in _rows(each)], PER_PAGE).get_page(
        asked.get("page")
    )
    by_domain = groupby(page.object_list, key=lambda row: row[0])
    domains = [
        replace(each, items=tuple(change for _domain, change in rows if change))
        for each, rows in by_domain
    ]
    return ChangesPage(domains, page, domain, kind)


def _only(domain: DomainDiff, kind: ChangeKind) -> DomainDiff:
    return replace(domain, items=tuple(c for c in domain.items if kind in c.kinds))


def _rows(domain: DomainDiff) -> list[tuple[DomainDiff, ItemChange | None]]:
    # A domain that was only renamed is told too.
    return [(domain, change) for change in domain.items] or [(domain, None)]
