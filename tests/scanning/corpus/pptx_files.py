"""Slides with something hidden, written part by part."""

import io
import zipfile

from .docx_files import SECRET

_NS = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.presentationml"


def _shape(
    text: str,
    box: tuple[int, int, int, int],
    *,
    attributes: str = "",
    size: int = 1800,
    fill: str = "",
) -> str:
    x, y, w, h = box
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="t" {attributes}/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></a:xfrm><a:prstGeom prst="rect"/>{fill}</p:spPr>'
        f'<p:txBody><a:bodyPr/><a:p><a:r><a:rPr sz="{size}"/><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>'
    )


def deck(slides: list[tuple[str, str]], notes: str = "", comment: str = "") -> bytes:
    """A pptx of (attributes of the slide, its shapes)."""
    parts: dict[str, str] = {}
    ids, rels, types = "", "", ""
    for number, (attributes, shapes) in enumerate(slides, 1):
        parts[f"ppt/slides/slide{number}.xml"] = (
            f'{_HEAD}<p:sld {_NS} {attributes}><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{shapes}</p:spTree></p:cSld></p:sld>'
        )
        ids += f'<p:sldId id="{255 + number}" r:id="rId{number}"/>'
        rels += f'<Relationship Id="rId{number}" Type="{_RELS}/slide" Target="slides/slide{number}.xml"/>'
        types += (
            f'<Override PartName="/ppt/slides/slide{number}.xml" ContentType="{_TYPES}.slide+xml"/>'
        )
    slide_rels = ""
    if notes:
        parts["ppt/notesSlides/notesSlide1.xml"] = (
            f"{_HEAD}<p:notes {_NS}><p:cSld><p:spTree>{_shape(notes, (0, 0, 1, 1))}</p:spTree></p:cSld></p:notes>"
        )
        slide_rels += f'<Relationship Id="rId1" Type="{_RELS}/notesSlide" Target="../notesSlides/notesSlide1.xml"/>'
        types += f'<Override PartName="/ppt/notesSlides/notesSlide1.xml" ContentType="{_TYPES}.notesSlide+xml"/>'
    if comment:
        parts["ppt/comments/comment1.xml"] = (
            f'{_HEAD}<p:cmLst {_NS}><p:cm authorId="0"><p:text>{comment}</p:text></p:cm></p:cmLst>'
        )
        parts["ppt/commentAuthors.xml"] = (
            f'{_HEAD}<p:cmAuthorLst {_NS}><p:cmAuthor id="0" name="李科长"/></p:cmAuthorLst>'
        )
        slide_rels += (
            f'<Relationship Id="rId2" Type="{_RELS}/comments" Target="../comments/comment1.xml"/>'
        )
        rels += (
            f'<Relationship Id="rId90" Type="{_RELS}/commentAuthors" Target="commentAuthors.xml"/>'
        )
        types += (
            f'<Override PartName="/ppt/comments/comment1.xml" ContentType="{_TYPES}.comments+xml"/>'
        )
        types += f'<Override PartName="/ppt/commentAuthors.xml" ContentType="{_TYPES}.commentAuthors+xml"/>'
    if slide_rels:
        parts["ppt/slides/_rels/slide1.xml.rels"] = (
            f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{slide_rels}</Relationships>'
        )
    parts["ppt/presentation.xml"] = (
        f'{_HEAD}<p:presentation {_NS}><p:sldIdLst>{ids}</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/></p:presentation>'
    )
    parts["ppt/_rels/presentation.xml.rels"] = (
        f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rels}</Relationships>'
    )
    parts["_rels/.rels"] = (
        f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{_RELS}/officeDocument" Target="ppt/presentation.xml"/></Relationships>'
    )
    parts["[Content_Types].xml"] = (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/ppt/presentation.xml" ContentType="{_TYPES}.presentation.main+xml"/>{types}</Types>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, body in parts.items():
            package.writestr(name, body)
    return out.getvalue()


_TITLE = _shape("某县2024年工作情况汇报", (100000, 100000, 8000000, 900000))
_BOX = (100000, 2000000, 3000000, 500000)


def hidden_slide() -> bytes:
    return deck([("", _TITLE), ('show="0"', _shape(f"身份证{SECRET}", _BOX))])


def notes() -> bytes:
    return deck([("", _TITLE)], notes=f"身份证{SECRET}")


def slide_comment() -> bytes:
    return deck([("", _TITLE)], comment=f"核对{SECRET}")


def off_slide() -> bytes:
    return deck([("", _TITLE + _shape(f"身份证{SECRET}", (9500000, 0, 1000000, 500000)))])


def covered() -> bytes:
    fill = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
    return deck(
        [
            (
                "",
                _TITLE
                + _shape(f"身份证{SECRET}", _BOX)
                + _shape("", (0, 1900000, 4000000, 800000), fill=fill),
            )
        ]
    )


def hidden_shape() -> bytes:
    return deck([("", _TITLE + _shape(f"身份证{SECRET}", _BOX, attributes='hidden="1"'))])
