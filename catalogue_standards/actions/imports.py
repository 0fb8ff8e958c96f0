"""Bring a catalogue file into a draft: begin, read, correct, see what it changes, apply."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import IO, TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from catalogue_standards.actions.base import EditionRefused
from catalogue_standards.actions.cells import held_draft
from catalogue_standards.cells import ItemCells, item_cells
from catalogue_standards.diff import EditionDiff, diff_within
from catalogue_standards.edition_rules import EDIT_RULES, Acting
from catalogue_standards.enums import ImportState
from catalogue_standards.files import CatalogueFileError, read_catalogue
from catalogue_standards.files.applying import Applied, NotApplicable, apply_matching
from catalogue_standards.files.corrections import (
    Corrected,
    Corrections,
    act_key,
    as_kept,
    corrected,
    explain,
)
from catalogue_standards.files.keeping import kept, restored
from catalogue_standards.files.matching import Matching, match
from catalogue_standards.files.opening import checked_content
from catalogue_standards.files.register import Register
from catalogue_standards.files.spellings import remember_spellings
from catalogue_standards.files.unknowns import add_bases, add_channels, add_domains
from catalogue_standards.history import shown_name
from catalogue_standards.models import Edition, EditionDomain, EditionItem, ImportRun
from catalogue_standards.rules import failures

if TYPE_CHECKING:
    from django.contrib.auth.models import User

TASK = "catalogue_standards.tasks.read_catalogue_file"
AT_ONCE = 200_000  # bytes; a larger file is read by the worker


class ImportRefused(EditionRefused):
    """The file cannot be brought into the draft, or not by this person, or not now."""


class ImportMoved(ImportRefused):
    """The draft or what was settled changed since the changes were shown."""


class BeginImportAction:
    """Take in a file. A small one is read at once, a larger one by the worker."""

    def __init__(
        self, edition: Edition, file: IO[bytes], name: str, user: User | None, domain: str = ""
    ) -> None:
        self.edition = edition
        self.file = file
        self.name = name
        self.user = user
        self.domain = domain

    @transaction.atomic
    def execute(self) -> ImportRun:
        """Raises ImportRefused, and CatalogueFileError for a file that cannot be read."""
        if sentences := failures(EDIT_RULES, Acting(self.edition, self.user)):
            raise ImportRefused(sentences)
        content = checked_content(self.file, self.name)
        run = ImportRun(
            edition=self.edition,
            file_name=self.name[-255:],
            domain=self.domain,
            content=content,
            user=self.user,
            user_name=shown_name(self.user),
        )
        if len(content) <= AT_ONCE:
            _read(run, lambda number: None)
        run.save()
        if run.state == ImportState.WAITING:
            read_later(run)
        return run


def read_later(run: ImportRun) -> None:
    """Hand the file to the worker; harmless when it has been read meanwhile."""
    transaction.on_commit(lambda: async_task(TASK, run.pk, task_name=f"import {run.pk}"))


def read_import(pk: int) -> bool:
    """Read a file that waits, telling how far it is; False when it has been read already."""
    run = ImportRun.objects.filter(pk=pk, state=ImportState.WAITING).first()
    if run is None:
        return False

    def progress(number: int) -> None:
        ImportRun.objects.filter(pk=pk).update(progress=number)

    try:
        _read(run, progress)
    except CatalogueFileError as error:
        run.state, run.content = ImportState.FAILED, None
        run.failure = _(error.message) % error.params
    run.save()
    return True


def _read(run: ImportRun, progress: Callable[[int], None]) -> None:
    read = 0

    def count(table: str, number: int) -> None:
        nonlocal read
        read += number
        progress(read)

    names = EditionDomain.objects.values_list("name", flat=True).distinct()
    reading = read_catalogue(
        bytes(run.content or b""),
        run.file_name,
        domains=list(names),
        domain=run.domain,
        progress=count,
    )
    run.reading, run.state, run.content = kept(reading), ImportState.READ, None
    run.progress = len(reading.rows)


@dataclass
class Understood:
    """A file as read and corrected, matched with what the county has now."""

    run: ImportRun

    @cached_property
    def corrections(self) -> Corrections:
        return Corrections(**self.run.decisions)

    @cached_property
    def corrected(self) -> Corrected:
        return corrected(restored(self.run.reading or {}), self.corrections)

    @cached_property
    def matching(self) -> Matching:
        register = explain(Register.load(self.run.edition), self.corrections)
        return match(self.corrected.reading, register)

    def open_names(self, kind: str) -> dict[str, int]:
        """The names of a kind that the county does not have, with how often they occur."""
        counts: dict[str, int] = {}
        for problem in self.matching.problems:
            if problem.kind == f"unknown-{kind}":
                name = problem.params["name"]
                key = act_key(name) if kind == "basis" else name
                counts[key] = counts.get(key, 0) + 1
        return counts

    @cached_property
    def blocking(self) -> int:
        """How many problems keep the file from being applied; names to be entered as new do not."""
        return sum(
            problem.blocking and not self.is_accepted(problem) for problem in self.matching.problems
        )

    def is_accepted(self, problem: Any) -> bool:
        """Whether the problem is a name that is to be entered as new."""
        kind = problem.kind.removeprefix("unknown-")
        if kind == problem.kind:
            return False
        name = problem.params["name"]
        return (act_key(name) if kind == "basis" else name) in self.corrections.accepted(kind)


@transaction.atomic
def settle(run: ImportRun, user: User | None, change: Callable[[Corrections], None]) -> ImportRun:
    """Change what is settled about a file; two people at it come one after another."""
    held_draft(run.edition, user)
    run = ImportRun.objects.select_for_update().select_related("edition").get(pk=run.pk)
    if run.state != ImportState.READ:
        raise ImportRefused([_why_not_open(run)])
    corrections = Corrections(**run.decisions)
    change(corrections)
    run.decisions = as_kept(corrections)
    run.save(update_fields=["decisions"])
    return run


@dataclass(frozen=True)
class Rehearsal:
    """What applying a file would do, and a digest by which to know it again."""

    applied: Applied
    diff: EditionDiff
    digest: str


class ApplyImportAction:
    """Make the draft say what the file says. `seen` is the digest of what was shown."""

    def __init__(self, run: ImportRun, user: User | None, seen: str = "") -> None:
        self.run = run
        self.user = user
        self.seen = seen

    @transaction.atomic
    def rehearse(self) -> Rehearsal:
        """What would change; nothing is kept. Raises ImportRefused when it cannot be applied."""
        with transaction.atomic():
            result = self._write()
            transaction.set_rollback(True)
        return result

    @transaction.atomic
    def execute(self) -> Rehearsal:
        """Apply in one transaction. Raises ImportRefused, and ImportMoved when to look again."""
        result = self._write()
        if result.digest != self.seen:
            raise ImportMoved(
                [_("The draft changed meanwhile. This is what would change now: check it again.")]
            )
        remember_spellings(Corrections(**self.run.decisions))
        self.run.state = ImportState.APPLIED
        self.run.applied = dict(vars(result.applied))
        self.run.applied_at = timezone.now()
        self.run.applied_by = shown_name(self.user)
        self.run.save()
        return result

    def _write(self) -> Rehearsal:
        edition = held_draft(self.run.edition, self.user)
        self.run = ImportRun.objects.select_for_update().get(pk=self.run.pk)
        if self.run.state != ImportState.READ:
            raise ImportRefused([_why_not_open(self.run)])
        before = item_cells(EditionItem.objects.filter(edition=edition))
        understood = Understood(self.run)
        _enter_accepted(edition, understood)
        matching = Understood(self.run).matching
        try:
            applied = apply_matching(edition, matching, self.user)
        except NotApplicable as error:
            raise ImportRefused(
                [
                    _("%(number)s problems must be solved first: correct the cells marked red.")
                    % {"number": len(matching.blocking)}
                ]
            ) from error
        after = item_cells(EditionItem.objects.filter(edition=edition))
        return Rehearsal(applied, diff_within(edition, before, after), _digest(before, after))


def _enter_accepted(edition: Edition, understood: Understood) -> None:
    accepted = understood.corrections.accepted
    unknown = understood.matching.unknown
    add_domains(edition, [name for name in unknown("domain") if name in accepted("domain")])
    add_bases(name for name in unknown("basis") if act_key(name) in accepted("basis"))
    add_channels(name for name in unknown("channel") if name in accepted("channel"))


def _digest(before: list[ItemCells], after: list[ItemCells]) -> str:
    """New items are known by what they say: each rehearsal gives them other numbers."""
    there = {row.item_id for row in before}
    rows = [
        [
            (row.item_id if row.item_id in there else 0, row.domain_name, sorted(row.cells.items()))
            for row in rows
        ]
        for rows in (before, after)
    ]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def _why_not_open(run: ImportRun) -> str:
    if run.state == ImportState.APPLIED:
        return _("%(name)s applied this file already. Begin another import to change more.") % {
            "name": run.applied_by or _("Someone else")
        }
    return _("The file has not been read: wait, or choose another file.")
