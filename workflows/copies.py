"""Making and finding the cleaned copies that the public gets in place of uploads."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone

from workflows.scanning import Examined

if TYPE_CHECKING:
    from workflows.models import PublicCopy

#: Reasons for which a file could not be read that a person can make up for by reading it.
READ_BY_HAND = frozenset(
    {
        "picture_only",
        "picture_pages",
        "font",
        "old_office",
        "video",
        "sound",
        "format",
        "cannot_clean",
    }
)


def file_type(used: models.Model) -> str:
    return used._meta.label_lower


def read_upload(used: Any) -> bytes | None:
    """The bytes as they were uploaded; None where the storage has lost them."""
    try:
        with used.file.open("rb") as stream:
            content: bytes = stream.read()
    except FileNotFoundError:
        return None
    return content


def public_copy(used: models.Model) -> PublicCopy | None:
    """The newest copy of an attachment or picture, or None where none was made yet."""
    from workflows.models import PublicCopy

    return PublicCopy.objects.filter(file_type=file_type(used), file_id=used.pk).first()


def keep_copy(used: Any, upload: bytes, seen: Examined) -> PublicCopy | None:
    """Keep what the public gets of this upload; None where nothing of it may be public.

    The upload itself serves where its format cannot be cleaned but a person can read it.
    """
    from workflows.models import PublicCopy

    content, cleaned = seen.copy, seen.copy is not None
    if content is None:
        reasons = {f.rule.partition(".")[2] for f in seen.findings if f.kind == "unreadable"}
        if not reasons <= READ_BY_HAND:
            return None
        content = upload
    source_hash = hashlib.sha256(upload).hexdigest()
    known = PublicCopy.objects.filter(
        file_type=file_type(used), file_id=used.pk, source_hash=source_hash
    ).first()
    if known is not None:
        return known
    copy = PublicCopy(
        file_type=file_type(used),
        file_id=used.pk,
        source_hash=source_hash,
        hash=hashlib.sha256(content).hexdigest(),
        size=len(content),
        cleaned=cleaned,
        made_at=timezone.now(),
    )
    copy.file.save(used.file.name, ContentFile(content), save=False)
    copy.save()
    return copy
