"""A file is public while a public page uses it, and at no other time.

What is handed out is the cleaned copy that was cleared; the upload stays with the desk.
"""

from __future__ import annotations

import mimetypes
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from wagtail.models import Page, ReferenceIndex

from cms.file_ranges import in_part
from cms.models import Attachment, Picture, PictureRendition
from cms.visibility import publicly_visible
from workflows.copies import public_copy

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User
    from django.core.files import File
    from django.db.models import Model
    from django.db.models.fields.files import FieldFile

# A machine without a list of types of its own does not know it.
mimetypes.add_type("audio/mp4", ".m4a")

#: Types a browser may show in place; everything else is downloaded, never run.
SHOWN_IN_PLACE = frozenset(
    {
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
        "application/pdf",
        "video/mp4",
        "video/webm",
        "audio/mpeg",
        "audio/mp4",
    }
)


def is_public(used: Model) -> bool:
    """Whether a publicly visible page uses this attachment or picture (two queries)."""
    references = ReferenceIndex.get_references_to(used).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    keys = {int(key) for key in references.values_list("object_id", flat=True)}
    return publicly_visible(Page).filter(pk__in=keys).exists()


def reads_drafts(user: User | AnonymousUser) -> bool:
    """Whether this person may open the desk, and so the files of drafts."""
    return user.has_perm("wagtailadmin.access_admin")


def owner_of(path: str) -> tuple[Model | None, bool]:
    """The attachment or picture to which the stored file at `path` belongs; whether it is a
    rendition, which carries nothing but the picture."""
    rendition = PictureRendition.objects.select_related("image").filter(file=path).first()
    if rendition is not None:
        return rendition.image, True
    for model in (Attachment, Picture):
        found = model.objects.filter(file=path).first()
        if found is not None:
            return found, False
    return None, False


def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """The only way to a stored file: no web server serves MEDIA_ROOT by itself."""
    used, is_rendition = owner_of(path)
    if used is None or not default_storage.exists(path):
        raise Http404
    if is_rendition:
        public = is_public(used)
        if not public and not reads_drafts(request.user):
            raise Http404
        return _response(request, default_storage.open(path), path, public=public)
    return serve_file(request, used)


def serve_document(request: HttpRequest, key: str, filename: str) -> HttpResponseBase:
    """An attachment at the address that its pages link to."""
    used = get_object_or_404(Attachment, pk=key)
    if used.filename != filename:
        raise Http404
    return serve_file(request, used)


def serve_file(request: HttpRequest, used: Model) -> HttpResponseBase:
    """What the public gets of `used`, to the desk before publication as well.

    The desk gets the upload where no copy was made yet, or where it asks for it (?original).
    """
    public, desk = is_public(used), reads_drafts(request.user)
    if not public and not desk:
        raise Http404
    upload: FieldFile = used.file  # type: ignore[attr-defined]
    copy = public_copy(used)
    if desk and (copy is None or "original" in request.GET):
        return _response(request, upload.open("rb"), str(upload.name), public=False)
    if copy is None:
        raise Http404
    return _response(request, copy.file.open("rb"), str(upload.name), public=public)


def _response(request: HttpRequest, content: File, path: str, *, public: bool) -> HttpResponseBase:
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    response = FileResponse(
        content,
        content_type=kind,
        as_attachment=kind not in SHOWN_IN_PLACE,
        filename=PurePosixPath(path).name,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "public, max-age=300" if public else "private, no-store"
    return in_part(request, response, content)
