"""The files with something hidden: name, how it is made, what must be found."""

import io
import zipfile
from collections.abc import Callable
from typing import NamedTuple

from . import docx_files as docx
from . import image_files as image
from . import pdf_files as pdf
from . import pptx_files as pptx
from . import xlsx_files as xlsx


class Planted(NamedTuple):
    """A file, and the rules or kinds of which each must be among its findings."""

    name: str
    make: Callable[[], bytes]
    expected: set[str]


def _zip(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, body in entries.items():
            package.writestr(name, body)
    return out.getvalue()


def _inner_zip() -> bytes:
    return _zip({"附件/一.zip": _zip({"底稿.docx": docx.comment()}), "说明.txt": "无".encode()})


def _photo_zip() -> bytes:
    return _zip({"现场照片/1.jpg": image.gps_jpeg()})


def _far_right() -> bytes:
    return ("公示名单" + " " * 90 + "身份证" + docx.SECRET).encode("gb18030")


_ID = "id_card"
PLANTED = (
    Planted("批注.docx", docx.comment, {"hidden_content.comment", "metadata.author", _ID}),
    Planted("删除.docx", docx.deletion, {"hidden_content.deletion", _ID}),
    Planted("插入.docx", docx.insertion, {"hidden_content.insertion", _ID}),
    Planted("移走.docx", docx.moved, {"hidden_content.deletion", _ID}),
    Planted("隐藏.docx", docx.vanish, {"hidden_content.vanish", _ID}),
    Planted("白字.docx", docx.white, {"hidden_content.white", _ID}),
    Planted("小字.docx", docx.tiny, {"hidden_content.tiny", _ID}),
    Planted("样式.docx", docx.hidden_style, {"hidden_content.vanish", _ID}),
    Planted("页眉.docx", docx.header, {"secret_mark", _ID}),
    Planted("页脚.docx", docx.footer, {_ID}),
    Planted("作者.docx", docx.author, {"metadata.author"}),
    Planted("关键词.docx", docx.keywords, {"metadata.description", _ID}),
    Planted("单位.docx", docx.company, {"metadata.company", "metadata.template"}),
    Planted("属性.docx", docx.custom_property, {"metadata.custom", _ID}),
    Planted("嵌入.docx", docx.embedded_sheet, {"hidden_content.embedded", _ID}),
    Planted("数据.docx", docx.custom_xml, {"hidden_content.custom_xml", _ID}),
    Planted("照片.docx", docx.photo, {"metadata.gps"}),
    Planted("文本框.docx", docx.text_box, {_ID}),
    Planted("域.docx", docx.field_code, {_ID}),
    Planted("变量.docx", docx.variable, {"hidden_content.variable", _ID}),
    Planted("隐藏表.xlsx", xlsx.hidden_sheet, {"hidden_content.sheet", "mobile"}),
    Planted("深藏表.xlsx", xlsx.very_hidden_sheet, {"hidden_content.sheet", "mobile"}),
    Planted("隐藏行.xlsx", xlsx.hidden_row, {"hidden_content.rows", "mobile"}),
    Planted("隐藏列.xlsx", xlsx.hidden_column, {"hidden_content.columns", "mobile"}),
    Planted("批注.xlsx", xlsx.cell_comment, {"hidden_content.comment", "metadata.author", _ID}),
    Planted("白字.xlsx", xlsx.white_cell, {"hidden_content.white", _ID}),
    Planted("格式.xlsx", xlsx.blank_format, {"hidden_content.blank_format", _ID}),
    Planted("页眉.xlsx", xlsx.page_header, {_ID}),
    Planted("名称.xlsx", xlsx.defined_name, {"hidden_content.defined_name", _ID}),
    Planted("残留.xlsx", xlsx.orphan_string, {"hidden_content.orphan", _ID}),
    Planted("作者.xlsx", xlsx.properties, {"metadata.author"}),
    Planted("公式.xlsx", xlsx.formula, {_ID}),
    Planted("组合.xlsx", xlsx.singled_out, {"aggregation"}),
    Planted("隐藏页.pptx", pptx.hidden_slide, {"hidden_content.slide", _ID}),
    Planted("备注.pptx", pptx.notes, {"hidden_content.notes", _ID}),
    Planted("批注.pptx", pptx.slide_comment, {"hidden_content.comment", "metadata.author", _ID}),
    Planted("页外.pptx", pptx.off_slide, {"hidden_content.off_page", _ID}),
    Planted("遮住.pptx", pptx.covered, {"hidden_content.covered", _ID}),
    Planted("对象.pptx", pptx.hidden_shape, {"hidden_content.shape", _ID}),
    Planted("白字.pdf", pdf.white, {"hidden_content.white", _ID}),
    Planted("遮住.pdf", pdf.covered, {"hidden_content.covered", _ID}),
    Planted("不显示.pdf", pdf.invisible, {"hidden_content.invisible", _ID}),
    Planted("页外.pdf", pdf.off_page, {"hidden_content.off_page", _ID}),
    Planted("小字.pdf", pdf.tiny, {"hidden_content.tiny", _ID}),
    Planted("注释.pdf", pdf.annotation, {"hidden_content.annotation", _ID}),
    Planted("属性.pdf", pdf.info, {"metadata.author", "metadata.description", _ID}),
    Planted("附件.pdf", pdf.attachment, {"hidden_content.embedded", _ID}),
    Planted("书签.pdf", pdf.outline, {_ID}),
    Planted("位置.jpg", image.gps_jpeg, {"metadata.gps", "metadata.author", "metadata.device"}),
    Planted("说明.jpg", image.described_jpeg, {"metadata.description", _ID}),
    Planted("附带.jpg", image.appended_jpeg, {"hidden_content.appended"}),
    Planted("文字.png", image.text_png, {"metadata.image_text", _ID}),
    Planted("套娃.zip", _inner_zip, {"hidden_content.comment", _ID}),
    Planted("照片.zip", _photo_zip, {"metadata.gps"}),
    Planted("行末.txt", _far_right, {"hidden_content.far_right", _ID}),
)
CLEAN = (
    Planted("公示.docx", lambda: docx.saved(docx.plain()), set()),
    Planted("公示.xlsx", lambda: xlsx._saved(xlsx._book()[0]), set()),
    Planted("公示.pptx", lambda: pptx.deck([("", pptx._TITLE)]), set()),
    Planted("公示.pdf", lambda: pdf.page(lambda canvas: None), set()),
    Planted("公示.jpg", image.bare_jpeg, set()),
    Planted(
        "公示.txt", lambda: "关于公示的通知\n统一社会信用代码：91410105MA3X1234XK".encode(), set()
    ),
    Planted("公示.csv", lambda: "项目,金额\n道路,1200\n".encode("gb18030"), set()),
)
