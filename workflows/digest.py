"""The digest that a clearance covers: everything of a page that the public would see."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from workflows.copies import public_copy

if TYPE_CHECKING:
    from workflows.models.gated import GatedPageMixin

#: Where a page stands, who holds it and what the system stamps on it: not content.
HOUSEKEEPING = frozenset(
    [
        "pk",
        "id",
        "page_ptr",
        "path",
        "depth",
        "numchild",
        "url_path",
        "translation_key",
        "alias_of",
        "content_type",
        "live",
        "has_unpublished_changes",
        "first_published_at",
        "last_published_at",
        "live_revision",
        "go_live_at",
        "expire_at",
        "expired",
        "locked",
        "locked_at",
        "locked_by",
        "latest_revision",
        "latest_revision_created_at",
        "draft_title",
        "owner",
        "wagtail_admin_comments",
        "show_in_menus",
    ]
)


def content_digest(page: GatedPageMixin) -> str:
    """SHA-256, 64 hexadecimal digits, of what the public would get of `page` as this instance
    holds it (a draft or a live row): what a clearance covers.

    Covers every field and child row, the bytes of the cleaned copy of each file that is used, and
    the identity of the page that it explains.
    """
    return _digest(page, copy_digest)


def submitted_digest(page: GatedPageMixin) -> str:
    """The same of what was submitted: with the bytes of the uploads themselves."""
    return _digest(page, file_digest)


def _digest(page: GatedPageMixin, of_file: Callable[[Any], str]) -> str:
    content = {
        name: _public(value)
        for name, value in page.serializable_data().items()
        if name not in HOUSEKEEPING and name not in page.system_fields
    }
    described = {
        "type": page._meta.label_lower,
        "content": content,
        "files": sorted(_file_digests(page, of_file)),
    }
    if paired := page.paired_with():
        described["paired"] = paired
    text = json.dumps(described, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def identity(page: Page) -> str:
    """What stays the same of a page, in one language, whatever becomes of its content and place."""
    return f"{page.translation_key}/{page.locale_id}"


def combined_digest(pages: Iterable[tuple[str, str]]) -> str:
    """One digest for pages that are reviewed together, in their order: (identity, digest) of each."""
    lines = (f"{identity} {digest}" for identity, digest in pages)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _public(value: Any) -> Any:
    """The part of a serialised field that readers see, in one form however it was stored."""
    if isinstance(value, list):
        # A child row keeps its words but gets a new key when the draft is written out.
        return [
            {k: _public(v) for k, v in row.items() if k not in ("pk", "page")}
            if isinstance(row, dict)
            else row
            for row in value
        ]
    if isinstance(value, str) and value[:1] == "[":
        try:
            return _without_block_ids(json.loads(value))
        except ValueError:
            return value
    return value


def _without_block_ids(value: Any) -> Any:
    # Block ids are the editor's; a list block may be stored with them or without.
    if isinstance(value, list):
        return [_without_block_ids(part) for part in value]
    if not isinstance(value, dict):
        return value
    if value.keys() <= {"type", "value", "id"} and "value" in value:
        inner = _without_block_ids(value["value"])
        return inner if value.get("type") == "item" else [value.get("type"), inner]
    return {key: _without_block_ids(part) for key, part in value.items()}


def _file_digests(
    page: GatedPageMixin, of_file: Callable[[Any], str]
) -> Iterator[tuple[str, str, str]]:
    for used in files_of(page):
        yield type(used).__name__, str(used.pk), of_file(used)


def files_of(page: GatedPageMixin) -> Iterator[Any]:
    """Each document and picture that this instance of `page` uses, once."""
    found = list(ReferenceIndex._extract_references_from_object(page))
    for model in (get_document_model(), get_image_model()):
        wanted = ContentType.objects.get_for_model(model).pk
        keys = {key for content_type, key, _, _ in found if content_type == wanted}
        if keys:
            yield from model._default_manager.filter(pk__in=keys)


def file_digest(used: Any) -> str:
    """SHA-256 of the bytes of an upload, with the words shown for it."""
    return _words_and_bytes(used, used.file)


def copy_digest(used: Any) -> str:
    """SHA-256 of the bytes that the public gets of a file, with the words shown for it."""
    copy = public_copy(used)
    return _words_and_bytes(used, copy.file if copy else None)


def _words_and_bytes(used: Any, file: Any) -> str:
    words = [used.title, getattr(used, "description", "")]
    digest = hashlib.sha256(json.dumps(words).encode())
    if file is None:
        digest.update(b"no copy")
        return digest.hexdigest()
    try:
        with file.open("rb") as stream:
            for chunk in iter(lambda: stream.read(1 << 20), b""):
                digest.update(chunk)
    except FileNotFoundError:
        digest.update(b"missing")
    return digest.hexdigest()
