"""Word files with something hidden: made with python-docx, the rest put into the XML."""

import io
import re
import zipfile
from collections.abc import Callable

from docx import Document
from docx.shared import Pt, RGBColor

SECRET = "410105199003070018"
CT = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def saved(document) -> bytes:
    """The document without the thumbnail that python-docx's template brings."""
    out = io.BytesIO()
    document.save(out)

    def change(name: str, body: bytes) -> bytes | None:
        if name == "_rels/.rels":
            return re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", body)
        return None if "thumbnail" in name else body

    return rezip(out.getvalue(), change)


def rezip(
    data: bytes, change: Callable[[str, bytes], bytes | None], extra: dict[str, bytes] | None = None
) -> bytes:
    """The package with each part changed (None drops it) and parts added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            made = change(info.filename, source.read(info))
            if made is not None:
                target.writestr(info.filename, made)
        for name, body in (extra or {}).items():
            target.writestr(name, body)
    return out.getvalue()


def replaced(data: bytes, part: str, old: str, new: str) -> bytes:
    def change(name: str, body: bytes) -> bytes:
        if name != part:
            return body
        text = body.decode()
        assert old in text, (part, old)
        return text.replace(old, new).encode()

    return rezip(data, change)


def plain(words: str = "关于发放补贴的公示"):
    document = Document()
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.title = ""
    document.add_paragraph(words)
    return document


def comment() -> bytes:
    document = plain()
    document.add_comment(document.paragraphs[0].runs, text=f"此人身份证{SECRET}", author="李科长")
    return saved(document)


def _tracked(xml: str) -> bytes:
    document = plain()
    document.add_paragraph("占位")
    return replaced(saved(document), "word/document.xml", "<w:r><w:t>占位</w:t></w:r>", xml)


def deletion() -> bytes:
    return _tracked(
        f'<w:r><w:t>占位</w:t></w:r><w:del w:id="1" w:author="王五" w:date="2024-01-01T00:00:00Z"><w:r><w:delText>{SECRET}</w:delText></w:r></w:del>'
    )


def insertion() -> bytes:
    return _tracked(
        f'<w:ins w:id="1" w:author="王五" w:date="2024-01-01T00:00:00Z"><w:r><w:t>{SECRET}</w:t></w:r></w:ins>'
    )


def moved() -> bytes:
    return _tracked(
        f'<w:moveFrom w:id="1" w:author="王五" w:date="2024-01-01T00:00:00Z"><w:r><w:t>{SECRET}</w:t></w:r></w:moveFrom><w:r><w:t>占位</w:t></w:r>'
    )


def vanish() -> bytes:
    document = plain()
    run = document.add_paragraph("见附件").add_run(SECRET)
    run.font.hidden = True
    return saved(document)


def white() -> bytes:
    document = plain()
    run = document.add_paragraph("见附件").add_run(SECRET)
    run.font.color.rgb = RGBColor(255, 255, 255)
    return saved(document)


def tiny() -> bytes:
    document = plain()
    document.add_paragraph("见附件").add_run(SECRET).font.size = Pt(1)
    return saved(document)


def hidden_style() -> bytes:
    document = plain()
    style = document.styles.add_style("Shy", 1)
    style.font.hidden = True
    document.add_paragraph(SECRET, style="Shy")
    return saved(document)


def header() -> bytes:
    document = plain()
    document.sections[0].header.paragraphs[0].text = f"机密★10年 {SECRET}"
    return saved(document)


def footer() -> bytes:
    document = plain()
    document.sections[0].footer.paragraphs[0].text = f"经办人身份证{SECRET}"
    return saved(document)


def author() -> bytes:
    document = plain()
    document.core_properties.author = "张建国"
    document.core_properties.last_modified_by = "李秀英"
    return saved(document)


def keywords() -> bytes:
    document = plain()
    document.core_properties.keywords = SECRET
    return saved(document)


def company() -> bytes:
    app = (
        '<?xml version="1.0" encoding="UTF-8"?><Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        r"<Template>D:\内网\模板\公示.dotx</Template><Company>某县涉密单位</Company></Properties>"
    )
    return rezip(
        saved(plain()), lambda name, body: app.encode() if name == "docProps/app.xml" else body
    )


def custom_property() -> bytes:
    custom = (
        '<?xml version="1.0" encoding="UTF-8"?><Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="no"><vt:lpwstr>{SECRET}</vt:lpwstr></property></Properties>'
    )
    return rezip(saved(plain()), lambda name, body: body, {"docProps/custom.xml": custom.encode()})


def embedded_sheet() -> bytes:
    from .xlsx_files import visible

    return rezip(saved(plain()), lambda name, body: body, {"word/embeddings/list.xlsx": visible()})


def custom_xml() -> bytes:
    body = f"<data><id>{SECRET}</id></data>".encode()
    return rezip(saved(plain()), lambda name, data: data, {"customXml/item9.xml": body})


def photo() -> bytes:
    from .image_files import bare_jpeg, gps_jpeg

    document = plain()
    document.add_picture(io.BytesIO(bare_jpeg()))
    photo = gps_jpeg()
    return rezip(saved(document), lambda name, body: photo if "/media/" in name else body)


def text_box() -> bytes:
    box = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps"><w:drawing>'
        f"<w:txbxContent><w:p><w:r><w:t>{SECRET[:6]}</w:t></w:r><w:r><w:t>{SECRET[6:]}</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>{SECRET}</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    document = plain()
    document.add_paragraph("占位")
    return replaced(saved(document), "word/document.xml", "<w:r><w:t>占位</w:t></w:r>", box)


def field_code() -> bytes:
    code = f'<w:r><w:instrText xml:space="preserve"> COMMENTS "{SECRET}" </w:instrText></w:r>'
    return _tracked(code)


def variable() -> bytes:
    data = saved(plain())
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        settings = package.read("word/settings.xml").decode()
    end = re.search(r"</w:settings>", settings)
    assert end
    made = settings.replace(
        "</w:settings>",
        f'<w:docVars><w:docVar w:name="a" w:val="{SECRET}"/></w:docVars></w:settings>',
    )
    return rezip(data, lambda name, body: made.encode() if name == "word/settings.xml" else body)


def split_runs() -> bytes:
    """Nothing hidden; the number stands in three runs of different look, and in the header."""
    document = plain()
    paragraph = document.add_paragraph("身份证号：")
    for piece in (SECRET[:5], SECRET[5:12], SECRET[12:]):
        paragraph.add_run(piece).bold = len(piece) == 7
    document.add_paragraph("联系人张建国，电话13800138000。")
    table = document.add_table(2, 2)
    for cell, words in zip(
        (c for row in table.rows for c in row.cells),
        ("姓名", "证件号码", "张建国", SECRET),
        strict=True,
    ):
        cell.text = words
    document.sections[0].header.paragraphs[0].text = f"编号 {SECRET}"
    document.core_properties.subject = f"身份证{SECRET}"
    document.add_comment(paragraph.runs, text=f"核对{SECRET}", author="李科长")
    return saved(document)
