"""How well and how fast the scanner finds: `python -m bench.scanning`.

Recall and precision on the labelled corpus, passages a second on one core, big files with time and
peak memory, and ten thousand public pages looked through again after a change of the dictionary.
"""

import io
import os
import random
import resource
import time
from collections.abc import Callable

from tests.scanning.corpus import docx_files, pdf_files, xlsx_files
from tests.scanning.corpus.build import Labelled, load
from tests.scanning.corpus.hidden_files import CLEAN, PLANTED
from tests.scanning.corpus.measure import measure
from tests.scanning.corpus.values import Values
from workflows.scanning import Finding, Limits, scan_file, scan_terms, scan_text

_PAGES = 10_000
_ROWS = 50_000
_PDF_PAGES = 300
_DOCX_BYTES = 10_000_000
_MB = 1_000_000


def quality(passages: list[Labelled]) -> None:
    scores, _ = measure(passages)
    positive = sum(bool(passage.spans) for passage in passages)
    print(f"corpus: {positive} passages with something, {len(passages) - positive} with nothing")
    print(f"{'kind':15}{'found':>7}{'missed':>8}{'wrong':>7}{'recall':>9}{'precision':>11}")
    for kind, score in scores.items():
        print(
            f"{kind:15}{score.hit:7}{score.missed:8}{score.wrong:7}{score.recall:9.3f}{score.precision:11.3f}"
        )


def hidden_files() -> None:
    whole = sum(
        planted.expected <= {str(f.kind) for f in found} | {f.rule for f in found}
        for planted in PLANTED
        for found in [scan_file(planted.make(), planted.name)]
    )
    alarms = sum(bool(scan_file(planted.make(), planted.name)) for planted in CLEAN)
    print(
        f"files: {whole} of {len(PLANTED)} with something hidden found whole; {alarms} of {len(CLEAN)} clean files alarmed"
    )


def passages_a_second(passages: list[Labelled]) -> None:
    began = time.process_time()
    for passage in passages:
        scan_text(passage.text)
    took = time.process_time() - began
    size = sum(len(passage.text) for passage in passages)
    print(
        f"text: {len(passages) / took:,.0f} passages a second on one core, {size / took:,.0f} characters a second"
    )


def _sentences(seed: int) -> Callable[[], str]:
    values = Values(seed)
    plain = [p.text.replace("\n", "") for p in load() if not p.spans]
    return lambda: values.random.choice(plain) + "。"


def big_docx() -> bytes:
    """Words and pictures that together weigh ten megabytes when packed."""
    sentence, document = _sentences(1), docx_files.plain()
    for number in range(4000):
        document.add_paragraph("".join(sentence() for _ in range(4)))
        if number % 500 == 0:
            document.add_paragraph("身份证" + docx_files.SECRET)
    data = docx_files.saved(document)
    noise = random.Random(2).randbytes(_DOCX_BYTES - len(data))
    return docx_files.rezip(
        data, lambda name, body: body, {"word/media/image1.png": b"\x89PNG\r\n\x1a\n" + noise}
    )


def big_xlsx() -> bytes:
    """A list of fifty thousand people with villages and sums; one in ten has a number too."""
    values = Values(3)
    head = (
        '<row r="1">'
        + "".join(
            f'<c t="inlineStr"><is><t>{t}</t></is></c>'
            for t in ("序号", "姓名", "村组", "身份证号", "金额")
        )
        + "</row>"
    )
    rows = [head]
    for number in range(2, _ROWS + 2):
        cells = (
            values.name(),
            f"李楼村{number % 9 + 1}组",
            values.identity() if number % 10 == 0 else "",
        )
        words = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in cells)
        rows.append(f'<row r="{number}"><c><v>{number}</v></c>{words}<c><v>1200</v></c></row>')
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = (
        f'<worksheet xmlns="{space}"><sheetData>{"".join(rows)}</sheetData></worksheet>'.encode()
    )
    return docx_files.rezip(
        xlsx_files.visible(),
        lambda name, body: sheet if name == "xl/worksheets/sheet1.xml" else body,
    )


def big_pdf() -> bytes:
    """Three hundred pages of thirty lines."""
    from reportlab.pdfgen.canvas import Canvas

    sentence, out = _sentences(4), io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for _ in range(_PDF_PAGES):
        canvas.setFont(pdf_files.FONT, 11)
        for line in range(30):
            canvas.drawString(60, 780 - 24 * line, sentence()[:40])
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def big_file(label: str, name: str, make: Callable[[], bytes]) -> None:
    """Scans in a fresh process, so that the peak is this file's own."""
    data = make()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        began = time.monotonic()
        found = scan_file(data, name, limits=Limits(seconds=600))
        took = time.monotonic() - began
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu, peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024
        os.write(writing, _line(label, data, found, took, cpu, peak).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as said:
        print(said.read())
    os.waitpid(child, 0)


def _line(label: str, data: bytes, found: list[Finding], took: float, cpu: float, peak: int) -> str:
    open_end = " UNREADABLE" if any(f.kind == "unreadable" for f in found) else ""
    return (
        f"{label}: {len(data) / _MB:.1f} MB, {took:.1f} s ({cpu:.1f} s of processor), "
        f"peak {peak / _MB:.0f} MB, {len(found)} findings{open_end}"
    )


def again() -> None:
    """Public pages of about 1,100 characters, with a dictionary of 500 terms."""
    sentence = _sentences(5)
    pages = ["".join(sentence() for _ in range(60)) for _ in range(_PAGES // 20)]
    pages[7] += "蓝鲸计划"
    terms = (*(f"代号{number}工程" for number in range(499)), "蓝鲸计划")
    size = sum(map(len, pages)) // len(pages)
    for label, scan in (("terms only", scan_terms), ("everything", scan_text)):
        began = time.process_time()
        found = sum(
            len(scan(page, dictionary=terms)) > 0
            for page in pages * (20 if scan is scan_terms else 1)
        )
        took = time.process_time() - began
        took *= 1 if scan is scan_terms else 20
        print(
            f"again, {label}: {_PAGES:,} pages of {size:,} characters, {len(terms)} terms: "
            f"{took:.1f} s of one core ({found} with findings)"
        )


def main() -> None:
    passages = load()
    quality(passages)
    for part in sorted({passage.part for passage in passages}):
        print(f"{part}: {sum(passage.part == part for passage in passages)}", end="; ")
    print()
    hidden_files()
    passages_a_second(passages)
    again()
    big_file("docx", "a.docx", big_docx)
    big_file(f"xlsx of {_ROWS:,} rows", "a.xlsx", big_xlsx)
    big_file(f"pdf of {_PDF_PAGES} pages", "a.pdf", big_pdf)


if __name__ == "__main__":
    main()
