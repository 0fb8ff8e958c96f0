"""Findings as people read them: together by place and kind, open ones first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from workflows.copies import READ_BY_HAND
from workflows.enums import FindingKind, Outcome, Role
from workflows.models import has_role
from workflows.scanning import Kind, is_maskable

if TYPE_CHECKING:
    from workflows.models import Finding

_PERSONAL = re.compile(r"[^\W_]")
_ORDER = {"high": 0, "medium": 1, "low": 2}
#: The findings of one group that are shown, and settled, at a time.
SHOWN = 50


@dataclass
class Group:
    """What one place holds of one kind; `rows` are its first findings, open ones first."""

    page_id: int | None
    where: str
    kind: str
    findings: list[Finding] = field(default_factory=list)

    @property
    def rows(self) -> list[Finding]:
        return sorted(self.findings, key=lambda finding: not is_open(finding))[:SHOWN]

    @property
    def hidden_rows(self) -> int:
        return max(0, len(self.findings) - SHOWN)

    @property
    def open(self) -> int:
        return sum(1 for finding in self.findings if is_open(finding))

    @property
    def asked(self) -> int:
        return sum(1 for finding in self.findings if is_asked(finding))

    @property
    def label(self) -> str:
        return str(FindingKind(self.kind).label)

    @property
    def severity(self) -> str:
        return min((f.severity for f in self.findings), key=lambda severity: _ORDER[severity])

    @property
    def first(self) -> Finding:
        return self.findings[0]

    @property
    def message(self) -> str:
        return self.findings[0].message

    @property
    def is_file(self) -> bool:
        return self.findings[0].file_id is not None

    @property
    def cleaned_away(self) -> bool:
        return all(finding.cleaned_away for finding in self.findings)

    @property
    def maskable(self) -> bool:
        return is_maskable(Kind(self.kind)) and not self.cleaned_away

    @property
    def unreadable(self) -> bool:
        return self.kind == FindingKind.UNREADABLE

    @property
    def by_hand(self) -> bool:
        return all(f.rule.partition(".")[2] in READ_BY_HAND for f in self.findings)


def is_open(finding: Any) -> bool:
    """`finding` comes from with_state()."""
    return finding.outcome in (None, Outcome.REOPENED)


def is_asked(finding: Any) -> bool:
    """Whether the drafter still has to act on it."""
    return finding.outcome == Outcome.MASKED or (
        finding.outcome == Outcome.REMOVED and not finding.cleaned_away
    )


def grouped(findings: Iterable[Any]) -> list[Group]:
    """Groups with open findings first, then by severity."""
    groups: dict[tuple[Any, ...], Group] = {}
    for finding in findings:
        place = finding.where.rpartition(" · ")[0] if finding.inner_place else finding.where
        key = (finding.scan_id, finding.file_id or finding.field, finding.kind)
        if key not in groups:
            groups[key] = Group(finding.scan.page_id, place, finding.kind)
        groups[key].findings.append(finding)
    return sorted(groups.values(), key=lambda group: (not group.open, _ORDER[group.severity]))


def shade(findings: Iterable[Finding], user: Any) -> None:
    """Whoever only keeps watch over the review reads not even what a mask leaves open."""
    if has_role(user, Role.AUDITOR):
        for finding in findings:
            finding.excerpt = _PERSONAL.sub("*", finding.excerpt)
