"""The main job, step by step: from three files to a published policy that the public finds."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue_standards.models import Item, Organ
from cms.demo.content import HERE, store
from cms.demo.county import Staff
from cms.demo.desk import Desk
from cms.drafting import PolicyFiles, draft_policy
from cms.models import PolicyPage
from cms.readers.policy_docx import read_policy

FILES = HERE / "files"


class MainJob:
    """Done now, by the county's own clock: no date is simulated here."""

    def __init__(self, staff: dict[str, Staff], desk: Desk) -> None:
        self.about: dict[str, Any] = tomllib.loads(
            (FILES / "main_job.toml").read_text(encoding="utf-8")
        )
        self.staff = staff[self.about["drafted_by"]]
        self.desk = desk

    def run(self) -> Iterator[str]:
        """Yields a line per step; does nothing when the policy is published already."""
        reading = read_policy(FILES / self.about["policy"]["file"])
        found = PolicyPage.objects.filter(document_number=reading.document_number).first()
        if found is not None and found.live:
            yield _("The main job is done already: %(address)s") % {"address": found.full_url}
            return
        with transaction.atomic():
            policy = found or self._draft()
        yield _("1. %(name)s drafted the policy and its interpretation from files") % {
            "name": self._name(self.staff.drafter)
        }
        with transaction.atomic():
            self.desk.submit(policy, self.staff.drafter)
        yield _("2. submitted: policy and interpretation travel as one")
        self.desk.approve(policy, self.staff.head, opinion="政策与解读内容一致，同意。")
        yield _("3. department review: %(name)s approved") % {"name": self._name(self.staff.head)}
        self.desk.settle(policy)
        self.desk.approve(
            policy,
            self.desk.reviewer,
            opinion="经审查，不涉密，附件为补贴标准，无个人信息，同意公开。",
            answers=self.desk.answers(policy),
        )
        yield _("4. confidentiality review: %(name)s approved") % {
            "name": self._name(self.desk.reviewer)
        }
        self.desk.approve(policy, self.desk.signatory, opinion="同意，与解读同步公开。")
        yield _("5. sign-off: %(name)s signed; both went public at once") % {
            "name": self._name(self.desk.signatory)
        }
        policy = PolicyPage.objects.get(pk=policy.pk)
        yield _("6. published as %(number)s at %(address)s") % {
            "number": policy.index_number,
            "address": policy.full_url,
        }
        yield self._find(policy)

    def _draft(self) -> PolicyPage:
        about, drafter = self.about, self.staff.drafter
        told = about["interpretation"]
        attachments = [
            store(row["title"], row["file"], (FILES / row["file"]).read_bytes(), drafter)
            for row in about["attachment"]
        ]
        with (
            (FILES / about["policy"]["file"]).open("rb") as policy,
            (FILES / told["file"]).open("rb") as interpretation,
        ):
            files = PolicyFiles(
                policy=policy,
                interpretation=interpretation,
                attachments=attachments,
                item=Item.objects.get(key=about["item"]),
                facts={
                    "genre": about["genre"],
                    "topic": about["topic"],
                    "is_normative": about["normative"],
                    "effective_on": about["effective_on"],
                    "expires_on": about["expires_on"],
                    "replaces_text": about["replaces"],
                    "keywords": " ".join(about["keywords"]),
                    "summary": about["summary"],
                },
                interpretation_facts={
                    "interpretation_form": told["form"],
                    "summary": told["summary"],
                    "keywords": " ".join(about["keywords"]),
                },
            )
            return draft_policy(files, drafter, Organ.objects.get(code=about["drafted_by"]))

    def _find(self, policy: PolicyPage) -> str:
        # The demo walks through the public's own door.
        from django.test import Client

        started = timezone.now()
        response = Client(HTTP_HOST="localhost").get("/search/", {"q": "居家养老服务补贴"})
        took = (timezone.now() - started).total_seconds() * 1000
        found = policy.title in response.content.decode().replace("<mark>", "").replace(
            "</mark>", ""
        )
        if not found:
            raise RuntimeError(_("The public search does not find the policy."))
        return _("7. the public search finds it (%(ms)d ms)") % {"ms": took}

    def _name(self, user: Any) -> str:
        return f"{user.last_name}{user.first_name}"
