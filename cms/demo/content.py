"""Turn the demo's text files into drafts."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile

from cms.blocks import table_value
from cms.demo.attachments import build_attachment, file_name
from cms.models import Attachment, Picture

HERE = Path(__file__).parent


def read_all(folder: str) -> Iterator[dict[str, Any]]:
    """Every file of a folder beside this one, parsed."""
    for path in sorted((HERE / folder).glob("*.toml")):
        yield tomllib.loads(path.read_text(encoding="utf-8"))


def body(
    blocks: Iterable[dict[str, Any]], uploader: User, attachments: Iterable[Attachment] = ()
) -> list[dict[str, Any]]:
    """The demo's blocks as a StreamField stores them, attachments last."""
    stored = [_block(block, uploader) for block in blocks]
    files = [{"document": attachment.pk, "note": ""} for attachment in attachments]
    if files:
        stored.append({"type": "attachments", "value": {"files": files}})
    return stored


def _block(block: dict[str, Any], uploader: User) -> dict[str, Any]:
    if block["type"] == "text":
        return {"type": "text", "value": block["html"].strip()}
    if block["type"] == "table":
        value = table_value(block["header"], block["rows"], block.get("caption", ""))
        return {"type": "table", "value": value}
    if block["type"] == "image":
        words = block["alternative_text"].strip()
        picture = _picture(block["file"], block["title"], words, uploader)
        value = {"image": picture.pk, "alternative_text": words, "caption": block["caption"]}
        return {"type": "image", "value": value}
    if block["type"] == "video":
        content = (HERE / "files" / block["file"]).read_bytes()
        video = store(block["title"], block["file"], content, uploader)
        told = {name: block[name].strip() for name in ("title", "length", "transcript")}
        return {"type": "video", "value": {"video": video.pk} | told}
    pairs = [
        {"question": question, "answer": f"<p>{answer}</p>"} for question, answer in block["pairs"]
    ]
    return {"type": "questions", "value": {"pairs": pairs}}


def _picture(name: str, title: str, description: str, uploader: User) -> Picture:
    content = (HERE / "files" / name).read_bytes()
    picture = Picture(
        title=title,
        description=description[:255],
        uploaded_by_user=uploader,
        file=ImageFile(BytesIO(content), name),
        file_size=len(content),
    )
    picture.save()
    return picture


def attach(spec: dict[str, Any], uploader: User) -> Attachment:
    """Build and store the file a demo piece describes."""
    return store(spec["title"], file_name(spec), build_attachment(spec), uploader)


def store(title: str, name: str, content: bytes, uploader: User) -> Attachment:
    attachment = Attachment(title=title, uploaded_by_user=uploader)
    attachment.file.save(name, ContentFile(content), save=False)
    attachment.file_size = len(content)
    attachment.save()
    return attachment
