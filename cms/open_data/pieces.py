"""Published pieces as lists for machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalogue_standards.models import EditionItem
from cms.enums import Section
from cms.listings.common import with_timeliness
from cms.listings.policies import chosen_policies, policies_with_interpretations
from cms.models import (
    DisclosurePage,
    GeneralPage,
    InterpretationPage,
    PolicyPage,
    PublishedPiece,
    SectionPage,
)
from cms.open_data.lists import DataList, Field, Filter, Row, address_of
from cms.visibility import frame, listed, publicly_visible

_ORGAN = Filter("organ", _("Code of an organ"))
_PIECE = (
    Field("id", _("number of the page"), "number"),
    Field("index_number", _("index number")),
    Field("title", _("title")),
    Field("document_number", _("document number")),
    Field("organ_code", _("code of the organ")),
    Field("organ", _("organ")),
    Field("genre", _("genre")),
    Field("topic", _("topic")),
    Field("keywords", _("keywords"), "texts"),
    Field("summary", _("summary")),
    Field("written_on", _("written on"), "date"),
    Field("published_at", _("published"), "moment"),
    Field("changed_at", _("last changed"), "moment"),
    Field("url", _("address"), "address"),
)
_UNDER = (Field("item_key", _("key of the item")), Field("item", _("catalogue item")))


def piece_row(page: PublishedPiece, request: HttpRequest) -> Row:
    """What every kind of piece says."""
    return {
        "id": page.pk,
        "index_number": page.index_number,
        "title": page.title,
        "document_number": page.document_number,
        "organ_code": page.organ.code,
        "organ": page.organ.name,
        "genre": str(page.get_genre_display()),
        "topic": page.topic,
        "keywords": page.keyword_list,
        "summary": page.summary,
        "written_on": page.written_on,
        "published_at": page.published_at,
        "changed_at": page.last_published_at,
        "url": address_of(request, page),
    }


class _Pieces(DataList):
    def news(self, row: Row) -> tuple[str, str, Any]:
        return row["title"], row["summary"], row["published_at"]


class Disclosures(_Pieces):
    name = "disclosures"
    title = _("Disclosures")
    description = _("What was disclosed under the items of the catalogue, newest first.")
    filters = (
        Filter("domain", _("Code of a domain")),
        Filter("item", _("Key of an item")),
        _ORGAN,
    )
    fields = (
        *_PIECE,
        *_UNDER,
        Field("domain", _("domain")),
        Field("stage", _("stage")),
        Field("level", _("level")),
        Field("due_on", _("due on"), "date"),
        Field("days_late", _("working days late"), "number"),
    )

    def select(self, chosen: Mapping[str, str]) -> QuerySet[DisclosurePage]:
        found = listed(DisclosurePage).select_related("organ", "item")
        if chosen["item"]:
            found = found.filter(item__key=chosen["item"])
        if chosen["organ"]:
            found = found.filter(organ__code=chosen["organ"])
        if chosen["domain"]:
            rows = EditionItem.objects.in_force()
            here = rows.filter(edition_domain__domain__code=chosen["domain"])
            found = found.filter(item__in=here.values("item"))
        return found

    def rows(self, found: Sequence[Any], request: HttpRequest) -> list[Row]:
        return [
            piece_row(row.piece, request)
            | {
                "item_key": row.piece.item.key,
                "item": row.entry.full_name if row.entry else "",
                "domain": row.entry.edition_domain.name if row.entry else "",
                "stage": str(row.piece.get_stage_display()),
                "level": str(row.piece.get_level_display()),
                "due_on": row.timeliness.deadline.day if row.timeliness else None,
                "days_late": row.timeliness.days_late if row.timeliness else None,
            }
            for row in with_timeliness(list(found))
        ]


class Policies(_Pieces):
    name = "policies"
    title = _("Policy documents")
    description = _(
        "Every policy document with its validity and its interpretations, newest first."
    )
    filters = (_ORGAN, Filter("kind", _("Kind of policy document"), ("normative", "other")))
    fields = (
        *_PIECE,
        *_UNDER,
        Field("is_normative", _("normative document"), "yes_no"),
        Field("validity", _("validity")),
        Field("effective_on", _("effective on"), "date"),
        Field("expires_on", _("valid until"), "date"),
        Field("repealed_on", _("repealed on"), "date"),
        Field("amended_on", _("amended on"), "date"),
        Field("replaces", _("replaces")),
        Field("interpretations", _("interpretations"), "texts"),
    )

    def select(self, chosen: Mapping[str, str]) -> QuerySet[PolicyPage]:
        return chosen_policies(chosen).select_related("organ", "replaces", "item")

    def rows(self, found: Sequence[Any], request: HttpRequest) -> list[Row]:
        names = _item_names({policy.item_id for policy in found})
        return [
            piece_row(policy, request)
            | {
                "item_key": policy.item.key if policy.item else "",
                "item": names.get(policy.item_id, ""),
                "is_normative": policy.is_normative,
                "validity": str(policy.validity.label),
                "effective_on": policy.effective_on,
                "expires_on": policy.last_day,
                "repealed_on": policy.repeal_date,
                "amended_on": policy.amended_on,
                "replaces": _replaced(policy),
                "interpretations": [address_of(request, each) for each in entry["interpretations"]],
            }
            for entry in policies_with_interpretations(list(found))
            for policy in [entry["policy"]]
        ]


class Interpretations(_Pieces):
    name = "interpretations"
    title = _("Interpretations of policies")
    description = _("Every interpretation with the policy that it explains, newest first.")
    filters = (_ORGAN,)
    fields = (
        *_PIECE,
        Field("form", _("form")),
        Field("policy", _("policy document")),
        Field("policy_url", _("address of the policy document"), "address"),
    )

    def select(self, chosen: Mapping[str, str]) -> QuerySet[InterpretationPage]:
        found = listed(InterpretationPage).select_related("organ")
        return found.filter(organ__code=chosen["organ"]) if chosen["organ"] else found

    def rows(self, found: Sequence[Any], request: HttpRequest) -> list[Row]:
        above = {page.path[: -page.steplen] for page in found}
        policies = {each.path: each for each in publicly_visible(PolicyPage).filter(path__in=above)}
        return [
            piece_row(page, request)
            | {
                "form": str(page.get_interpretation_form_display()),
                "policy": policy.title if policy else "",
                "policy_url": address_of(request, policy),
            }
            for page in found
            for policy in [policies.get(page.path[: -page.steplen])]
        ]


class General(_Pieces):
    name = "general"
    title = _("Guides, rules and reports")
    description = _("What stands in the statutory sections of the platform, newest first.")
    filters = (Filter("section", _("Statutory section"), tuple(Section.values)),)
    fields = (*_PIECE, Field("section", _("section")))

    def select(self, chosen: Mapping[str, str]) -> QuerySet[GeneralPage]:
        found = listed(GeneralPage).select_related("organ")
        if not chosen["section"]:
            return found
        below = Q(pk__in=[])
        for section in frame(SectionPage).filter(kind=chosen["section"]):
            below |= Q(path__startswith=section.path)
        return found.filter(below)

    def rows(self, found: Sequence[Any], request: HttpRequest) -> list[Row]:
        sections = {page.path: page.title for page in frame(SectionPage)}
        return [
            piece_row(page, request) | {"section": sections.get(page.path[: -page.steplen], "")}
            for page in found
        ]


def _item_names(items: set[int | None]) -> dict[int, str]:
    rows = EditionItem.objects.in_force().filter(item__in=items - {None})
    return {row.item_id: row.full_name for row in rows}


def _replaced(policy: PolicyPage) -> str:
    replaced = policy.replaces
    if replaced is not None and replaced.live:
        return replaced.document_number or replaced.title
    return policy.replaces_text
