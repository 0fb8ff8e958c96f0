"""Which files the pages of entries have, and whose text the worker has yet to read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import PurePosixPath

from django.db import transaction
from django_q.tasks import async_task

from cms.models import Attachment
from search.models import AttachedFile, Entry, FileText

READ_ENDINGS = frozenset({".pdf", ".docx", ".xlsx", ".pptx", ".txt", ".csv"})
TASK = "search.reading.read_file"


def attach(rows: Sequence[tuple[Entry, list[Attachment]]]) -> None:
    """Note which files the pages of saved entries have, and let the worker read the new ones.

    The number of queries does not grow with the entries.
    """
    pairs = [
        (entry, file, digest)
        for entry, files in rows
        for file in dict.fromkeys(files)
        if (digest := _digest(file))
    ]
    _expect({digest for _entry, _file, digest in pairs})
    AttachedFile.objects.filter(entry__in=[entry.pk for entry, _files in rows]).delete()
    AttachedFile.objects.bulk_create(
        AttachedFile(entry=entry, attachment=file, content_id=digest)
        for entry, file, digest in pairs
    )


def read_later(digests: Iterable[str]) -> None:
    """One task for each file, so that one that is slow keeps no other waiting."""
    for digest in digests:
        async_task(TASK, digest, task_name=f"read file {digest[:12]}")


def forget_unused() -> int:
    """Remove the texts of files that no public page has; returns how many."""
    return FileText.objects.filter(attached=None).delete()[0]


def _expect(digests: set[str]) -> None:
    known = FileText.objects.filter(digest__in=digests).values_list("digest", flat=True)
    if new := sorted(digests - set(known)):
        FileText.objects.bulk_create(
            [FileText(digest=digest) for digest in new], ignore_conflicts=True
        )
        # A task that gets lost is made up for at night: the row still says that it waits.
        transaction.on_commit(partial(read_later, new), robust=True)


def _digest(file: Attachment) -> str:
    """The hash of a file whose text can be read; "" for every other."""
    if PurePosixPath(file.file.name).suffix.lower() not in READ_ENDINGS:
        return ""
    try:
        return file.get_file_hash()
    except OSError:
        return ""
