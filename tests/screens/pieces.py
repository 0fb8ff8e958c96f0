"""A small complete county: something of everything that a screen of the site can show.

By the real actions, over the demo county's people. Each function adds what some screens need; a new
kind of page or state gets a function of its own in `ALL`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.models import Locale, Page, Workflow, WorkflowPage

from catalogue_standards.actions.begin import AmendEditionAction, CopyEditionAction
from catalogue_standards.actions.force import PutInForceAction, ScheduleEditionAction
from catalogue_standards.actions.imports import BeginImportAction
from catalogue_standards.actions.review import ApproveEditionAction
from catalogue_standards.actions.submit import SubmitEditionAction
from catalogue_standards.actions.townships import ApproveChoiceAction, ProposeChoiceAction
from catalogue_standards.files.xlsx_writing import export_xlsx
from catalogue_standards.models import Channel, Edition, HolidayArrangement, Organ
from catalogue_standards.township_rules import Choosing
from cms.demo.content import read_all
from cms.demo.county import Staff
from cms.demo.desk import Desk
from cms.demo.duties import DemoDuties
from cms.demo.loader import DemoLoader
from cms.demo.main_job import MainJob
from cms.enums import Genre, Section
from cms.languages import OWN
from cms.models import DisclosurePage, ItemPage, Picture, PolicyPage, SectionPage
from cms.obligations.computing import recompute_all
from cms.postings.actions import DecidePostingAction, RecordPostingAction
from cms.translations import TranslatePieceAction
from workflows import revisits
from workflows.actions.comment import CommentAction
from workflows.actions.dictionary import ChangeDictionaryAction
from workflows.actions.emergency import EmergencyPublishAction
from workflows.actions.reassess import BeginReassessmentAction
from workflows.actions.refer import SendUpAction
from workflows.actions.take_down import TakeDownAction
from workflows.drafts import latest_draft
from workflows.enums import ChangeReason, ReferredTo
from workflows.models import Submission
from workflows.passages import passages_of

#: Files of the demo's pieces, and how many of each are published here.
PIECES = {"compulsory-education": 3, "social-assistance": 2, "budget": 2}
#: One that replaces and repeals another, one on trial; explained in words, by questions, by an official,
#: in a video, in a diagram.
POLICIES = (
    "青政规〔2025〕1号",
    "青政规〔2026〕2号",
    "青市监〔2026〕11号",
    "青政办〔2025〕14号",
    "青教〔2026〕12号",
    "青政规〔2026〕4号",
)
LEAKING = "<p>救助对象张建国，身份证号410105198706150018，电话13800138000，住青禾大道8号。</p>"


def user(name: str) -> User:
    return User.objects.get(username=name)


class Filling:
    """The people, and what the functions below share."""

    def __init__(self) -> None:
        self.desk = Desk(user("baomi"), user("qianfa"))
        self.staff = {
            organ.code: Staff(user(f"{organ.code}-nigao"), user(f"{organ.code}-shenhe"))
            for organ in Organ.objects.in_use()
        }
        self.loader = DemoLoader(self.staff, self.desk)

    def drafted(self, title: str, html: str = "<p>请于本月底前办理。</p>") -> DisclosurePage:
        parent = ItemPage.objects.filter(item__key__startswith="social-assistance").first()
        page = DisclosurePage(
            title=title,
            slug="",
            organ=Organ.objects.get(code="civil-affairs"),
            item=parent.item,
            genre=Genre.NOTICE,
            keywords="社会救助",
            summary="说明办理的时间和地点。",
            written_on=timezone.localdate(),
            body=[{"type": "text", "value": html}],
        )
        self.desk.draft(parent, page, self.drafter)
        return page

    @property
    def drafter(self) -> User:
        return self.staff["civil-affairs"].drafter

    def reviewed_to(self, page: Any, steps: int) -> None:
        """Submitted, and approved by as many of its three officers."""
        self.desk.submit(page, self.drafter)
        if steps > 0:
            self.desk.approve(page, self.staff["civil-affairs"].head, opinion="内容属实，同意。")
        if steps > 1:
            self.desk.settle(page)
            answers = self.desk.answers(page)
            self.desk.approve(page, self.desk.reviewer, opinion="同意公开。", answers=answers)
        if steps > 2:
            self.desk.approve(page, self.desk.signatory, opinion="同意公开。")


def published(filling: Filling) -> None:
    """Pieces with tables and files, policies with their successors, articles of the platform."""
    loader = filling.loader
    steps = [(row, loader.general) for row in read_all("general")]
    steps += [(row, loader.topic) for row in list(read_all("topics"))[:1]]
    steps += [
        (row, loader.policy) for row in read_all("policies") if row["document_number"] in POLICIES
    ]
    for file in read_all("pieces"):
        rows = file["piece"]
        wanted = next((n for key, n in PIECES.items() if rows[0]["item"].startswith(key)), 0)
        steps += [(row, loader.piece) for row in rows[:wanted]]
    for row, step in sorted(steps, key=lambda pair: pair[0]["publish_at"]):
        step(row)
    loader.repeal(next(row for row in read_all("policies") if row.get("repealed_on")))


def on_the_desks(filling: Filling) -> None:
    """A piece at every step of the review; the pair of a policy waits for its signature."""
    pair = MainJob(filling.staff, filling.desk)._draft()
    filling.reviewed_to(pair, 2)
    filling.reviewed_to(filling.drafted("临时救助办理安排"), 0)
    leaking = filling.drafted("救助对象公示", LEAKING)
    filling.reviewed_to(leaking, 1)
    submission = Submission.objects.open().of_page(leaking).get()
    question = "名单是否可以公开？"
    SendUpAction(submission, filling.desk.reviewer, ReferredTo.SECRECY_BUREAU, question).execute()
    filling.drafted("低保复核提示")
    returned(filling, filling.drafted("特困人员供养标准调整"))
    DemoDuties(filling.staff, filling.desk).load()


def returned(filling: Filling, page: Any) -> None:
    """Its head comments on a passage and sends it back."""
    filling.reviewed_to(page, 0)
    head = filling.staff["civil-affairs"].head
    submission = Submission.objects.open().of_page(page).get()
    passage = passages_of(latest_draft(page))[0]
    CommentAction(submission, head, page.pk, passage, "请写明办理地点。").execute()
    state = page.current_workflow_task_state
    state.task.specific.on_action(state.specific, head, "reject", opinion="地点不全。")


def after_publication(filling: Filling) -> None:
    """Taken down; published in an emergency and not reviewed yet."""
    page = filling.drafted("办公地点临时调整")
    filling.reviewed_to(page, 3)
    page = Page.objects.get(pk=page.pk).specific
    TakeDownAction(page, filling.desk.signatory, ChangeReason.WRONG, "地点有误。").execute()
    urgent = filling.drafted("暴雨期间救助站点开放通告")
    EmergencyPublishAction(urgent, user("yingji"), "暴雨红色预警").execute()


def second_look(filling: Filling) -> None:
    """The dictionary, the walk over all that is public, the yearly reassessment."""
    added = [("青鸾工程", "未公开的项目名")]
    ChangeDictionaryAction(
        user("baomi"), added=added, removed=[], reason="县国家保密局通知"
    ).execute()
    revisits.start("词典更新", user("baomi"))
    today = timezone.localdate()
    BeginReassessmentAction(today.year, today + timedelta(days=30), user("baomi")).execute()


def catalogue(filling: Filling) -> None:
    """An amendment in force, next year's draft, a file half imported, a township's choice."""
    first, second = user("mulu"), user("mulu-shenhe")
    amendment = AmendEditionAction(
        Edition.objects.in_force(), first, "民政局增加办事项目"
    ).execute()
    row = amendment.items.first()
    row.name = f"{row.name}（含变更）"
    row.save()
    SubmitEditionAction(amendment, first).execute()
    ApproveEditionAction(amendment, second).execute()
    ScheduleEditionAction(amendment, first, timezone.localdate()).execute()
    PutInForceAction(Edition.objects.get(pk=amendment.pk)).execute()
    binding = Edition.objects.in_force()
    draft = CopyEditionAction(binding.year + 1, f"{binding.year + 1}年版", first, binding).execute()
    changed = draft.items.last()
    changed.name = f"{changed.name}（修订）"
    changed.save()
    BeginImportAction(draft, BytesIO(export_xlsx(binding)), "目录.xlsx", first).execute()
    town = Organ.objects.get(code="linjiang")
    domain = binding.domains.last().domain
    choosing = Choosing(
        town, user("linjiang-mulu"), domain=domain, is_involved=False, reason="本镇无此业务"
    )
    ApproveChoiceAction(ProposeChoiceAction(choosing).execute(), first).execute()


def other_languages(filling: Filling) -> None:
    """English, with a translated piece."""
    english, _new = Locale.objects.get_or_create(language_code="en")
    original = DisclosurePage.objects.live().filter(organ__code="civil-affairs").first()
    page = TranslatePieceAction(original, english, filling.drafter).execute()
    page.title = "Where to complain about social assistance"
    page.summary = "Addresses and telephones."
    page.keywords = "social assistance"
    page.body = [
        {"type": "text", "value": "<p>Any person may complain by letter or telephone.</p>"}
    ]
    page.save_revision(user=filling.drafter)
    page = Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()
    filling.reviewed_to(page, 3)


def photo() -> ContentFile[bytes]:
    content = BytesIO()
    Image.new("RGB", (640, 360), "#A8231A").save(content, "PNG")
    return ContentFile(content.getvalue(), "tujie.png")


def other_channels(filling: Filling) -> None:
    """Posted on two notice boards; the head has confirmed one."""
    page = DisclosurePage.objects.live().filter(organ__code="civil-affairs").first()
    told = {"channel": Channel.objects.first(), "posted_on": timezone.localdate(), "photo": None}
    for place, picture in (("临江镇政府公示栏", photo()), ("青禾街道便民服务中心", None)):
        posting = RecordPostingAction(
            page, filling.drafter, told | {"place": place, "photo": picture}
        ).execute()
        if picture:
            head = filling.staff["civil-affairs"].head
            DecidePostingAction(posting, head, confirmed=True).execute()


def small_things(filling: Filling) -> None:
    """A picture, what readers asked for, the figures that are counted from all the rest."""
    year = HolidayArrangement.objects.create(year=2031, source="国办发明电〔2030〕7号")
    year.days.create(date=date(2031, 1, 1), name="元旦")
    Picture.objects.create(title="图解", file=photo())
    # Nothing can be reviewed where a workflow has no steps.
    place = SectionPage.objects.get(kind=Section.RULES, locale__language_code=OWN)
    WorkflowPage.objects.create(page=place, workflow=Workflow.objects.create(name="待配置"))
    for asked in ("低保", "义务教育招生", "没有的东西"):
        Client().get(reverse("search:search"), {"q": asked})
    for _done in recompute_all():
        pass


ALL: list[Callable[[Filling], None]] = [
    published,
    after_publication,
    on_the_desks,
    catalogue,
    second_look,
    other_languages,
    other_channels,
    small_things,
]


def fill() -> None:
    filling = Filling()
    assert PolicyPage.objects.count() == 0, "The county is filled already."
    for step in ALL:
        with transaction.atomic():
            step(filling)
