"""Made-up data for the example page of components (cms.component_page): nothing of it is stored."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.utils import timezone
from wagtail.models import Locale

from catalogue_standards.deadlines import Deadline
from catalogue_standards.enums import Counting, OrganKind
from catalogue_standards.models import (
    Channel,
    ContentElement,
    Domain,
    Edition,
    EditionDomain,
    EditionItem,
    ItemBasis,
    ItemChannel,
    ItemSubject,
    LegalBasis,
    Organ,
)
from cms.duties import Timeliness
from cms.keeping import Node, PeriodNode, PeriodState, PieceNode
from cms.listings.common import ListedPiece
from cms.models import DisclosurePage, InterpretationPage, ItemPage, PolicyPage
from cms.obligations.public import ItemState, Mark, OrganState

TODAY = date(2026, 11, 20)
NOW = timezone.make_aware(datetime(2026, 11, 20, 9, 30))


def with_address(page: Any, **fields: Any) -> Any:
    """A page that is not stored leads nowhere, and says so by its address."""
    page.get_url = lambda *args, **kwargs: "#"
    for name, value in fields.items():
        setattr(page, name, value)
    return page


def organ(name: str = "青禾县民政局", short: str = "县民政局") -> Organ:
    return Organ(
        pk=1,
        code="civil-affairs",
        name=name,
        short_name=short,
        kind=OrganKind.DEPARTMENT,
        phone="0000-8100012",
        address="青禾县禾苗路12号",
        office_hours="工作日 8:30—12:00，14:30—17:30",
    )


EDITION = Edition(pk=1, year=2026, title="基层政务公开标准目录（2026年版）")
DOMAIN = EditionDomain(
    pk=1,
    edition=EDITION,
    domain=Domain(pk=1, code="aid"),
    position=19,
    name="社会救助",
    seal="助",
)


def entry(number: int = 1, name: str = "低保对象名单及相关信息", limit: str = "") -> EditionItem:
    regulation = LegalBasis(pk=1, title="中华人民共和国政府信息公开条例", code="regulation")
    board, site = Channel(pk=2, name="村公示栏"), Channel(pk=1, name="政府网站")
    parts: dict[str, Any] = {
        "content_elements": [ContentElement(text="初审公示"), ContentElement(text="确认名单")],
        "bases": [ItemBasis(basis=regulation, article="第二十条")],
        "subjects": [ItemSubject(organ=organ())],
        "channels": [
            ItemChannel(channel=site, required=True),
            ItemChannel(channel=board, required=False),
        ],
    }
    return EditionItem(
        pk=number,
        edition=EDITION,
        edition_domain=DOMAIN,
        item_id=number,
        position=number,
        group="最低生活保障",
        name=name,
        time_limit_text=limit or "信息形成或变更之日起20个工作日内",
        at_township=True,
        **parts,
    )


def timeliness(days_late: int = 0, *, provisional: bool = False) -> Timeliness:
    return Timeliness(Deadline(TODAY, provisional), days_late)


def state(mark: Mark, *, organs: int = 1) -> ItemState:
    stands = OrganState("县民政局", mark, TODAY, TODAY + timedelta(days=7), provisional=True)
    return ItemState(
        counting=Counting.PERIODIC,
        mark=mark,
        newest_on=TODAY,
        next_on=TODAY + timedelta(days=7),
        provisional=True,
        late=int(mark == Mark.LATE),
        organs=(stands,) * organs,
    )


def piece(title: str = "2026年11月城乡低保对象名单公示") -> DisclosurePage:
    found = DisclosurePage(
        pk=901,
        title=title,
        organ=organ(),
        written_on=TODAY,
        first_published_at=NOW,
        index_number="33112026/202611-00012",
        summary="本月确认的低保对象和保障人数。",
        keywords="低保 公示",
        determination="proactive",
        locale=Locale(pk=1, language_code="zh-hans"),
    )
    return with_address(found)


def policy(number: str = "青政规〔2026〕4号", **fields: Any) -> PolicyPage:
    values: dict[str, Any] = {
        "pk": 902,
        "title": "青禾县人民政府关于印发青禾县城乡居民最低生活保障实施办法的通知",
        "document_number": number,
        "organ": organ("青禾县人民政府", "县政府"),
        "written_on": date(2026, 9, 8),
        "effective_on": date(2026, 10, 8),
        "expires_on": date(2031, 10, 8),
        "first_published_at": NOW,
        "locale": Locale(pk=1, language_code="zh-hans"),
    }
    return with_address(PolicyPage(**values | fields))


def repealed() -> PolicyPage:
    return policy("青政规〔2021〕2号", pk=903, repealed_on=date(2026, 10, 8), expires_on=None)


def interpretation() -> InterpretationPage:
    found = InterpretationPage(
        pk=904,
        title="一图读懂：低保怎么申请、多久办好",
        organ=organ(),
        interpretation_form="diagram",
        first_published_at=NOW,
        locale=Locale(pk=1, language_code="zh-hans"),
    )
    return with_address(found)


def item_page(name: str = "低保对象名单及相关信息") -> ItemPage:
    return with_address(ItemPage(pk=905, title=name))


def timeline(*rows: ListedPiece) -> list[Node]:
    """A date ahead, one that was missed, and the pieces."""
    organs = (str(organ()),)
    day = date(2026, 11, 10)
    return [
        PeriodNode("", date(2026, 12, 31), PeriodState.COMING, 27, True, None, organs),
        PeriodNode("2026年10月", day, PeriodState.MISSED, 9, False, None, organs),
        *(PieceNode(row, day, "2026年9月", row.timeliness, 4) for row in rows),
    ]


def result_page(number: int = 4) -> Any:
    return Paginator(range(200), 20).page(number)
