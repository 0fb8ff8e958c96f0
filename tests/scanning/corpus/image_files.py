"""Pictures that say where they were taken, by whom, or carry something behind their end."""

import io

from PIL import Image, PngImagePlugin

from .docx_files import SECRET


def _picture() -> Image.Image:
    image = Image.new("RGB", (64, 48), (200, 210, 220))
    for x in range(64):
        image.putpixel((x, x % 48), (20, 30, 200))
    return image


def gps_jpeg() -> bytes:
    image, out = _picture(), io.BytesIO()
    exif = Image.Exif()
    exif[0x0110] = "Phone X"
    exif[0x013B] = "张建国"
    gps = exif.get_ifd(0x8825)
    gps.update({1: "N", 2: (34.0, 44.0, 50.0), 3: "E", 4: (113.0, 37.0, 31.0)})
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def described_jpeg() -> bytes:
    image, out = _picture(), io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = f"ID {SECRET}"
    image.save(out, "JPEG", exif=exif, comment=b"taken at home")
    return out.getvalue()


def appended_jpeg() -> bytes:
    out = io.BytesIO()
    _picture().save(out, "JPEG")
    return out.getvalue() + b"PK\x03\x04" + f"身份证{SECRET}".encode() * 3


def text_png() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "张建国")
    info.add_itxt("Comment", f"身份证{SECRET}")
    out = io.BytesIO()
    _picture().save(out, "PNG", pnginfo=info)
    return out.getvalue()


def bare_jpeg() -> bytes:
    out = io.BytesIO()
    _picture().save(out, "JPEG")
    return out.getvalue()
