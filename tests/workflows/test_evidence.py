"""Every act is kept, nobody can change what is kept, and those who must can read it."""

from __future__ import annotations

import io
import pydoc
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_q.models import Schedule
from wagtail.models import Page, Revision, Site

from catalogue_standards.models import Organ
from tests.county import (
    PASSWORD,
    County,
    answers,
    current_task,
    decide,
    draft_piece,
    fresh,
    publish,
    submit,
    text,
)
from workflows import evidence_triggers
from workflows.actions.assign import AssignmentRefused, AssignRoleAction
from workflows.audit import plain, record, seal_left_over
from workflows.audit_verification import alarm_on_broken_chain, verify_chain
from workflows.checks import triggers_are_installed
from workflows.enums import ClearanceStatus, Role, Step
from workflows.models import (
    Alarm,
    AuditEntry,
    AuditSeal,
    ChainHead,
    Clearance,
    ConfidentialityForm,
    RegisterEntry,
    SignOff,
    SubmittedPage,
)
from workflows.models.append_only import EvidenceIsFinal
from workflows.refusals import write_refusals
from workflows.rules import ReviewRefused, SubmissionRefused
from workflows.schedules import SCHEDULES
from workflows.verification import alarm_on_drift


def officer(county: County, role: Role) -> User:
    user = User.objects.create_user(role.value, password=PASSWORD, last_name=role.value)
    AssignRoleAction(user, role, county.government).execute()
    return User.objects.get(pk=user.pk)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def log_since(mark: int) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(pk__gt=mark).order_by("pk"))


@pytest.fixture
def mark(county: County) -> int:
    """The number of the newest entry that the county itself left."""
    return AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def test_the_way_of_a_publication_is_kept(county: County, mark: int):
    page = publish(county, draft_piece(county))
    told = [
        (entry.action, entry.actor_name)
        for entry in log_since(mark)
        if not entry.action.startswith(("wagtail.", "record."))
    ]
    assert told == [
        ("submission.opened", "drafter"),
        ("sign_off.approved", "head"),
        ("sign_off.approved", "reviewer"),
        ("sign_off.approved", "signatory"),
        ("clearance.granted", ""),
        ("register.entered", ""),
    ]
    copied = AuditEntry.objects.get(action="wagtail.publish", object_id=str(page.pk))
    assert (copied.actor_name, copied.object_label) == ("signatory", page.title)
    registered = AuditEntry.objects.get(action="register.entered", pk__gt=mark)
    assert registered.details["digest"] == Clearance.objects.get(page=page).digest


def returned(county: County) -> None:
    page = draft_piece(county)
    submit(page, county.drafter)
    decide(page, county.head, "reject", opinion="缺附件。")


def taken_back(county: County) -> None:
    page = draft_piece(county)
    submit(page, county.drafter)
    current_task(page).workflow_state.cancel(user=county.drafter)


def role_given(county: County) -> None:
    officer(county, Role.AUDITOR)


def permission_given(county: County) -> None:
    Group.objects.get(name="拟稿人").permissions.add(Permission.objects.get(codename="change_user"))


def organ_renamed(county: County) -> None:
    Organ.objects.get(pk=county.education.pk).save()


def site_changed(county: County) -> None:
    site = Site.objects.get()
    site.hostname = "www.example.gov.cn"
    site.save()


def account_removed(county: County) -> None:
    county.outsider.delete()


def logged_in(county: County) -> None:
    Client().login(username="drafter", password=PASSWORD)


def wrong_password(county: County) -> None:
    Client().post(reverse("wagtailadmin_login"), {"username": "drafter", "password": "guess"})


def moved(county: County) -> None:
    page = draft_piece(county)
    page.move(Page.objects.get(depth=2), pos="last-child")


