"""The text of a submitted page as reviewers read it: passage by passage, with changes marked and
comments beside what they are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Max

from workflows.comparing import Mark, Row, Segment
from workflows.enums import ClearanceStatus
from workflows.models import Clearance, PassageComment
from workflows.passages import Passage, passages_of, place_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from workflows.models import GatedPageMixin, Submission
    from workflows.versions import Difference


@dataclass
class Line:
    """One passage, or one that is gone; `number` counts the passages of the new version."""

    mark: Mark
    segments: tuple[Segment, ...]
    number: int | None = None
    label: str = ""
    change: int | None = None
    comments: list[PassageComment] = field(default_factory=list)


@dataclass(frozen=True)
class Sheet:
    """`lines` in reading order; `lost` are comments whose passage is no longer there."""

    lines: list[Line]
    lost: list[PassageComment]
    unanswered: int


def sheet_of(
    page: GatedPageMixin, submission: Submission, difference: Difference | None = None
) -> Sheet:
    """`page` as this instance holds it, with the comments made on the way to `submission`."""
    passages = passages_of(page)
    lines = list(_lines(passages, difference.rows if difference else None))
    by_number = {line.number: line for line in lines if line.number is not None}
    lost: list[PassageComment] = []
    unanswered = 0
    for comment in comments_on(page, submission.submitted_at):
        place = place_of(comment.field, comment.quote, passages)
        (lost if place is None else by_number[place].comments).append(comment)
        unanswered += not comment.answers.all()
    return Sheet(lines, lost, unanswered)


def comments_on(page: GatedPageMixin, by: datetime | None = None) -> QuerySet[PassageComment]:
    """What was remarked on `page` since it was last cleared, in submissions up to `by`."""
    cleared = Clearance.objects.filter(page_id=page.pk).exclude(status=ClearanceStatus.GRANTED)
    comments = PassageComment.objects.filter(page_id=page.pk)
    if by is not None:
        cleared = cleared.filter(granted_at__lt=by)
        comments = comments.filter(submission__submitted_at__lte=by)
    if since := cleared.aggregate(last=Max("granted_at"))["last"]:
        comments = comments.filter(submission__submitted_at__gt=since)
    return comments.select_related("submission").prefetch_related("answers")


def _lines(passages: list[Passage], rows: Iterable[Row] | None) -> Iterator[Line]:
    numbered = list(enumerate(passages))
    yield from (_kept(n, each) for n, each in numbered if not (each.is_text or each.is_file))
    text = [(n, each) for n, each in numbered if each.is_text]
    yield from _marked(text, rows) if rows is not None else (_kept(n, each) for n, each in text)
    yield from (_kept(n, each) for n, each in numbered if each.is_file)


def _kept(number: int, passage: Passage) -> Line:
    label = "" if passage.is_text else passage.where
    return Line(Mark.KEPT, (Segment(Mark.KEPT, passage.text),), number, label)


def _marked(text: list[tuple[int, Passage]], rows: Iterable[Row]) -> Iterator[Line]:
    """The rows of a comparison follow the passages of the new version in their order."""
    waiting, changes = iter(text), 0
    for row in rows:
        changes += row.mark != Mark.KEPT
        number = next(waiting)[0] if row.new else None
        yield Line(
            row.mark, row.segments, number, change=changes if row.mark != Mark.KEPT else None
        )
