"""Policies with their interpretations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from catalogue_standards.models import Organ
from cms.languages import OWN, reader_language
from cms.listings.common import ancestors_of, paged, query_without_page
from cms.models import InterpretationPage, PolicyPage
from cms.visibility import listed, publicly_visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest
    from wagtail.query import PageQuerySet

    from cms.models import PolicyIndexPage


def policies_with_interpretations(policies: list[PolicyPage]) -> list[dict[str, Any]]:
    """Keys `policy`, `interpretations`; two queries whatever the length."""
    originals = _originals_of(policies)
    below = Q(pk__in=[])
    for policy in [*policies, *originals.values()]:
        below |= Q(path__startswith=policy.path)
    found = list(publicly_visible(InterpretationPage).filter(below)) if policies else []

    def of(policy: PolicyPage | None) -> list[InterpretationPage]:
        return [page for page in found if policy and page.path.startswith(policy.path)]

    return [
        {
            "policy": policy,
            # A translated policy without a translated interpretation leads to its original's.
            "interpretations": of(policy) or of(originals.get(policy.translation_key)),
        }
        for policy in policies
    ]


def _originals_of(policies: list[PolicyPage]) -> dict[Any, PolicyPage]:
    """By translation key, the originals of those that are translations; no query without any."""
    if reader_language() == OWN or not policies:
        return {}
    keys = [policy.translation_key for policy in policies]
    rows = PolicyPage.objects.filter(translation_key__in=keys, locale__language_code=OWN)
    return {page.translation_key: page for page in rows.exclude(pk__in=[p.pk for p in policies])}


def chosen_policies(chosen: Mapping[str, str]) -> PageQuerySet:
    """The policies, newest first, narrowed by organ (a code) and kind (normative, other)."""
    rows = listed(PolicyPage).select_related("organ")
    if chosen["organ"]:
        rows = rows.filter(organ__code=chosen["organ"])
    if chosen["kind"] == "normative":
        return rows.filter(is_normative=True)
    return rows.filter(is_normative=False) if chosen["kind"] == "other" else rows


def policy_index_context(page: PolicyIndexPage, request: HttpRequest) -> dict[str, Any]:
    """Keys: policies (with interpretations), found (the page of results), organs, chosen."""
    chosen = {name: request.GET.get(name, "").strip() for name in ("organ", "kind")}
    found = paged(request, chosen_policies(chosen))
    return {
        "policies": policies_with_interpretations(list(found)),
        "found": found,
        "organs": Organ.objects.in_use(),
        "chosen": chosen,
        "query": query_without_page(request),
        "ancestors": ancestors_of(page),
    }
