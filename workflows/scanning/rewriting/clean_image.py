"""Pictures without what is not picture: segment by segment, the picture's bytes untouched."""

import io
import struct

from PIL import Image

from ..limits import Unreadable

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB bKGD hIST pHYs acTL fcTL fdAT cICP".split()
)
_WEBP_KEPT = frozenset([b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"])
_WEBP_EXTRAS = 0x08 | 0x04  # the flags for EXIF and XMP
_ORIENTATION = 0x0112
_STANDALONE = frozenset((0x01, *range(0xD0, 0xD8)))


def clean_image(data: bytes) -> bytes:
    """A JPEG, PNG, GIF or WebP without EXIF, comments and appended data; it looks the same.

    Only the turn of a photograph (EXIF orientation) is kept, because without it the picture lies
    on its side.

    Raises:
        Unreadable: broken, or of another format.
    """
    try:
        if data.startswith(b"\xff\xd8"):
            return _jpeg(data)
        if data.startswith(_PNG):
            return _png(data)
        if data.startswith(b"GIF8"):
            return _gif(data)
        if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
            return _webp(data)
    except (struct.error, IndexError, ValueError) as error:
        raise Unreadable("broken") from error
    raise Unreadable("cannot_clean")


def _png(data: bytes) -> bytes:
    out, at = [_PNG], len(_PNG)
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        if at + 12 + length > len(data):
            raise ValueError("truncated")
        if kind in _PNG_KEPT:
            out.append(data[at : at + 12 + length])
        at += 12 + length
        if kind == b"IEND":
            return b"".join(out)
    raise ValueError("no end")


def _table_size(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _sub_blocks(data: bytes, at: int) -> int:
    """Where the chain of sub-blocks that starts at `at` ends."""
    while data[at]:
        at += 1 + data[at]
    return at + 1


def _gif(data: bytes) -> bytes:
    at = 13 + _table_size(data[10])
    out = [data[:at]]
    while data[at] != 0x3B:
        if data[at] == 0x2C:
            end = _sub_blocks(data, at + 11 + _table_size(data[at + 9]))
            out.append(data[at:end])
        elif data[at] == 0x21:
            end = _sub_blocks(data, at + 2)
            if data[at + 1] == 0xF9 or data[at + 3 : at + 14] == b"NETSCAPE2.0":
                out.append(data[at:end])
        else:
            raise ValueError("no block")
        at = end
    return b"".join([*out, b";"])


def _webp(data: bytes) -> bytes:
    out, at = b"", 12
    while at + 8 <= 8 + struct.unpack("<I", data[4:8])[0]:
        kind, length = data[at : at + 4], struct.unpack("<I", data[at + 4 : at + 8])[0]
        end = at + 8 + length + length % 2
        if at + 8 + length > len(data):
            raise ValueError("truncated")
        if kind == b"VP8X":
            told = data[at + 8] & ~_WEBP_EXTRAS
            out += data[at : at + 8] + bytes([told]) + data[at + 9 : end]
        elif kind in _WEBP_KEPT:
            out += data[at:end]
        at = end
    if not out:
        raise ValueError("no picture")
    return b"RIFF" + struct.pack("<I", len(out) + 4) + b"WEBP" + out


def _turn(data: bytes) -> bytes:
    """An EXIF segment with nothing but the orientation, or b"" where it is upright."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            turn = image.getexif().get(_ORIENTATION, 1)
    except (OSError, SyntaxError):
        return b""
    if turn not in range(2, 9):
        return b""
    exif = Image.Exif()
    exif[_ORIENTATION] = turn
    body = exif.tobytes()
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _jpeg(data: bytes) -> bytes:
    out, at = [data[:2], _turn(data)], 2
    while True:
        if data[at] != 0xFF:
            raise ValueError("no marker")
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker == 0xD9:
            return b"".join([*out, b"\xff\xd9"])
        elif marker in _STANDALONE:
            out.append(data[at : at + 2])
            at += 2
        else:
            end = at + 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
            if marker == 0xDA:
                end = _scan_end(data, end)
            if _is_picture(marker, data[at + 4 : at + 16]):
                out.append(data[at:end])
            at = end


def _is_picture(marker: int, head: bytes) -> bool:
    if marker == 0xE0:
        return head.startswith(b"JFIF")
    if marker == 0xE2:
        return head.startswith(b"ICC_PROFILE")
    if marker == 0xEE:
        return head.startswith(b"Adobe")
    return not (0xE1 <= marker <= 0xEF or marker == 0xFE)


def _scan_end(data: bytes, at: int) -> int:
    """Where the entropy-coded data that starts at `at` ends: at the next true marker."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise ValueError("truncated")
        if data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7 or data[at + 1] == 0xFF:
            at += 1 if data[at + 1] == 0xFF else 2
        else:
            return at
