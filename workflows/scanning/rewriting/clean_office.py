"""What cleaning has in common for docx, xlsx and pptx."""

import re

from lxml import etree

from ..limits import Budget, Unreadable
from ..readers.xml import R, local
from .clean_image import clean_image
from .clean_sheet import clean_sheets
from .clean_slides import clean_slides
from .clean_word import clean_word
from .parts import Parts, drop

_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties '
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties '
    'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
_DROPPED = frozenset(
    [
        "custom-properties",
        "customXml",
        "thumbnail",
        "comments",
        "commentsExtended",
        "commentsIds",
        "commentsExtensible",
        "people",
        "person",
        "threadedComment",
        "commentAuthors",
        "authors",
        "vbaProject",
        "wordVbaData",
        "printerSettings",
        "package",
        "oleObject",
        "control",
        "activeXControlBinary",
        "attachedTemplate",
        "mailMergeSource",
        "mailMergeHeaderSource",
        "notesSlide",
        "externalLink",
        "externalLinkPath",
        "pivotTable",
        "pivotCacheDefinition",
        "queryTable",
        "connections",
        "usernames",
        "revisionHeaders",
        "calcChain",
        "keyMapCustomizations",
        "attachedToolbars",
        "tags",
    ]
)
_LOCAL_PATH = re.compile(r"file:|[A-Za-z]:[\\/]|\\\\", re.I)
_CLEANERS = {"docx": clean_word, "xlsx": clean_sheets, "pptx": clean_slides}


def clean_office(data: bytes, kind: str, budget: Budget) -> bytes:
    """The package without author, comments, changes, hidden parts and embedded files.

    Raises:
        Unreadable: it is broken or too big.
    """
    parts = Parts(data, budget)
    _CLEANERS[kind](parts)
    for part in parts.owners():
        gone = parts.unrelate(part, lambda found, target: found in _DROPPED)
        if part in parts.data and gone:
            _forget(parts.tree(part), gone)
        for relation in parts.relations(part):
            if relation.get("TargetMode") == "External" and _LOCAL_PATH.match(
                relation.get("Target", "")
            ):
                relation.set("Target", "about:blank")
    for name in list(parts.data):
        if name.lower().endswith("core.xml") and name.lower().startswith("docprops/"):
            parts.data[name] = _CORE.encode()
        elif name.lower().endswith("app.xml") and name.lower().startswith("docprops/"):
            parts.data[name] = _APP.encode()
        elif "/media/" in name:
            parts.data[name] = _picture(parts.data[name])
    parts.sweep()
    return parts.write()


def _picture(body: bytes) -> bytes:
    try:
        return clean_image(body)
    except Unreadable:
        return body


def _forget(root: etree._Element, gone: set[str]) -> None:
    """Takes out the elements that used a relation which is no more."""
    drop(
        element
        for element in root.iter()
        if local(element)
        and any(key.startswith(R) and value in gone for key, value in element.attrib.items())
    )
