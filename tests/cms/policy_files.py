"""Word files made for a test."""

import io

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH


def built(*lines, centred=0):
    """A docx of the given paragraphs as an open file, the first `centred` of them centred."""
    document = docx.Document()
    for number, line in enumerate(lines):
        paragraph = document.add_paragraph(line)
        if number < centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return saved(document)


def saved(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream
