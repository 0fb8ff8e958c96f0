"""What a picture must say to those who cannot see it (GB/T 37668—2019; 网站设计无障碍技术要求)."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

_FILE_NAME = re.compile(r".*\.(?:jpe?g|png|gif|webp|bmp)|(?:img|dsc|image|mmexport)[-_ ]?\d+", re.I)
_EMPTY_WORDS = frozenset(
    {"图", "图片", "照片", "插图", "配图", "图像", "image", "picture", "photo"}
)


def untold(text: str, *, is_decorative: bool = False) -> str | None:
    """What to do about a text alternative that tells nothing; None where it is in order."""
    said = text.strip()
    if is_decorative:
        return None
    if not said:
        return _(
            "Say in a sentence what the picture shows, for readers who cannot see it. Tick “only "
            "adorns” if it shows nothing that the text does not say."
        )
    if _FILE_NAME.fullmatch(said) or said.lower() in _EMPTY_WORDS:
        return _("“%(words)s” tells nothing: say in a sentence what the picture shows.") % {
            "words": said
        }
    return None


def pictures_untold(body: StreamValue) -> list[str]:
    """A sentence for each picture of a text that tells nothing to those who cannot see it."""
    sentences = []
    for number, block in enumerate(body, 1):
        if block.block_type != "image":
            continue
        said, adorns = block.value["alternative_text"], bool(block.value["decorative"])
        if sentence := untold(said or "", is_decorative=adorns):
            place = {"number": number, "sentence": sentence}
            sentences.append(_("Block %(number)s, a picture: %(sentence)s") % place)
    return sentences
