"""Workbooks with something hidden."""

import io
import re

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName

from .docx_files import SECRET, rezip

_INLINE = re.compile(r'(<c [^>]*?)t="inlineStr"[^>]*><is>(.*?)</is></c>')
PHONES = ("13800138000", "13912345678", "15067806468")


def _shared(data: bytes) -> bytes:
    """The workbook with its words in one shared list, as Excel and WPS write them."""
    strings: list[str] = []

    def change(name: str, body: bytes) -> bytes:
        if name.startswith("xl/worksheets/sheet"):
            return re.sub(_INLINE, move, body.decode()).encode()
        if name == "[Content_Types].xml":
            kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
            entry = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
            return body.replace(b"</Types>", entry.encode())
        if name == "xl/_rels/workbook.xml.rels":
            kind = (
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
            )
            entry = f'<Relationship Id="rId99" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
            return body.replace(b"</Relationships>", entry.encode())
        return body

    def move(match: re.Match[str]) -> str:
        strings.append(match.group(2))
        return f'{match.group(1)}t="s"><v>{len(strings) - 1}</v></c>'

    made = rezip(data, change)
    items = "".join(f"<si>{text}</si>" for text in strings)
    head = '<?xml version="1.0" encoding="UTF-8"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return rezip(
        made, lambda name, body: body, {"xl/sharedStrings.xml": f"{head}{items}</sst>".encode()}
    )


def _saved(book: Workbook, creator: str = "") -> bytes:
    book.properties.creator = creator
    out = io.BytesIO()
    book.save(out)
    return _shared(out.getvalue())


def _book() -> tuple[Workbook, object]:
    book = Workbook()
    sheet = book.active
    sheet.title = "公示"
    for row in (("项目", "金额"), ("道路", 1200), ("绿化", 300)):
        sheet.append(row)
    return book, sheet


def visible() -> bytes:
    book, sheet = _book()
    sheet.append((f"身份证{SECRET}", 1))
    return _saved(book)


def hidden_sheet(state: str = "hidden") -> bytes:
    book, _ = _book()
    more = book.create_sheet("底稿")
    more.append(("姓名", "电话"))
    for name, phone in zip(("张建国", "李秀英", "王小明"), PHONES, strict=True):
        more.append((name, phone))
    more.sheet_state = state
    return _saved(book)


def very_hidden_sheet() -> bytes:
    return hidden_sheet("veryHidden")


def hidden_row() -> bytes:
    book, sheet = _book()
    sheet.append(("联系电话", PHONES[0]))
    sheet.row_dimensions[4].hidden = True
    return _saved(book)


def hidden_column() -> bytes:
    book, sheet = _book()
    sheet["D2"] = int(PHONES[0])
    sheet.column_dimensions["D"].hidden = True
    return _saved(book)


def cell_comment() -> bytes:
    book, sheet = _book()
    sheet["A2"].comment = Comment(f"身份证{SECRET}", "李科长")
    return _saved(book)


def white_cell() -> bytes:
    book, sheet = _book()
    sheet["C2"] = SECRET
    sheet["C2"].font = Font(color="FFFFFFFF")
    return _saved(book)


def blank_format() -> bytes:
    book, sheet = _book()
    sheet["C2"] = SECRET
    sheet["C2"].number_format = ";;;"
    return _saved(book)


def page_header() -> bytes:
    book, sheet = _book()
    sheet.oddHeader.center.text = f"身份证{SECRET}"
    return _saved(book)


def defined_name() -> bytes:
    book, _ = _book()
    book.defined_names["note"] = DefinedName("note", attr_text=f'"{SECRET}"')
    return _saved(book)


def orphan_string() -> bytes:
    def change(name: str, body: bytes) -> bytes:
        if name == "xl/sharedStrings.xml":
            return body.replace(b"</sst>", f"<si><t>{SECRET}</t></si></sst>".encode())
        return body

    return rezip(visible(), change)


def properties() -> bytes:
    book, _ = _book()
    return _saved(book, "张建国")


def formula() -> bytes:
    book, sheet = _book()
    sheet["C2"] = f'=IF(B2>0,"","{SECRET}")'
    return _saved(book)


def singled_out() -> bytes:
    """No number at all, but sex, birth and village together point at each person."""
    book, sheet = _book()
    sheet.delete_rows(1, 3)
    sheet.append(("序号", "性别", "出生年月", "所在村", "补助金额"))
    for row in (
        (1, "男", "1950-03", "李楼村", 100),
        (2, "女", "1961-07", "王庄村", 100),
        (3, "男", "1948-11", "李楼村", 100),
    ):
        sheet.append(row)
    return _saved(book)


def everywhere() -> bytes:
    """The same number in cells, as a number, in a comment, a name, the header and the properties."""
    book, sheet = _book()
    sheet["A5"], sheet["B5"] = "张建国", f"{SECRET}"
    sheet["A6"] = f"身份证{SECRET}，电话13800138000"
    sheet["B6"] = 13800138000
    sheet["A7"].comment = Comment(f"核对{SECRET}", "李科长")
    sheet.oddHeader.center.text = f"身份证{SECRET}"
    book.defined_names["note"] = DefinedName("note", attr_text=f'"{SECRET}"')
    hidden = book.create_sheet("底稿")
    hidden.append(("姓名", "证件号码"))
    hidden.append(("张建国", SECRET))
    hidden.sheet_state = "hidden"
    book.properties.subject = SECRET
    return _saved(book, "李科长")
