"""Nobody changes what is kept; whoever does it past every guard is found out."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from tests.county import (
    County,
    decide,
    draft_piece,
    fresh,
    publish,
    submit,
)
from tests.workflows.evidence import EVIDENCE, sql
from workflows import evidence_triggers
from workflows.audit import plain, record, seal_left_over
from workflows.audit_verification import alarm_on_broken_chain, verify_chain
from workflows.checks import triggers_are_installed
from workflows.models import (
    Alarm,
    AuditEntry,
    AuditSeal,
    ChainHead,
    Clearance,
    SignOff,
    SubmittedPage,
)
from workflows.models.append_only import EvidenceIsFinal


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
