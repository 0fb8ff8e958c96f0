"""What of a submitted page differs from what was public, or was submitted, before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from django.db import models
from django.utils.translation import gettext as _
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Revision

from workflows.comparing import Mark, Row, compare
from workflows.digest import HOUSEKEEPING, submitted_digest
from workflows.enums import Against, SubmissionStatus
from workflows.models import SubmittedPage
from workflows.passages import files_in, passages_of

if TYPE_CHECKING:
    from datetime import datetime

    from workflows.models import GatedPageMixin, Submission


class Earlier(NamedTuple):
    """An earlier version of a page; `at` is when it was cleared or submitted."""

    against: Against
    page: GatedPageMixin
    at: datetime | None


class FieldChange(NamedTuple):
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """`rows` are the paragraphs of the text, as comparing.compare gives them."""

    earlier: Earlier
    fields: list[FieldChange]
    rows: list[Row]
    files_added: list[str]
    files_removed: list[str]

    @property
    def added(self) -> int:
        return self._rows(Mark.ADDED) + len(self.files_added)

    @property
    def removed(self) -> int:
        return self._rows(Mark.REMOVED) + len(self.files_removed)

    @property
    def changed(self) -> int:
        return self._rows(Mark.CHANGED) + len(self.fields)

    @property
    def differs(self) -> bool:
        return bool(self.added or self.removed or self.changed)

    @property
    def total(self) -> int:
        """How many paragraphs are marked."""
        return len(self.rows) - self._rows(Mark.KEPT)

    def _rows(self, mark: Mark) -> int:
        return sum(row.mark == mark for row in self.rows)


def earlier_versions(submission: Submission, page: GatedPageMixin) -> list[Earlier]:
    """What `page` can be compared with: what is public of it, and what was submitted before."""
    found = []
    if page.live:
        # What stands in the row is what was cleared: the gate lets nothing else be live.
        row = cast("GatedPageMixin", page.specific_class._default_manager.get(pk=page.pk))
        found.append(Earlier(Against.PUBLIC, row, row.last_published_at))
    if (before := _submitted_before(submission, page)) is not None:
        found.append(before)
    return found


def _submitted_before(submission: Submission, page: GatedPageMixin) -> Earlier | None:
    rows = SubmittedPage.objects.filter(
        page_id=page.pk, submission__submitted_at__lt=submission.submitted_at
    )
    last = rows.select_related("submission").order_by("-submission__submitted_at").first()
    if last is None or last.submission.status == SubmissionStatus.CLEARED:
        return None
    revisions = Revision.objects.for_instance(page).order_by("-created_at", "-pk")
    kept = revisions.filter(created_at__lte=last.submission.submitted_at).first()
    if kept is None:
        return None
    version = cast("GatedPageMixin", kept.as_object())
    # Revisions may have been purged since: only what was truly submitted is compared with.
    if submitted_digest(version) != last.digest:
        return None
    return Earlier(Against.SUBMITTED, version, last.submission.submitted_at)


def difference(earlier: Earlier, page: GatedPageMixin) -> Difference:
    old, new = files_in(earlier.page), files_in(page)
    return Difference(
        earlier,
        list(_field_changes(earlier.page, page)),
        compare(_text(earlier.page), _text(page)),
        [name for key, name in new.items() if key not in old],
        [name for key, name in old.items() if key not in new],
    )


def _text(page: GatedPageMixin) -> list[str]:
    return [each.text for each in passages_of(page) if each.is_text]


def _field_changes(old: GatedPageMixin, new: GatedPageMixin) -> Iterator[FieldChange]:
    skipped = HOUSEKEEPING | new.system_fields
    for field in new._meta.concrete_fields:
        if field.name in skipped or isinstance(field, StreamField | RichTextField):
            continue
        before, after = _shown(old, field), _shown(new, field)
        if before != after:
            yield FieldChange(str(field.verbose_name), before, after)


def _shown(page: Any, field: models.Field[Any, Any]) -> str:
    if field.choices:
        return str(getattr(page, f"get_{field.name}_display")())
    value = getattr(page, field.name)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return "" if value is None else str(value)
