"""Those who must can read the evidence, and hear of what the nightly checks find."""

from __future__ import annotations

import io
import pydoc

import openpyxl
import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_q.models import Schedule

from tests.county import (
    County,
    decide,
    draft_piece,
    publish,
    submit,
    text,
)
from tests.workflows.evidence import browser, officer
from workflows.audit import seal_left_over
from workflows.enums import ClearanceStatus, Role, Step
from workflows.models import (
    Alarm,
    AuditEntry,
    AuditSeal,
    Clearance,
    ConfidentialityForm,
    RegisterEntry,
)
from workflows.schedules import SCHEDULES
from workflows.verification import alarm_on_drift


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
        page = draft_piece(county)
        submit(page, county.drafter)
        decide(page, county.head, "reject", opinion="缺附件。")
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
        # The auditor's home also tells what the log has of it, for good.
        alarming = f'desk-row__reason">{alarm.sentence}'
        assert (alarming in home) == alarmed
        clearances.update(status=ClearanceStatus.APPLIED)
        assert alarm_on_drift() == 0
        assert alarming not in client.get(reverse("wagtailadmin_home")).content.decode()
