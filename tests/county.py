"""A very small county for tests: three organs, two items, and everyone who signs."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from wagtail.models import Locale, Page, TaskState

from catalogue_standards.editing import write_limits
from catalogue_standards.enums import BasisKind, EditionStatus, OrganKind, SubjectGroup
from catalogue_standards.models import (
    Channel,
    ContentElement,
    Domain,
    Edition,
    EditionDomain,
    EditionItem,
    Item,
    ItemBasis,
    ItemChannel,
    ItemSubject,
    LegalBasis,
    Organ,
)
from cms.drafting import save_draft
from cms.drafting_rights import sync_drafting_rights
from cms.models import (
    DisclosurePage,
    InterpretationPage,
    ItemPage,
    PolicyIndexPage,
    PolicyPage,
    PublishedPiece,
)
from cms.structure import ensure_frame, sync_catalogue
from workflows.actions.assign import AssignRoleAction
from workflows.actions.take_down import TakeDownAction
from workflows.enums import AggregationRisk, ChangeReason, Determination, Extent, Role

PASSWORD = "a-long-enough-password"
_numbers = itertools.count(1)


@dataclass
class County:
    government: Organ
    education: Organ
    health: Organ
    admissions: Item
    clinics: Item
    drafter: User
    colleague: User
    head: User
    reviewer: User
    signatory: User
    rescuer: User
    outsider: User

    @property
    def officers(self) -> list[User]:
        return [self.head, self.reviewer, self.signatory]


def make_county() -> County:
    government = Organ.add_root(
        code="government", name="禾城县人民政府", short_name="县政府",
        kind=OrganKind.COUNTY, commissions_drafts=True, organ_code="G01",
    )  # fmt: skip
    education = _organ(government, "education", "禾城县教育局")
    health = _organ(government, "health", "禾城县卫生健康局")
    _organ(government, "linjiang", "临江镇人民政府", OrganKind.TOWNSHIP)
    edition = Edition.objects.create(year=2026, title="2026年版", in_force_from=date(2026, 1, 1))
    admissions = add_item(edition, "education", "义务教育", "招生入学", education)
    clinics = add_item(edition, "health", "医疗卫生", "医疗机构名录", health)
    Edition.objects.filter(pk=edition.pk).update(status=EditionStatus.IN_FORCE)
    ensure_frame()
    list(sync_catalogue())
    sync_drafting_rights()
    return County(
        government=government,
        education=education,
        health=health,
        admissions=admissions,
        clinics=clinics,
        drafter=person("drafter", Role.DRAFTER, education),
        colleague=person("colleague", Role.DRAFTER, education),
        head=person("head", Role.DEPARTMENT_REVIEWER, education),
        reviewer=person("reviewer", Role.CONFIDENTIALITY_REVIEWER, government),
        signatory=person("signatory", Role.SIGNATORY, government),
        rescuer=person("rescuer", Role.EMERGENCY_PUBLISHER, government),
        outsider=person("outsider", Role.DEPARTMENT_REVIEWER, health),
    )


def _organ(parent: Organ, code: str, name: str, kind: OrganKind = OrganKind.DEPARTMENT) -> Organ:
    return Organ.objects.get(pk=parent.pk).add_child(
        code=code, name=name, short_name=name, kind=kind, organ_code=code.upper()
    )


def add_item(
    edition: Edition,
    code: str,
    domain_name: str,
    name: str,
    subject: Organ | SubjectGroup,
    limit: str = "信息形成或变更之日起20个工作日内",
) -> Item:
    domain, _new = Domain.objects.get_or_create(code=code)
    entry, _new = EditionDomain.objects.get_or_create(
        edition=edition,
        domain=domain,
        defaults={"position": edition.domains.count() + 1, "name": domain_name, "seal": name[0]},
    )
    number = next(_numbers)
    item = Item.objects.create(key=f"{code}-{number:02}")
    row = EditionItem.objects.create(
        edition=edition,
        item=item,
        edition_domain=entry,
        position=number,
        group="政策文件",
        name=name,
        time_limit_text=limit,
    )
    basis, _new = LegalBasis.objects.get_or_create(
        code="regulation",
        defaults={"title": "中华人民共和国政府信息公开条例", "kind": BasisKind.REGULATION},
    )
    channel, _new = Channel.objects.get_or_create(code="website", defaults={"name": "政府网站"})
    ContentElement.objects.create(edition_item=row, text="招生范围；招生计划")
    ItemBasis.objects.create(edition_item=row, basis=basis)
    ItemChannel.objects.create(edition_item=row, channel=channel)
    if isinstance(subject, Organ):
        ItemSubject.objects.create(edition_item=row, organ=subject)
    else:
        ItemSubject.objects.create(edition_item=row, group=subject)
    write_limits(row)
    return item


def person(username: str, role: Role, organ: Organ) -> User:
    user = User.objects.create_user(username, password=PASSWORD, last_name=username)
    AssignRoleAction(user, role, organ).execute()
    return User.objects.get(pk=user.pk)


def text(*paragraphs: str) -> list[dict[str, Any]]:
    return [{"type": "text", "value": "".join(f"<p>{p}</p>" for p in paragraphs)}]


def draft_piece(county: County, title: str = "2026年秋季招生公告", **fields: Any) -> DisclosurePage:
    parent = ItemPage.objects.get(item=county.admissions, locale=Locale.get_default())
    values: dict[str, Any] = {
        "organ": county.education,
        "item": county.admissions,
        "written_on": date(2026, 6, 1),
        "body": text("招生范围为全县户籍适龄儿童。"),
    }
    page = DisclosurePage(title=title, slug="", **values | fields)
    save_draft(parent, page, county.drafter)
    return page


def draft_pair(
    county: County, title: str = "关于义务教育招生工作的通知", **fields: Any
) -> tuple[PolicyPage, InterpretationPage]:
    values: dict[str, Any] = {
        "organ": county.government,
        "item": county.admissions,
        "written_on": date(2026, 6, 1),
        "body": text("各学校按照本通知做好招生工作。"),
    }
    policy = PolicyPage(title=title, slug="", **values | fields)
    save_draft(PolicyIndexPage.objects.get(locale=Locale.get_default()), policy, county.drafter)
    interpretation = InterpretationPage(
        title=f"《{title}》解读",
        slug="",
        organ=county.education,
        written_on=date(2026, 6, 1),
        body=text("为了让家长了解招生政策。"),
    )
    save_draft(policy, interpretation, county.drafter)
    return policy, interpretation


def submit(page: PublishedPiece, user: User) -> None:
    page = fresh(page)
    page.get_workflow().start(page, user)


def answers(**changes: Any) -> dict[str, Any]:
    """The confidentiality form, filled in so that it allows approval."""
    return {
        "determination": Determination.PROACTIVE,
        "ground": "",
        "extent": Extent.FULL,
        "has_state_secret": False,
        "has_work_secret": False,
        "has_trade_secret": False,
        "has_privacy": False,
        "privacy_settled": "",
        "aggregation_risk": AggregationRisk.NONE,
    } | changes


def current_task(page: Page) -> TaskState:
    return TaskState.objects.get(
        workflow_state__object_id=str(page.pk), status=TaskState.STATUS_IN_PROGRESS
    ).specific


def decide(page: Page, user: User, action: str = "approve", **kwargs: Any) -> None:
    state = current_task(page)
    state.task.specific.on_action(state, user, action, **{"answers": answers()} | kwargs)


def publish(county: County, page: PublishedPiece) -> PublishedPiece:
    """Through the whole review; returns the live page."""
    submit(page, county.drafter)
    for officer in county.officers:
        decide(page, officer)
    return fresh(page)


def take_down(
    page: Page, county: County, kind: ChangeReason = ChangeReason.WRONG, words: str = ""
) -> None:
    TakeDownAction(fresh(page), county.signatory, kind, words).execute()


def fresh(page: Page) -> Any:
    return Page.objects.get(pk=page.pk).specific


def edit_form(page: Page, words: str) -> dict[str, Any]:
    """The edit form as a browser would send it, with `words` for its summary and its text."""
    draft = fresh(page).get_latest_revision_as_object()
    return {
        "title": draft.title,
        "organ": draft.organ_id,
        "genre": draft.genre,
        "topic": "",
        "document_number": "",
        "written_on": "2026-06-01",
        "effective_on": "",
        "keywords": "",
        "summary": words,
        "stage": "",
        "level": "county",
        "determination": "proactive",
        "extent": "full",
        "ground": "",
        "withheld": "",
        "go_live_at": "",
        "correction_note": "改了",
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "text",
        "body-0-id": "",
        "body-0-value": json.dumps(_draftail(words)),
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
    }


def _draftail(words: str) -> dict[str, Any]:
    block = {
        "key": "a",
        "type": "unstyled",
        "depth": 0,
        "text": words,
        "inlineStyleRanges": [],
        "entityRanges": [],
    }
    return {"blocks": [block], "entityMap": {}}