@pytest.mark.parametrize(
    ("act", "action", "actor", "about"),
    [
        (returned, "sign_off.returned", "head", "2026年秋季招生公告"),
        (taken_back, "submission.withdrawn", "drafter", "2026年秋季招生公告"),
        (role_given, "account.groups", "", "auditor"),
        (permission_given, "group.permissions", "", "拟稿人"),
        (organ_renamed, "record.saved", "", "禾城县教育局"),
        (site_changed, "record.saved", "", "www.example.gov.cn"),
        (account_removed, "record.deleted", "", "outsider"),
        (logged_in, "account.login", "drafter", "drafter"),
        (wrong_password, "account.login_failed", "", "drafter"),
        (moved, "wagtail.move", "", "2026年秋季招生公告"),
    ],
)
def test_every_act_is_kept(
    county: County, mark: int, act: Callable[[County], None], action: str, actor: str, about: str
):
    act(county)
    found = [entry for entry in log_since(mark) if entry.action == action]
    assert [entry.actor_name for entry in found][:1] == [actor]
    assert any(about in entry.object_label for entry in found)
    assert verify_chain().broken is None


def test_no_password_reaches_the_log(county: County):
    officer(county, Role.AUDITOR)
    Client().post(reverse("wagtailadmin_login"), {"username": "drafter", "password": "guess"})
    everything = str(list(AuditEntry.objects.values_list("details", "object_label")))
    assert "guess" not in everything and User.objects.first().password not in everything


def test_saving_a_draft_is_no_evidence(county: County):
    page = draft_piece(county)
    before = AuditEntry.objects.count()
    draft = fresh(page).get_latest_revision_as_object()
    draft.save_revision(user=county.drafter, log_action=True)
    assert AuditEntry.objects.count() == before


class TestRefusals:
    """What is refused is undone, and yet kept."""

    @staticmethod
    def refusals(mark: int = 0) -> list[tuple[str, str, str]]:
        return [
            (entry.details["kind"], entry.actor_name, entry.object_label)
            for entry in log_since(mark)
            if entry.action == "refused"
        ]

    def test_a_review_on_the_desk(self, county: County, mark: int):
        page = draft_piece(county)
        submit(page, county.drafter)
        decide(page, county.head)
        pk = SubmittedPage.objects.get(page=page).submission_id
        form = answers(has_state_secret="on") | {"decision": "approved", "secrets": "state_secret"}
        response = browser(county.reviewer).post(reverse("workflows_review", args=[pk]), form)
        assert response.status_code == 200
        with pytest.raises(ReviewRefused):
            decide(page, county.reviewer, answers=answers(has_state_secret=True))
        write_refusals()
        assert ("ReviewRefused", "reviewer", page.title) in self.refusals(mark)

    def test_a_submission(self, county: County, mark: int):
        page = draft_piece(county, body=[])
        with pytest.raises(SubmissionRefused):
            submit(page, county.drafter)
        write_refusals()
        assert self.refusals(mark) == [("SubmissionRefused", "drafter", page.title)]

    def test_two_administrations_in_one_person(self, county: County, mark: int):
        auditor = officer(county, Role.AUDITOR)
        with pytest.raises(AssignmentRefused):
            AssignRoleAction(auditor, Role.SYSTEM_ADMIN, county.government).execute()
        write_refusals()
        assert self.refusals(mark) == [("AssignmentRefused", "", "auditor")]

    def test_the_clock_is_told_once_a_day(self, county: County, mark: int):
        page = draft_piece(county)
        Revision.objects.filter(pk=fresh(page).latest_revision_id).update(
            approved_go_live_at=timezone.now() - timedelta(minutes=5)
        )
        for _minute in range(3):
            call_command("publish_scheduled", stdout=io.StringIO(), stderr=io.StringIO())
        write_refusals()
        assert self.refusals(mark) == [("PublicationRefused", "", page.title)]


@pytest.fixture
def chain(county: County) -> int:
    """Sixty entries in the chain at least; returns the sequence number of the last."""
    for number in range(60):
        record("test", label=f"第{number}条", details={"n": number})
    seal_left_over()
    return ChainHead.objects.get().sequence


