"""Begin a policy and its interpretation from the files a department has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from catalogue_standards.models import Item, Organ
from cms.enums import InterpretationForm
from cms.languages import OWN
from cms.models import Attachment, InterpretationPage, PolicyIndexPage, PolicyPage
from cms.readers.policy_docx import read_policy
from cms.readers.reading import PolicyReading
from cms.readers.stream import stream_blocks
from workflows.enums import Determination

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from wagtail.models import Page

    from cms.models import PublishedPiece


@dataclass(frozen=True)
class PolicyFiles:
    """What a department hands over; `facts` are fields that no file states."""

    policy: BinaryIO
    interpretation: BinaryIO | None = None
    attachments: Iterable[Attachment] = ()
    item: Item | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    interpretation_facts: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def draft_policy(files: PolicyFiles, drafter: User, own: Organ) -> PolicyPage:
    """The new draft, with its interpretation below it where a file for one was given.

    Raises PolicyUnreadable, whose text says what to do, before anything is written.
    """
    reading = read_policy(files.policy)
    told = read_policy(files.interpretation) if files.interpretation else None
    policy = PolicyPage(
        title=reading.title or "",
        slug="",
        organ=_organ(reading, own),
        item=files.item,
        document_number=reading.document_number or "",
        written_on=reading.written,
        body=stream_blocks(reading, files.attachments),
        **files.facts,
    )
    save_draft(PolicyIndexPage.objects.get(locale__language_code=OWN), policy, drafter)
    if told is not None:
        page = InterpretationPage(
            title=told.title or "",
            slug="",
            organ=own,
            written_on=policy.written_on,
            body=stream_blocks(told, ()),
            **{"interpretation_form": InterpretationForm.TEXT} | files.interpretation_facts,
        )
        save_draft(policy, page, drafter)
    return policy


def save_draft(parent: Page, page: PublishedPiece, drafter: User) -> None:
    """Add `page` below `parent` as a draft of `drafter`."""
    page.live = False
    page.owner = drafter
    page.determination = page.determination or Determination.PROACTIVE
    parent.add_child(instance=page)
    page.save_revision(user=drafter, log_action=True, clean=False)


def store_attachment(upload: UploadedFile, drafter: User) -> Attachment:
    """Keep an uploaded file; raises ValidationError for a type that may not be attached."""
    attachment = Attachment(
        title=(upload.name or "").rpartition(".")[0],
        file=upload,
        file_size=upload.size,
        uploaded_by_user=drafter,
    )
    attachment.full_clean()
    attachment.save()
    return attachment


def _organ(reading: PolicyReading, own: Organ) -> Organ:
    """The organ the document names, if it is one that others may draft for; else the drafter's."""
    if reading.organ:
        named = Organ.objects.in_use().filter(name=reading.organ, commissions_drafts=True).first()
        if named is not None:
            return named
    return own
