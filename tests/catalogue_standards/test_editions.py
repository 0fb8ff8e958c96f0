"""The life of an edition: who may move it on, when it is fixed, and how it takes force."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from django_q.models import Schedule

from catalogue_standards.actions.begin import AmendEditionAction, CopyEditionAction
from catalogue_standards.actions.force import PutInForceAction, ScheduleEditionAction
from catalogue_standards.actions.review import ApproveEditionAction, ReturnEditionAction
from catalogue_standards.actions.submit import SubmitEditionAction
from catalogue_standards.cells import item_cells
from catalogue_standards.enums import EditionAct, EditionStatus
from catalogue_standards.history import record_edit
from catalogue_standards.models import (
    ContentElement,
    Edition,
    EditionDomain,
    EditionItem,
    ItemBasis,
    ItemChannel,
    ItemSubject,
    ItemSuccession,
)
from catalogue_standards.rules import EditionFixed, Refused
from catalogue_standards.signals import edition_put_in_force
from catalogue_standards.tasks import put_edition_in_force
from tests.county import County, add_item
from workflows.actions.assign import AssignRoleAction
from workflows.enums import Role


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def people(county: County) -> tuple[User, User]:
    """Two catalogue administrators."""
    both = []
    for name in ("author", "approver"):
        user = User.objects.create_user(name, last_name=name)
        AssignRoleAction(user, Role.CATALOGUE_ADMIN, county.government).execute()
        both.append(User.objects.get(pk=user.pk))
    return both[0], both[1]


@pytest.fixture
def draft(people) -> Edition:
    return CopyEditionAction(2027, "2027年版", people[0], Edition.objects.in_force()).execute()


def approved(draft: Edition, people) -> Edition:
    SubmitEditionAction(draft, people[0]).execute()
    return ApproveEditionAction(draft, people[1]).execute()


def in_status(edition: Edition, status: EditionStatus) -> Edition:
    if status == EditionStatus.IN_FORCE:
        Edition.objects.filter(status=status).update(status=EditionStatus.SUPERSEDED)
    Edition.objects.filter(pk=edition.pk).update(status=status)
    return Edition.objects.get(pk=edition.pk)


def force_today(edition: Edition, user: User, run_on_commit) -> None:
    with run_on_commit(execute=True):
        ScheduleEditionAction(edition, user, timezone.localdate()).execute()


def says(edition: Edition) -> list[tuple[int, str, dict[str, str]]]:
    rows = item_cells(EditionItem.objects.filter(edition=edition))
    return [(row.item_id, row.domain_name, row.cells) for row in rows]


def test_a_copy_says_what_its_source_says(draft: Edition):
    source = Edition.objects.in_force()
    assert says(draft) == says(source) != []
    assert not set(draft.items.values_list("pk")) & set(source.items.values_list("pk"))
    assert draft.based_on == source


def test_copying_takes_as_many_statements_for_many_items(county: County, people):
    def statements(year: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            CopyEditionAction(year, "年版", people[0], Edition.objects.in_force()).execute()
        return len(captured)

    few = statements(2030)
    edition = Edition.objects.in_force()
    in_status(edition, EditionStatus.DRAFT)
    for number in range(20):
        add_item(edition, "education", "义务教育", f"事项{number}", county.education)
    in_status(edition, EditionStatus.IN_FORCE)
    assert statements(2031) == few


def test_from_draft_to_superseded(draft: Edition, people, django_capture_on_commit_callbacks):
    author, approver = people
    former = Edition.objects.in_force()
    force_today(approved(draft, people), author, django_capture_on_commit_callbacks)
    draft.refresh_from_db()
    former.refresh_from_db()
    assert draft.status == EditionStatus.IN_FORCE
    assert (former.status, former.superseded_on) == (
        EditionStatus.SUPERSEDED,
        timezone.localdate(),
    )
    assert list(draft.events.values_list("act", "user_name")) == [
        ("begun", "author"),
        ("submitted", "author"),
        ("approved", "approver"),
        ("scheduled", "author"),
        ("put_in_force", ""),
    ]
    approver.delete()
    assert draft.events.get(act=EditionAct.APPROVED).user_name == "approver"


def without(part):
    return lambda draft: part.objects.filter(edition_item__edition=draft).delete()


@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        (without(ItemSubject), "2 items name no responsible organ"),
        (without(ItemBasis), "2 items cite no legal basis"),
        (without(ItemChannel), "2 items have no channel"),
        (lambda draft: draft.items.update(time_limit_text=""), "2 items have no time limit"),
        (lambda draft: draft.items.all().delete(), "no items yet"),
    ],
)
def test_an_incomplete_draft_is_not_submitted(draft: Edition, people, prepare, sentence):
    prepare(draft)
    with pytest.raises(Refused, match=sentence):
        SubmitEditionAction(draft, people[0]).execute()
    draft.refresh_from_db()
    assert draft.status == EditionStatus.DRAFT


@pytest.mark.parametrize("act", EditionAct.authorship())
def test_whoever_worked_on_an_edition_does_not_approve_it(draft: Edition, people, act):
    SubmitEditionAction(draft, people[0]).execute()
    draft.events.create(act=act, user=people[1], user_name="approver")
    with pytest.raises(Refused, match="another administrator"):
        ApproveEditionAction(draft, people[1]).execute()


def test_an_edit_before_a_return_still_counts(draft: Edition, people):
    record_edit(draft, people[1])
    SubmitEditionAction(draft, people[0]).execute()
    ReturnEditionAction(draft, people[0], "领域编号有误").execute()
    SubmitEditionAction(draft, people[0]).execute()
    with pytest.raises(Refused, match="another administrator"):
        ApproveEditionAction(draft, people[1]).execute()


ACTIONS = {
    "submit": SubmitEditionAction,
    "approve": ApproveEditionAction,
    "return": lambda edition, user: ReturnEditionAction(edition, user, "有误"),
    "force": lambda edition, user: ScheduleEditionAction(edition, user, date(2999, 1, 1)),
    "amend": lambda edition, user: AmendEditionAction(edition, user, "更正"),
}


@pytest.mark.parametrize("name", ACTIONS)
@pytest.mark.parametrize("status", EditionStatus)
def test_each_act_has_its_status(draft: Edition, people, name, status):
    allowed = {
        "submit": [EditionStatus.DRAFT],
        "approve": [EditionStatus.IN_REVIEW],
        "return": [EditionStatus.IN_REVIEW, EditionStatus.APPROVED],
        "force": [EditionStatus.APPROVED],
        "amend": [EditionStatus.IN_FORCE],
    }[name]
    action = ACTIONS[name](in_status(draft, status), people[1])
    if status in allowed:
        action.execute()
    else:
        with pytest.raises(Refused):
            action.execute()


@pytest.mark.parametrize("name", ACTIONS)
def test_other_roles_move_nothing(draft: Edition, county: County, name):
    status = {
        "approve": EditionStatus.IN_REVIEW,
        "return": EditionStatus.IN_REVIEW,
        "force": EditionStatus.APPROVED,
        "amend": EditionStatus.IN_FORCE,
    }.get(name, EditionStatus.DRAFT)
    with pytest.raises(Refused, match="Your account may not"):
        ACTIONS[name](in_status(draft, status), county.drafter).execute()


@pytest.mark.parametrize(
    ("action", "sentence"),
    [
        (lambda e, u: ReturnEditionAction(in_status(e, "in_review"), u, "  "), "Say why"),
        (lambda e, u: AmendEditionAction(in_status(e, "in_force"), u, ""), "Say why"),
        (
            lambda e, u: ScheduleEditionAction(
                in_status(e, "approved"), u, timezone.localdate() - timedelta(days=1)
            ),
            "in the past",
        ),
        (lambda e, u: CopyEditionAction(e.year, "又一版", u), "has its edition already"),
        (lambda e, u: CopyEditionAction(2040, " ", u), "a title"),
        (lambda e, u: CopyEditionAction(2040, "x", u, e), "from the edition in force"),
    ],
)
def test_particulars_are_refused_with_what_to_do(draft: Edition, people, action, sentence):
    with pytest.raises(Refused, match=sentence):
        action(draft, people[1]).execute()


WRITES = {
    "edition": lambda e: e.save(),
    "edition deleted": lambda e: e.delete(),
    "editions deleted": lambda e: Edition.objects.filter(pk=e.pk).delete(),
    "domain": lambda e: e.domains.first().save(),
    "domain deleted": lambda e: e.domains.first().delete(),
    "item": lambda e: e.items.first().save(),
    "item deleted": lambda e: e.items.first().delete(),
    "items updated": lambda e: e.items.update(name="改名"),
    "items deleted": lambda e: EditionItem.objects.filter(edition=e).delete(),
    "part": lambda e: e.items.first().content_elements.first().save(),
    "part deleted": lambda e: e.items.first().bases.first().delete(),
    "parts updated": lambda e: ContentElement.objects.filter(edition_item__edition=e).update(
        text="改"
    ),
    "parts made": lambda e: ContentElement.objects.bulk_create(
        [ContentElement(edition_item=e.items.first(), text="新")]
    ),
    "domains made": lambda e: EditionDomain.objects.bulk_create(
        [EditionDomain(edition=e, domain=e.domains.first().domain, position=99, name="x", seal="x")]
    ),
    "succession": lambda e: ItemSuccession.objects.create(
        edition=e, from_item=e.items.first().item, to_item=e.items.last().item, kind="merged"
    ),
}


@pytest.mark.parametrize("status", [s for s in EditionStatus if s != EditionStatus.DRAFT])
@pytest.mark.parametrize("write", WRITES)
def test_past_the_draft_nothing_is_written(draft: Edition, write, status):
    edition = in_status(draft, status)
    before = says(edition)
    with pytest.raises(EditionFixed) as refusal:
        WRITES[write](edition)
    assert "2027年版" in str(refusal.value)
    assert says(edition) == before


def test_a_draft_is_edited_and_deleted(draft: Edition):
    entry = draft.items.first()
    entry.name = "改名"
    entry.save()
    ContentElement.objects.filter(edition_item=entry).update(text="改")
    assert draft.items.get(pk=entry.pk).content_elements.get().text == "改"
    draft.delete()
    assert not Edition.objects.filter(year=2027).exists()


def test_putting_in_force_again_does_nothing(
    draft: Edition, people, django_capture_on_commit_callbacks
):
    force_today(approved(draft, people), people[1], django_capture_on_commit_callbacks)
    told = []
    edition_put_in_force.connect(lambda **kwargs: told.append(kwargs), weak=False, dispatch_uid="t")
    try:
        assert PutInForceAction(draft).execute() is False
        assert put_edition_in_force(draft.pk) is False
    finally:
        edition_put_in_force.disconnect(dispatch_uid="t")
    assert told == []
    assert draft.events.filter(act=EditionAct.PUT_IN_FORCE).count() == 1


def test_after_a_crash_nothing_has_happened_and_it_runs_again(draft: Edition, people):
    former = Edition.objects.in_force()
    approved(draft, people)
    Edition.objects.filter(pk=draft.pk).update(in_force_from=timezone.localdate())
    draft.refresh_from_db()

    def crash(**kwargs):
        raise RuntimeError("power failure")

    edition_put_in_force.connect(crash, weak=False, dispatch_uid="crash")
    try:
        with pytest.raises(RuntimeError):
            put_edition_in_force(draft.pk)
    finally:
        edition_put_in_force.disconnect(dispatch_uid="crash")
    assert Edition.objects.in_force() == former
    assert not draft.events.filter(act=EditionAct.PUT_IN_FORCE).exists()
    assert put_edition_in_force(draft.pk) is True
    assert Edition.objects.in_force() == draft


def test_a_later_day_waits_and_falls_with_the_approval(draft: Edition, people):
    edition = approved(draft, people)
    day = timezone.localdate() + timedelta(days=30)
    ScheduleEditionAction(edition, people[1], day).execute()
    ScheduleEditionAction(edition, people[1], day + timedelta(days=1)).execute()
    schedule = Schedule.objects.get(name=f"edition {edition.pk}")
    assert timezone.localtime(schedule.next_run).date() == day + timedelta(days=1)
    assert put_edition_in_force(edition.pk) is False
    with pytest.raises(Refused, match="has not come"):
        PutInForceAction(Edition.objects.get(pk=edition.pk)).execute()
    ReturnEditionAction(edition, people[1], "依据有变").execute()
    edition.refresh_from_db()
    assert edition.in_force_from is None


def test_an_amendment_is_numbered_and_takes_a_change_back(
    draft: Edition, people, django_capture_on_commit_callbacks
):
    author, approver = people
    former = Edition.objects.in_force()
    draft.items.first().delete()
    force_today(approved(draft, people), approver, django_capture_on_commit_callbacks)
    draft.refresh_from_db()
    amendment = AmendEditionAction(draft, author, "误删事项，予以恢复", restoring=former).execute()
    assert (amendment.year, amendment.amendment, amendment.based_on) == (2027, 1, draft)
    assert amendment.events.get().reason == "误删事项，予以恢复"
    assert says(amendment) == says(former)
    with pytest.raises(Refused, match="begun already"):
        AmendEditionAction(draft, author, "再改").execute()
    force_today(approved(amendment, people), approver, django_capture_on_commit_callbacks)
    assert Edition.objects.in_force() == amendment
    assert AmendEditionAction(amendment, author, "再次更正").execute().amendment == 2
