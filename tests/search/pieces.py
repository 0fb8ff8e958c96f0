"""A dozen public pieces to search in, published through the review, and secrets in all other places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from catalogue_standards.enums import EditionStatus
from catalogue_standards.models import Edition, Item
from cms.blocks import table_value
from cms.demo.clock import at
from cms.drafting import save_draft
from cms.models import DisclosurePage, InterpretationPage, ItemPage, PolicyPage
from cms.structure import sync_catalogue
from search import entries
from tests.county import County, add_item, draft_pair, fresh, publish, text


@dataclass
class Pieces:
    """What was published, for tests to ask for."""

    enrolment: DisclosurePage
    plan: DisclosurePage
    allowance: DisclosurePage
    land: DisclosurePage
    policy: PolicyPage
    interpretation: InterpretationPage
    repealed: PolicyPage


def publish_pieces(county: County) -> Pieces:
    """Pieces of three domains and two years."""
    edition = Edition.objects.get()
    # An edition in force is never edited; this one is not in force for a moment.
    Edition.objects.update(status=EditionStatus.DRAFT)
    allowances = add_item(edition, "assistance", "社会救助", "最低生活保障", county.education)
    land = add_item(edition, "land", "征地补偿", "征地补偿方案", county.education)
    Edition.objects.update(status=EditionStatus.IN_FORCE)
    list(sync_catalogue())
    with at(datetime(2025, 5, 10, 9)):
        enrolment = _disclose(
            county, county.admissions, "2025年小学一年级招生公告",
            text("义务教育学校免试就近入学，家长于6月到学校登记。"),
            document_number="禾教〔2025〕7号", stage="service", written_on=date(2025, 5, 8),
        )  # fmt: skip
    table = table_value(["学校", "班数"], [["临江小学", "4"], ["青山小学", "2"]], "招生计划表")
    plan = _disclose(
        county, county.admissions, "秋季学校班级安排",
        [*text("各校按核定的班数编班。"), {"type": "table", "value": table}],
        stage="decision",
    )  # fmt: skip
    allowance = _disclose(
        county, allowances, "城乡低保标准公布",
        text("城市低保每人每月780元，农村低保每人每月620元。"), level="township",
    )  # fmt: skip
    field = _disclose(
        county, land, "青山水库征地补偿安置公告", text("按区片综合地价补偿。"), keywords="征收 安置"
    )
    policy, interpretation = _policy(county, "义务教育招生入学管理办法", "禾教规〔2026〕12号")
    repealed, _old = _policy(
        county,
        "义务教育招生入学管理办法（旧）",
        "禾教规〔2024〕3号",
        repealed_on=date(2025, 12, 31),
    )
    entries.sync_pages(ItemPage.objects.values_list("pk", flat=True))
    return Pieces(enrolment, plan, allowance, field, policy, interpretation, repealed)


def _disclose(
    county: County, item: Item, title: str, body: list[dict[str, Any]], **fields: Any
) -> DisclosurePage:
    values = {"organ": county.education, "item": item, "written_on": date(2026, 1, 5)} | fields
    page = DisclosurePage(title=title, slug="", body=body, **values)
    save_draft(ItemPage.objects.get(item=item), page, county.drafter)
    return publish(county, page)


def _policy(
    county: County, title: str, number: str, **fields: Any
) -> tuple[PolicyPage, InterpretationPage]:
    fields = {"document_number": number, "written_on": date(2024, 1, 5)} | fields
    policy, interpretation = draft_pair(county, title, **fields)
    publish(county, policy)
    return fresh(policy), fresh(interpretation)