@pytest.fixture
def unguarded() -> Iterator[None]:
    """A database whose owner took the triggers away."""
    evidence_triggers.remove(connection)
    yield
    evidence_triggers.install(connection)


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


ENTRY = "(SELECT entry_id FROM workflows_auditseal WHERE sequence = 7)"


@pytest.mark.usefixtures("unguarded")
class TestVerification:
    @pytest.mark.parametrize(
        ("tampering", "row"),
        [
            ([f"UPDATE workflows_auditentry SET action = 'x' WHERE id = {ENTRY}"], 7),
            ([f"UPDATE workflows_auditentry SET actor_name = 'x' WHERE id = {ENTRY}"], 7),
            ([f"UPDATE workflows_auditentry SET details = '{{}}' WHERE id = {ENTRY}"], 7),
            ([f"UPDATE workflows_auditentry SET object_label = 'x' WHERE id = {ENTRY}"], 7),
            ([f"UPDATE workflows_auditentry SET at = '2020-01-01' WHERE id = {ENTRY}"], 7),
            (["DELETE FROM workflows_auditseal WHERE sequence = 7"], 7),
            (["DELETE FROM workflows_auditseal WHERE sequence > 20"], 21),
            (["UPDATE workflows_auditseal SET hash = 'x' WHERE sequence = 7"], 7),
            (["UPDATE workflows_auditseal SET previous_hash = 'x' WHERE sequence = 7"], 7),
            (["DELETE FROM workflows_chainhead"], None),
            (["UPDATE workflows_chainhead SET hash = 'x'"], None),
        ],
    )
    def test_the_first_broken_row_is_named(self, chain: int, tampering: list[str], row: int | None):
        for statement in tampering:
            sql(statement)
        with pytest.raises(CommandError) as told:
            call_command("verify_audit_log", stdout=io.StringIO(), stderr=io.StringIO())
        assert told.value.returncode == 1
        assert row is None or str(row) in str(told.value)
        assert verify_chain().rows == (chain if row is None else row - 1)

    def test_a_chain_rewritten_as_a_whole_differs_from_its_checkpoint(self, chain: int):
        noted = AuditSeal.objects.get(sequence=chain)
        sql(f"UPDATE workflows_auditentry SET action = 'x' WHERE id = {ENTRY}")
        sql("DELETE FROM workflows_auditseal")
        sql("UPDATE workflows_chainhead SET sequence = 0, hash = ''")
        seal_left_over()
        assert verify_chain().broken is None
        assert str(chain) in str(verify_chain((chain, noted.hash)).broken)
        with pytest.raises(CommandError):
            call_command("verify_audit_log", f"--checkpoint={noted}", stdout=io.StringIO())

    def test_an_alarm_stands_until_the_log_is_whole(self, chain: int):
        sql("UPDATE workflows_auditseal SET previous_hash = 'x' WHERE sequence = 7")
        alarm_on_broken_chain()
        assert Alarm.objects.get(ended_at=None).about == "7"
        hash_before = AuditSeal.objects.get(sequence=6).hash
        sql(f"UPDATE workflows_auditseal SET previous_hash = '{hash_before}' WHERE sequence = 7")
        # The alarm itself is one entry more.
        assert alarm_on_broken_chain().startswith(f"{chain + 1}:")
        assert not Alarm.objects.filter(ended_at=None).exists()

    def test_the_check_names_missing_triggers(self, county: County):
        errors = triggers_are_installed(databases=["default"])
        assert "gongkai_evidence_workflows_auditentry_delete" in errors[0].msg
        evidence_triggers.install(connection)
        assert triggers_are_installed(databases=["default"]) == []


