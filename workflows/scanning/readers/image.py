"""What an image says besides its picture: EXIF with place, comments, text chunks, appended data."""

import io
import re
import warnings
from typing import Any

from PIL import ExifTags, Image, UnidentifiedImageError

from ..items import Items, Passage, hidden, metadata
from ..kinds import Severity
from ..limits import Unreadable
from ..words import place

_GPS = 0x8825
_EXIF = 0x8769
_PEOPLE = {"Artist", "Copyright", "XPAuthor", "CameraOwnerName", "HostComputer"}
_WORDS = {"ImageDescription", "UserComment", "XPComment", "XPTitle", "XPSubject", "XPKeywords"}
_DEVICE = {
    "Make",
    "Model",
    "Software",
    "BodySerialNumber",
    "LensSerialNumber",
    "DateTimeOriginal",
    "DateTime",
}
_ENDS = {"JPEG": b"\xff\xd9", "PNG": b"IEND\xaeB`\x82"}
_TECHNICAL = {
    "dpi",
    "gamma",
    "jfif",
    "jfif_version",
    "jfif_unit",
    "jfif_density",
    "exif",
    "icc_profile",
    "adobe",
    "adobe_transform",
    "progressive",
    "progression",
    "srgb",
    "chromaticity",
    "transparency",
    "interlace",
    "compression",
    "photoshop",
    "mp",
    "mpoffset",
    "aspect",
    "background",
    "version",
    "duration",
    "loop",
    "extension",
}


def read_image(data: bytes, name: str, *, strict: bool = True) -> Items:
    """Properties of one image; the picture itself is not read.

    Raises:
        Unreadable: no image that can be opened (only when `strict`).
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data))
            exif = image.getexif()
            info = dict(image.info)
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
    ) as error:
        if strict:
            raise Unreadable("broken") from error
        return
    yield from _exif(exif, name)
    yield from _info(info, name)
    yield from _appended(data, image.format or "", name)


def _exif(exif: Image.Exif, name: str) -> Items:
    gps = exif.get_ifd(_GPS)
    if any(tag in gps for tag in (1, 2, 3, 4)):
        yield metadata("gps", place("exif", name=name), _coordinates(gps), Severity.HIGH)
    device: list[str] = []
    for tag, value in [*exif.items(), *exif.get_ifd(_EXIF).items()]:
        label = ExifTags.TAGS.get(tag, "")
        text = _text(value)
        where = place("exif_tag", name=name, tag=label)
        if label in _PEOPLE and text:
            yield metadata("author", where, text)
            yield Passage(where, text)
        elif label in _WORDS and text:
            yield metadata("description", where, text)
            yield Passage(where, text)
        elif label in _DEVICE and text:
            device.append(text)
    if device:
        yield metadata("device", place("exif", name=name), " ".join(device))


def _text(value: Any) -> str:
    if isinstance(value, tuple) and all(isinstance(v, int) and 0 <= v < 256 for v in value):
        value = bytes(value)
    if isinstance(value, bytes):
        body = value[8:] if value[:8] in (b"ASCII\0\0\0", b"UNICODE\0", b"\0" * 8) else value
        wide = body.count(b"\0") > len(body) // 4
        value = body.decode("utf-16-le" if wide else "utf-8", "ignore")
    return str(value).replace("\0", "").strip()


def _coordinates(gps: dict[int, Any]) -> str:
    def degrees(key: int) -> str:
        parts = [float(part) for part in gps.get(key, ())]
        return f"{sum(part / 60**power for power, part in enumerate(parts)):.5f}"

    try:
        return f"{degrees(2)}{gps.get(1, '')} {degrees(4)}{gps.get(3, '')}"
    except (TypeError, ValueError, ZeroDivisionError):
        return "GPS"


def _info(info: dict[Any, Any], name: str) -> Items:
    for key, value in info.items():
        if str(key).lower() in _TECHNICAL or isinstance(value, int | float | tuple | dict):
            continue
        text = _text(value)
        if str(key).lower() in ("xmp", "xml:com.adobe.xmp"):
            text = " ".join(re.sub(r"<[^>]*>|<\?.*?\?>", " ", text).split()) or "XMP"
        if text:
            where = place("image_text", name=name, key=key)
            yield metadata("image_text", where, text)
            yield Passage(where, text)


def _appended(data: bytes, kind: str, name: str) -> Items:
    end = _ENDS.get(kind)
    if end:
        at = data.rfind(end) if kind == "JPEG" else data.find(end)
        rest = data[at + len(end) :].strip(b"\0\r\n ") if at >= 0 else b""
        if len(rest) > 16:
            yield hidden("appended", name)
