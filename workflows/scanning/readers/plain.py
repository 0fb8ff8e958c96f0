"""txt and csv: the encoding is found out, then line by line or row by row."""

import csv
import io
from itertools import islice

from ..items import Items, Passage, Table, hidden
from ..limits import Unreadable
from ..passages import row_passage
from ..words import place
from .tables import find_header

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_HEAD_ROWS = 6
_LONGEST_FIELD = 1 << 20
_BLANKS_THAT_HIDE = 60


def decode(data: bytes) -> str:
    """The text of a file of unknown encoding: UTF-8, UTF-16 or GB 18030.

    Raises:
        Unreadable: it is none of these, so it is hardly text.
    """
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return data.decode(codec, "replace")
    if b"\0" in data:
        raise Unreadable("not_text")
    for codec in ("utf-8", "gb18030"):
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    raise Unreadable("not_text")


def read_text(data: bytes) -> Items:
    """A passage for each line that is not empty."""
    for number, line in enumerate(decode(data).splitlines(), 1):
        if line.strip():
            if " " * _BLANKS_THAT_HIDE in line.strip():
                yield hidden("far_right", place("line", number=number), line.strip()[-40:])
            yield Passage(place("line", number=number), line)


def read_csv(data: bytes) -> Items:
    """A labelled passage for each row, then the table.

    Raises:
        Unreadable: no text, or a field longer than a megabyte.
    """
    text = decode(data)
    first = text[:4096]
    delimiter = max(",\t;|", key=first.count)
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        rows = [
            [c.strip() for c in row] for row in csv.reader(io.StringIO(text), delimiter=delimiter)
        ]
    except csv.Error as error:
        raise Unreadable("broken") from error
    top, header = find_header(list(islice(rows, _HEAD_ROWS)))
    for number, row in enumerate(rows, 1):
        cells = [
            (column, cell, place("csv_cell", row=number, column=column + 1))
            for column, cell in enumerate(row)
            if cell
        ]
        if cells:
            yield row_passage(place("line", number=number), header if number > top else [], cells)
    if header:
        yield Table(place("file"), header, rows[top:])
