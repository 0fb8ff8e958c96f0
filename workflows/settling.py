"""The findings of a submission as they stand now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflows.models.findings import Finding, Scan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workflows.models.findings import FindingQuerySet
    from workflows.models.gated import GatedPageMixin
    from workflows.models.submissions import Submission


def current_scans(submission: Submission) -> list[Scan]:
    """The latest scan of each page of `submission`."""
    newest: dict[int | None, Scan] = {}
    for scan in Scan.objects.filter(submission=submission).order_by("pk"):
        newest[scan.page_id] = scan
    return list(newest.values())


def latest_scans(page: GatedPageMixin) -> list[Scan]:
    """The latest scan, of whatever occasion, of `page` and of what travels with it."""
    keys = [page.pk, *(companion.pk for companion in page.companions())]
    newest: dict[int | None, Scan] = {}
    for scan in Scan.objects.filter(page__in=keys).select_related("page").order_by("pk"):
        newest[scan.page_id] = scan
    return [newest[key] for key in keys if key in newest]


def findings_in(scans: Iterable[Scan]) -> FindingQuerySet:
    """What these scans found, in the order of the pages, each with its state."""
    keys = [scan.pk for scan in scans]
    return (
        Finding.objects.filter(scan__in=keys)
        .select_related("scan")
        .with_state()
        .order_by("scan", "pk")
    )


def findings_of(submission: Submission) -> FindingQuerySet:
    return findings_in(current_scans(submission))
