"""The review screen's second view of a page: its passages, what changed, and comments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workflows.digest import submitted_digest
from workflows.drafts import authors_of, latest_draft
from workflows.enums import CommentState, SubmissionStatus
from workflows.models import PassageComment
from workflows.sheet import sheet_of
from workflows.versions import difference, earlier_versions

if TYPE_CHECKING:
    from workflows.models import Submission, SubmittedPage

#: In place of a version to compare with: the text alone.
PLAIN = "nothing"


def reading_context(
    submission: Submission, row: SubmittedPage, against: str, user: Any
) -> dict[str, Any]:
    """Keys `page`, `sheet`, `difference` (None where there is nothing to compare with), `versions`
    and what this person may do. `against` is a value of Against, PLAIN, or "" for the first."""
    assert row.page is not None
    draft = latest_draft(row.page)
    versions = earlier_versions(submission, draft)
    chosen = next((each for each in versions if each.against == against), None)
    if chosen is None and against != PLAIN:
        chosen = next(iter(versions), None)
    told = difference(chosen, draft) if chosen else None
    cleared = submission.status == SubmissionStatus.CLEARED
    return {
        "page": draft,
        "versions": versions,
        "difference": told,
        "sheet": sheet_of(draft, submission, told),
        "edited_since": not cleared and submitted_digest(draft) != row.digest,
        "may_answer": not cleared and user.pk in authors_of(submission),
        "states": CommentState.choices,
    }


def comments_in(submission: Submission) -> dict[int | None, int]:
    """How many comments each page of `submission` got in it."""
    keys = PassageComment.objects.filter(submission=submission).values_list("page", flat=True)
    pages = list(keys)
    return {page: pages.count(page) for page in set(pages)}
