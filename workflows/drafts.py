"""The pages of a submission as they are drafted now, and everyone who had a hand in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from wagtail.models import Page, Revision

from workflows.digest import submitted_digest
from workflows.enums import ClearanceStatus

if TYPE_CHECKING:
    from workflows.models.gated import GatedPageMixin
    from workflows.models.submissions import Submission


def latest_draft(page: Page) -> GatedPageMixin:
    """The content that would be published: the latest revision, as an unsaved instance."""
    specific = page.specific
    return cast("GatedPageMixin", specific.get_latest_revision_as_object())


def drafted_pages(submission: Submission) -> list[GatedPageMixin]:
    """The submission's pages, lead first, each as its latest revision has it."""
    rows = submission.pages.select_related("page")
    return [latest_draft(row.page) for row in rows if row.page is not None]


def digests_now(submission: Submission) -> list[str]:
    return [submitted_digest(page) for page in drafted_pages(submission)]


def authors_of(submission: Submission) -> set[int]:
    """Everyone who drafted or edited any of the pages since it was last cleared.

    What was noted at submission stands, so that purging revisions frees nobody to review.
    """
    authors = set(submission.authors.values_list("pk", flat=True))
    if submission.submitted_by_id:
        authors.add(submission.submitted_by_id)
    for row in submission.pages.select_related("page"):
        if row.page is not None:
            authors |= editors_since_clearance(row.page)
    return authors


def editors_since_clearance(page: Page) -> set[int]:
    """Keys of the users with a revision of `page` since its last publication, and of its owner."""
    from workflows.models import Clearance

    revisions = Revision.objects.for_instance(page)
    applied = Clearance.objects.filter(page=page, status=ClearanceStatus.APPLIED).first()
    if applied is not None:
        revisions = revisions.filter(created_at__gt=applied.applied_at)
    editors = set(revisions.exclude(user=None).values_list("user_id", flat=True))
    if applied is None and page.owner_id:
        editors.add(page.owner_id)
    return editors
