"""PDF files with something hidden, made with reportlab and pypdf."""

import io

from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from reportlab.lib.colors import white as WHITE
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from .docx_files import SECRET

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))


def page(draw, *, count: int = 1) -> bytes:
    """A file of pages that carry a line of words and what `draw` puts on the first."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for number in range(count):
        canvas.setFont("STSong-Light", 14)
        canvas.drawString(72, 760, "关于发放困难群众补贴的公示，请各单位遵照执行。")
        if number == 0:
            draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _words(canvas: Canvas, y: int = 600, text: str = f"身份证{SECRET}") -> None:
    canvas.drawString(72, y, text)


def visible() -> bytes:
    return page(lambda canvas: _words(canvas))


def white() -> bytes:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(WHITE)
        _words(canvas)

    return page(draw)


def covered() -> bytes:
    def draw(canvas: Canvas) -> None:
        _words(canvas)
        canvas.rect(60, 590, 300, 30, fill=1)

    return page(draw)


def invisible() -> bytes:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(72, 600)
        text.setTextRenderMode(3)
        text.textOut(f"身份证{SECRET}")
        canvas.drawText(text)

    return page(draw)


def off_page() -> bytes:
    return page(lambda canvas: canvas.drawString(700, 600, f"身份证{SECRET}"))


def tiny() -> bytes:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 0.5)
        _words(canvas)

    return page(draw)


def _written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _writer(data: bytes | None = None) -> PdfWriter:
    return PdfWriter(clone_from=PdfReader(io.BytesIO(data or page(lambda canvas: None))))


def annotation() -> bytes:
    writer = _writer()
    note = FreeText(text=f"身份证{SECRET}", rect=(50, 550, 300, 650))
    writer.add_annotation(0, note)
    return _written(writer)


def info() -> bytes:
    writer = _writer()
    writer.add_metadata({"/Author": "张建国", "/Keywords": SECRET})
    return _written(writer)


def attachment() -> bytes:
    writer = _writer()
    writer.add_attachment("名单.txt", f"身份证{SECRET}".encode())
    return _written(writer)


def outline() -> bytes:
    writer = _writer()
    writer.add_outline_item(title=f"身份证{SECRET}", page_number=0)
    return _written(writer)


def picture_only() -> bytes:
    from .image_files import bare_jpeg

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.drawImage(ImageReader(io.BytesIO(bare_jpeg())), 0, 0, 595, 842)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def password() -> bytes:
    writer = _writer()
    writer.encrypt("secret", algorithm="RC4-128")
    return _written(writer)


def everywhere() -> bytes:
    """The number on the page, in a form, in the outline, an annotation, the properties."""

    def draw(canvas: Canvas) -> None:
        _words(canvas)
        canvas.drawString(72, 500, "联系电话：13800138000")
        canvas.beginForm("stamp")
        canvas.setFont("Helvetica", 12)
        canvas.drawString(72, 420, SECRET)
        canvas.endForm()
        canvas.doForm("stamp")
        canvas.setFont("Helvetica", 12)
        canvas.drawString(72, 400, "unchanged words")

    writer = _writer(page(draw, count=2))
    writer.add_metadata({"/Author": "张建国", "/Subject": SECRET})
    writer.add_outline_item(title=f"身份证{SECRET}", page_number=0)
    writer.add_annotation(0, FreeText(text=f"身份证{SECRET}", rect=(50, 550, 300, 650)))
    return _written(writer)


def own_font() -> bytes:
    """Words in an embedded subset of a font, whose table says which character each code is."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Vera", 12)
        canvas.drawString(72, 640, f"ID {SECRET}")
        canvas.drawString(72, 620, "born 7")
        canvas.drawString(300, 640, "mail: zhang.qw@example.com")

    return page(draw)