def test_a_whole_log_gives_a_checkpoint_that_holds_later(chain: int):
    told = io.StringIO()
    call_command("verify_audit_log", stdout=told)
    checkpoint = f"{chain}:{AuditSeal.objects.get(sequence=chain).hash}"
    assert checkpoint in told.getvalue()
    record("test", label="后来的一条")
    call_command("verify_audit_log", f"--checkpoint={checkpoint}", stdout=io.StringIO())


@pytest.mark.parametrize(
    "value", ["a\x00b", "\ud800", 1.5, {"a": {1, 2}}, None, [True], "😀" * 200]
)
def test_whatever_is_recorded_reads_back_as_it_was_hashed(county: County, value: Any):
    record("test", label=str(value), details={"value": value})
    assert verify_chain().broken is None
    assert plain(plain(value)) == plain(value)


EVIDENCE = [AuditEntry, SignOff, ConfidentialityForm, SubmittedPage, RegisterEntry]


class TestNobodyChangesEvidence:
    @pytest.mark.parametrize("model", EVIDENCE)
    @pytest.mark.parametrize(
        "attempt",
        [
            lambda rows: rows.first().save(),
            lambda rows: rows.first().delete(),
            lambda rows: rows.update(id=1),
            lambda rows: rows.all().delete(),
            lambda rows: rows.bulk_update([rows.first()], ["id"]),
            lambda rows: rows.update_or_create(pk=rows.first().pk, defaults={}),
            lambda rows: rows.bulk_create(
                [], update_conflicts=True, update_fields=["id"], unique_fields=["id"]
            ),
        ],
    )
    def test_through_the_orm(self, county: County, model: Any, attempt: Callable[[Any], None]):
        publish(county, draft_piece(county))
        before = list(model.objects.values_list())
        with pytest.raises(EvidenceIsFinal):
            attempt(model.objects)
        assert list(model.objects.values_list()) == before

    @pytest.mark.parametrize(
        "statement",
        [
            *(f"DELETE FROM {model._meta.db_table}" for model in [*EVIDENCE, AuditSeal, Clearance]),
            "DELETE FROM workflows_chainhead",
            "UPDATE workflows_chainhead SET sequence = 0",
            "UPDATE workflows_auditentry SET actor_id = NULL, action = 'x'",
            "UPDATE workflows_auditseal SET hash = 'x'",
            "UPDATE workflows_signoff SET user_name = 'x'",
            "UPDATE workflows_signoff SET user_id = user_id + 1",
            "UPDATE workflows_confidentialityform SET has_state_secret = NOT has_state_secret",
            "UPDATE workflows_submittedpage SET digest = 'x'",
            "UPDATE workflows_registerentry SET reason = 'x'",
            "UPDATE workflows_registerentry SET page_id = NULL, title = 'x'",
            "UPDATE workflows_clearance SET digest = 'x'",
            "UPDATE workflows_clearance SET status = 'granted', page_id = page_id + 1",
        ],
    )
    def test_through_sql(self, county: County, statement: str):
        publish(county, draft_piece(county))
        seal_left_over()
        with pytest.raises(DatabaseError, match="evidence is never changed"), transaction.atomic():
            sql(statement)

    def test_emptying_a_table(self, county: County):
        if connection.vendor != "postgresql":
            pytest.skip("SQLite has no TRUNCATE.")
        with pytest.raises(DatabaseError), transaction.atomic():
            sql("TRUNCATE workflows_auditentry CASCADE")

    def test_the_applications_role_may_only_add(self, county: County):
        """As docs/evidence.md sets it up: even without triggers the role is refused."""
        if connection.vendor != "postgresql":
            pytest.skip("SQLite has no roles.")
        publish(county, draft_piece(county))
        told = io.StringIO()
        call_command("evidence_privileges", "gongkai_site", stdout=told)
        with transaction.atomic():
            evidence_triggers.remove(connection)
            sql("CREATE ROLE gongkai_site")
            sql("GRANT ALL ON ALL TABLES IN SCHEMA public TO gongkai_site")
            sql("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO gongkai_site")
            sql(told.getvalue())
            sql("SET LOCAL ROLE gongkai_site")
            for model in [*EVIDENCE, AuditSeal, Clearance]:
                table, key = model._meta.db_table, model._meta.pk.column
                for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET {key} = {key}"):
                    with pytest.raises(DatabaseError, match="permission"), transaction.atomic():
                        sql(statement)
            # The whole job still gets done, accounts go, and the log grows.
            publish(county, draft_piece(county, "以受限角色发布的公告"))
            county.head.delete()
            assert verify_chain().broken is None
            transaction.set_rollback(True)

    def test_accounts_and_drafts_may_still_go(self, county: County):
        page = draft_piece(county)
        submit(page, county.drafter)
        decide(page, county.head)
        decide(page, county.reviewer, "reject", opinion="不宜公开。")
        county.head.delete()
        fresh(page).delete()
        assert SignOff.objects.filter(user=None).get().user_name == "head"
        assert SubmittedPage.objects.get().page_id is None
        assert verify_chain().broken is None
        assert AuditEntry.objects.filter(action="sign_off.approved").get().actor_name == "head"


