"""docx: tracked changes accepted, comments and hidden words taken out."""

from lxml import etree

from ..readers.word import unseen_styles, why_unseen
from ..readers.xml import W, local
from .parts import Parts, drop, unwrap

_STORIES = r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|glossary/document)\.xml$"
_CHANGE_MARKS = tuple(
    f"{W}{name}"
    for name in [
        "rPrChange",
        "pPrChange",
        "sectPrChange",
        "tblPrChange",
        "tblPrExChange",
        "tcPrChange",
        "trPrChange",
        "tblGridChange",
        "numberingChange",
        "cellIns",
        "cellMerge",
        "moveFromRangeStart",
        "moveFromRangeEnd",
        "moveToRangeStart",
        "moveToRangeEnd",
        "customXmlInsRangeStart",
        "customXmlInsRangeEnd",
        "customXmlDelRangeStart",
        "customXmlDelRangeEnd",
        "customXmlMoveFromRangeStart",
        "customXmlMoveFromRangeEnd",
        "customXmlMoveToRangeStart",
        "customXmlMoveToRangeEnd",
        "commentRangeStart",
        "commentRangeEnd",
        "dataBinding",
    ]
)
_SETTINGS = tuple(
    f"{W}{name}" for name in ("docVars", "rsids", "attachedTemplate", "mailMerge", "trackRevisions")
)


def clean_word(parts: Parts) -> None:
    """Changes the parts in place."""
    name = "word/styles.xml"
    styles = unseen_styles(parts.tree(name) if name in parts.data else None)
    for name in parts.matching(_STORIES):
        root = parts.tree(name)
        _accept(root)
        drop(run for run in root.iter(f"{W}r") if why_unseen(run, styles))
        for reference in list(root.iter(f"{W}commentReference")):
            run = reference.getparent()
            drop([run if local(run) == "r" else reference])
        drop(e for e in root.iter() if local(e) == "OLEObject")
        _forget_sessions(root)
    if "word/settings.xml" in parts.data:
        settings = parts.tree("word/settings.xml")
        drop(settings.iter(*_SETTINGS))
    if "word/styles.xml" in parts.data:
        _forget_sessions(parts.tree("word/styles.xml"))
    for name in parts.matching(r"word/charts/chart[^/]*\.xml$"):
        drop(e for e in parts.tree(name).iter() if local(e) == "externalData")


def _forget_sessions(root: etree._Element) -> None:
    """Without w:rsid… attributes, which tell edits of one sitting from those of another."""
    for element in root.iter():
        for key in [k for k in element.attrib if k.rpartition("}")[2].startswith("rsid")]:
            del element.attrib[key]


def _accept(root: etree._Element) -> None:
    _merge_paragraphs(root)
    drop(row for row in root.iter(f"{W}tr") if row.find(f"{W}trPr/{W}del") is not None)
    drop(cell for cell in root.iter(f"{W}tc") if cell.find(f"{W}tcPr/{W}cellDel") is not None)
    drop(root.iter(f"{W}del", f"{W}moveFrom"))
    for tag in ("ins", "moveTo"):
        for element in list(root.iter(f"{W}{tag}")):
            if local(element.getparent()) in ("rPr", "trPr") or not len(element):
                drop([element])
            else:
                unwrap(element)
    drop(root.iter(*_CHANGE_MARKS))


def _merge_paragraphs(root: etree._Element) -> None:
    """A deleted paragraph mark joins the paragraph with the next one, or removes an empty one."""
    for paragraph in list(root.iter(f"{W}p")):
        mark = paragraph.find(f"{W}pPr/{W}rPr")
        if mark is None or not any(local(e) in ("del", "moveFrom") for e in mark):
            continue
        drop(e for e in list(mark) if local(e) in ("del", "moveFrom"))
        following = paragraph.getnext()
        kept = [e for e in paragraph if local(e) not in ("pPr", "del", "moveFrom")]
        if following is None or following.tag != f"{W}p":
            if not kept and following is not None:
                drop([paragraph])
            continue
        at = 1 if following.find(f"{W}pPr") is not None else 0
        for offset, element in enumerate(kept):
            following.insert(at + offset, element)
        drop([paragraph])
