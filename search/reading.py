"""Reads the texts of attachments, each content once, so that pages are found by them.

Only files of public pages are read, each in a process of its own with limits
(workflows.scanning.isolation), so that no file can take the worker down or keep it busy.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from django.db import transaction
from django.utils.translation import gettext as _

from cms.models import Attachment
from search import entries
from search.models import AttachedFile, FileText, TextState
from search.streams import LONGEST_TEXT
from workflows.copies import public_copy
from workflows.scanning import FileWords, Limits, extract_text

LIMITS = Limits(
    seconds=30.0,
    memory=800_000_000,
    input=50_000_000,
    unpacked=200_000_000,
    entries=5_000,
    depth=1,
)


def read_file(digest: str) -> str:
    """For the worker: read the file of this content and refresh the pages that have it.

    May run any number of times. Returns the state, or "unused" when no public page has the file.
    """
    used = AttachedFile.objects.filter(content=digest)
    first = used.select_related("attachment").first()
    if first is None:
        return "unused"
    words = _words_of(first.attachment)
    state = TextState.DONE if words.text else TextState.FAILED
    reason = words.problem or ("" if words.text else _("There are no words in the file."))
    with transaction.atomic():
        FileText.objects.filter(digest=digest).update(
            state=state, text=words.text, reason=reason[:200]
        )
        for ids in entries.batches(used.order_by("entry").values_list("entry", flat=True)):
            entries.sync_pages(ids)
    return str(state)


def _words_of(file: Attachment) -> FileWords:
    # What the public gets, never the upload: that may hold what cleaning took away.
    copy = public_copy(file)
    if copy is None:
        return FileWords(problem=_("The file has no public copy."))
    try:
        if copy.size > LIMITS.input:
            size = LIMITS.input // 1_000_000
            return FileWords(problem=_("The file has more than %(size)s MB.") % {"size": size})
        with copy.file.open("rb") as opened:
            data = opened.read()
    except OSError:
        return FileWords(problem=_("The file is not where it should be."))
    name = PurePosixPath(file.file.name).name
    words = extract_text(data, name, limits=LIMITS, most=LONGEST_TEXT)
    # Halves of characters and null characters cannot be stored.
    text = words.text.encode(errors="ignore").decode().replace("\0", "").strip()
    return FileWords(text, words.problem)