class TestReading:
    """The register for administrators and auditors, the log for auditors alone; nobody edits."""

    READERS = [
        (Role.AUDITOR, {"workflows_register", "workflows_audit_log"}),
        (Role.SYSTEM_ADMIN, {"workflows_register"}),
        (Role.SECURITY_ADMIN, {"workflows_register"}),
        (Role.CATALOGUE_ADMIN, {"workflows_register"}),
        (Role.DRAFTER, set()),
        (Role.SIGNATORY, set()),
    ]

    @pytest.mark.parametrize(("role", "readable"), READERS)
    def test_who_reads_what(self, county: County, role: Role, readable: set[str]):
        publish(county, draft_piece(county))
        user = User.objects.filter(username=role.value).first() or officer(county, role)
        client = browser(user)
        addresses = {
            "workflows_register": [
                reverse("workflows_register"),
                reverse("workflows_register_results"),
                reverse("workflows_publication", args=[RegisterEntry.objects.get().pk]),
            ],
            "workflows_audit_log": [
                reverse("workflows_audit_log"),
                reverse("workflows_audit_log_results"),
            ],
        }
        home = client.get(reverse("wagtailadmin_home")).content.decode()
        for name, urls in addresses.items():
            assert (f'"{urls[0]}"' in home) == (name in readable)
            for url in urls:
                assert (client.get(url).status_code == 200) == (name in readable), url
                assert client.post(url).status_code in (302, 403, 405)

    def test_being_a_superuser_is_not_enough(self, county: County, admin_client: Client):
        for name in ("workflows_register", "workflows_audit_log"):
            assert admin_client.get(reverse(name)).status_code == 302

    @pytest.mark.parametrize(
        ("query", "shown"),
        [
            ({}, {"甲公告", "乙公告"}),
            ({"q": "甲"}, {"甲公告"}),
            ({"organ_name": "禾城县教育局"}, {"甲公告", "乙公告"}),
            ({"event": "corrected"}, {"甲公告"}),
            ({"event": "published"}, {"甲公告", "乙公告"}),
            ({"extent": "partial"}, {"乙公告"}),
            ({"at_from": "2020-01-01"}, {"甲公告", "乙公告"}),
            ({"at_to": "2020-01-01"}, set()),
            ({"q": "没有的"}, set()),
        ],
    )
    def test_filters_search_and_spreadsheet(
        self, county: County, query: dict[str, str], shown: set[str]
    ):
        first = publish(county, draft_piece(county, "甲公告"))
        limited = {"extent": "partial", "ground": "privacy", "withheld": "姓名"}
        publish(county, draft_piece(county, "乙公告", **limited))
        draft = first.get_latest_revision_as_object()
        draft.body, draft.correction_note = text("改正的内容。"), "更正日期。"
        draft.save_revision(user=county.drafter)
        publish(county, first)
        client = browser(officer(county, Role.AUDITOR))
        page = client.get(reverse("workflows_register"), query).content.decode()
        assert {title for title in ("甲公告", "乙公告") if title in page} == shown
        answer = client.get(reverse("workflows_register"), query | {"export": "xlsx"})
        rows = list(openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active.values)
        assert {row[2] for row in rows[1:]} == shown
        assert {"发布机构", "标题", "索引号", "公开程度"} & set(rows[0])
        if "q" not in query and "甲公告" in shown and query.get("event") != "published":
            corrected = rows[1]
            assert "更正日期。" in corrected and "head、reviewer、signatory" in corrected
            local = timezone.localtime(RegisterEntry.objects.first().at)
            assert corrected[0] == f"{local:%Y-%m-%d %H:%M}"
        assert AuditEntry.objects.filter(action="export.downloaded").count() == 1

    def test_the_evidence_of_one_publication(self, county: County):
        page = draft_piece(county)
        submit(page, county.drafter)
        for person in county.officers:
            decide(page, person, opinion=f"{person.username}的意见")
        entry = RegisterEntry.objects.get(page=page)
        client = browser(officer(county, Role.AUDITOR))
        shown = client.get(reverse("workflows_publication", args=[entry.pk])).content.decode()
        for name in ("head", "reviewer", "signatory"):
            assert f"{name}的意见" in shown
        assert entry.digest in shown and entry.index_number in shown
        for field in ConfidentialityForm._meta.concrete_fields:
            if field.name not in ("id", "sign_off"):
                assert str(field.verbose_name) in shown

    def test_the_log_is_filtered_and_exported(self, county: County):
        returned(county)
        seal_left_over()
        client = browser(officer(county, Role.AUDITOR))
        query = {"action": "sign_off.returned"}
        listed = client.get(reverse("workflows_audit_log"), query).content.decode()
        assert "缺附件。" in listed and str(Step.DEPARTMENT.label) in listed
        query["export"] = "xlsx"
        answer = client.get(reverse("workflows_audit_log"), query)
        rows = list(openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active.values)
        assert len(rows) == 2
        assert "缺附件。" in str(rows[1]) and AuditSeal.objects.get(pk=rows[1][0]).hash in rows[1]


