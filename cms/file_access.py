"""A file is public while a public page uses it, and at no other time."""

from __future__ import annotations

import mimetypes
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from wagtail.models import Page, ReferenceIndex

from cms.models import Attachment, Picture, PictureRendition
from cms.visibility import publicly_visible

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User
    from django.db.models import Model

#: Types a browser may show in place; everything else is downloaded, never run.
SHOWN_IN_PLACE = frozenset(
    {"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"}
)


def is_public(used: Model) -> bool:
    """Whether a publicly visible page uses this attachment or picture (two queries)."""
    references = ReferenceIndex.get_references_to(used).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    keys = {int(key) for key in references.values_list("object_id", flat=True)}
    return publicly_visible(Page).filter(pk__in=keys).exists()


def may_read(user: User | AnonymousUser, used: Model) -> bool:
    """The public reads public files; whoever may open the desk reads drafts' files as well."""
    return is_public(used) or reads_drafts(user)


def reads_drafts(user: User | AnonymousUser) -> bool:
    """Whether this person may open the desk, and so the files of drafts."""
    return user.has_perm("wagtailadmin.access_admin")


def owner_of(path: str) -> Model | None:
    """The attachment or picture whose stored file, or rendition, lies at `path`."""
    rendition = PictureRendition.objects.select_related("image").filter(file=path).first()
    if rendition is not None:
        return rendition.image
    for model in (Attachment, Picture):
        found = model.objects.filter(file=path).first()
        if found is not None:
            return found
    return None


def serve_media(request: HttpRequest, path: str) -> FileResponse:
    """The only way to a stored file: no web server serves MEDIA_ROOT by itself."""
    used = owner_of(path)
    if used is None or not default_storage.exists(path):
        raise Http404
    public = is_public(used)
    if not public and not reads_drafts(request.user):
        raise Http404
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    response = FileResponse(
        default_storage.open(path),
        content_type=kind,
        as_attachment=kind not in SHOWN_IN_PLACE,
        filename=PurePosixPath(path).name,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "public, max-age=300" if public else "private, no-store"
    return response
