"""Take over a masked version: the texts in a new draft, the files as new documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from workflows import scanning
from workflows.audit import record
from workflows.audit_actions import AuditAction
from workflows.contents import FileSlot, TableSlot, slots_of
from workflows.copies import file_type, read_upload
from workflows.drafts import latest_draft
from workflows.enums import Extent, FindingKind, Ground, Outcome
from workflows.mask_preview import texts_masked
from workflows.mask_rules import MASK_RULES, Masking
from workflows.models import Settlement
from workflows.models.names import display_name
from workflows.rules import SubmissionRefused, failures
from workflows.scanning.words import wording
from workflows.settling import findings_in, latest_scans

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from workflows.models import Finding, GatedPageMixin

File = tuple[str, int]


class AcceptMaskAction:
    """Mask the findings with these keys in the draft of `page` and of what travels with it.

    The uploads stay as they were, with the desk; no public page will use them any more.
    """

    def __init__(self, page: GatedPageMixin, keys: Iterable[int], user: User) -> None:
        self.page = page
        self.keys = list(keys)
        self.user = user
        self.masked_files: dict[File, bytes] = {}

    def check(self) -> list[Finding]:
        """The findings to mask; raise SubmissionRefused with every reason."""
        scans = latest_scans(self.page)
        findings = list(findings_in(scans).filter(pk__in=self.keys).select_related("scan__page"))
        if sentences := failures(MASK_RULES, Masking(self.page, scans, findings, self.user)):
            raise SubmissionRefused(sentences, self.page, self.user)
        return findings

    def prepare(self) -> None:
        """Make the masked files, each in a process of its own; outside of any transaction.

        Raises SubmissionRefused where a file holds what cannot be taken out of it.
        """
        by_file: dict[File, list[Finding]] = {}
        for finding in self.check():
            if finding.file_id is not None:
                by_file.setdefault((finding.file_type, finding.file_id), []).append(finding)
        for page in self._drafts():
            for slot in slots_of(page):
                if isinstance(slot, FileSlot):
                    file = (file_type(slot.file), slot.file.pk)
                    if file in by_file and file not in self.masked_files:
                        self.masked_files[file] = self._masked(slot.file, by_file[file])

    def _drafts(self) -> list[GatedPageMixin]:
        return [latest_draft(scan.page) for scan in latest_scans(self.page) if scan.page]

    def _masked(self, used: Any, findings: list[Finding]) -> bytes:
        try:
            return masked_file(used, findings)
        except scanning.Unreadable as failure:
            said = wording()["unreadable"][failure.reason].format(**failure.values)
            raise SubmissionRefused([f"{used.title}：{said}"], self.page, self.user) from failure

    @transaction.atomic
    def execute(self) -> int:
        """Returns how many findings were masked."""
        findings = self.check()
        for page in self._drafts():
            own = [f for f in findings if f.scan.page_id == page.pk]
            if own:
                self._write(page, own)
        now = timezone.now()
        Settlement.objects.bulk_create(
            Settlement(
                finding=finding,
                outcome=Outcome.MASKED,
                user=self.user,
                user_name=display_name(self.user),
                at=now,
            )
            for finding in findings
        )
        record(
            AuditAction.MASK_ACCEPTED,
            self.page,
            actor=self.user,
            details={"findings": [finding.pk for finding in findings]},
        )
        return len(findings)

    def _write(self, page: GatedPageMixin, findings: list[Finding]) -> None:
        changes = list(texts_masked(page, findings))
        # The slots of one instance write into it; these are the ones the texts came from.
        for slot, inner, _text, masked in changes:
            if isinstance(slot, TableSlot):
                row, column = (int(part) for part in inner.split("."))
                slot.put(row, column, masked)
            else:
                slot.put(masked)
        new: dict[File, Any] = {}
        for slot in slots_of(page):
            if isinstance(slot, FileSlot):
                file = (file_type(slot.file), slot.file.pk)
                if file in self.masked_files:
                    if file not in new:
                        new[file] = self._document(slot.file, self.masked_files[file])
                    slot.put(new[file])
        if page.extent == Extent.FULL:
            page.extent = Extent.REDACTED
            page.ground = page.ground or Ground.PERSONAL_PRIVACY
            kinds = dict.fromkeys(str(FindingKind(f.kind).label) for f in findings)
            page.withheld = page.withheld or _("Masked: %(kinds)s") % {"kinds": "、".join(kinds)}
        page.save_revision(user=self.user, log_action=True)

    def _document(self, used: Any, content: bytes) -> Any:
        document = type(used)(
            title=used.title, collection=used.collection, uploaded_by_user=self.user
        )
        document.file.save(used.file.name.rpartition("/")[2], ContentFile(content), save=False)
        document.file_size = len(content)
        document.save()
        return document


def masked_file(used: Any, findings: Iterable[Finding]) -> bytes:
    """A version of an upload without the characters of these findings. Raises Unreadable."""
    name = used.file.name.rpartition("/")[2]
    told = [
        scanning.Finding(
            file=name,
            place=finding.inner_place,
            kind=scanning.Kind(finding.kind),
            severity=scanning.Severity(finding.severity),
            rule=finding.rule,
            excerpt=finding.excerpt,
            start=finding.start,
            end=finding.end,
            message=finding.message,
        )
        for finding in findings
    ]
    return scanning.mask_file(read_upload(used) or b"", name, told)