class TestNightly:
    def test_the_worker_knows_what_to_do_and_when(self, county: County):
        for name, (function, _arguments, hour) in SCHEDULES.items():
            assert callable(pydoc.locate(function)), function
            schedule = Schedule.objects.get(name=name)
            if hour is not None:
                run = timezone.localtime(schedule.next_run)
                assert (run.hour, run.minute) == (hour.hour, hour.minute)
                assert schedule.schedule_type == Schedule.DAILY
            else:
                assert (schedule.schedule_type, schedule.minutes) == (Schedule.MINUTES, 1)

    @pytest.mark.parametrize(
        ("role", "alarmed"),
        [
            (Role.SYSTEM_ADMIN, True),
            (Role.SECURITY_ADMIN, True),
            (Role.AUDITOR, True),
            (Role.CATALOGUE_ADMIN, False),
        ],
    )
    def test_drift_alarms_those_who_look_into_it(self, county: County, role: Role, alarmed: bool):
        page = publish(county, draft_piece(county))
        assert alarm_on_drift() == 0
        clearances = Clearance.objects.filter(page=page)
        clearances.update(status=ClearanceStatus.REVOKED)
        assert alarm_on_drift() == 1
        assert alarm_on_drift() == 1
        alarm = Alarm.objects.get()
        assert alarm.about == str(page.pk) and page.title in alarm.sentence
        client = browser(officer(county, role))
        home = client.get(reverse("wagtailadmin_home")).content.decode()
        assert (page.title in home) == alarmed
        clearances.update(status=ClearanceStatus.APPLIED)
        assert alarm_on_drift() == 0
        assert page.title not in client.get(reverse("wagtailadmin_home")).content.decode()
