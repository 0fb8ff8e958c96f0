"""Office packages as parts that can be changed, dropped and written again."""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterable

from lxml import etree

from ..limits import Budget
from ..readers.package import Package
from ..readers.xml import local, parse

_MOMENT = (1980, 1, 1, 0, 0, 0)
_TYPES = "[Content_Types].xml"


class Parts:
    """All parts of a package by name, in their order."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        """
        Raises:
            Unreadable: the package is broken, protected or too big.
        """
        package = Package(data, budget)
        self.data: dict[str, bytes] = {name: package.read(name) for name in package.names}
        self._trees: dict[str, etree._Element] = {}

    def tree(self, name: str) -> etree._Element:
        """The root of a part; changes to it are written back."""
        if name not in self._trees:
            self._trees[name] = parse(self.data[name])
        return self._trees[name]

    def matching(self, pattern: str) -> list[str]:
        return [name for name in self.data if re.match(pattern, name)]

    @staticmethod
    def rels_name(part: str) -> str:
        folder, _, base = part.rpartition("/")
        return f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"

    def relations(self, part: str) -> list[etree._Element]:
        """The relation elements of a part ("" is the package)."""
        name = self.rels_name(part)
        return (
            [e for e in self.tree(name) if local(e) == "Relationship"] if name in self.data else []
        )

    def target(self, part: str, relation: etree._Element) -> str:
        """The name of the part a relation points to, or "" when it points outside."""
        if relation.get("TargetMode") == "External":
            return ""
        folder = part.rpartition("/")[0]
        return posixpath.normpath(posixpath.join("/" + folder, relation.get("Target", ""))).lstrip(
            "/"
        )

    def unrelate(self, part: str, wanted: Callable[[str, str], bool]) -> set[str]:
        """Drops relations by (kind, target); returns their ids, so that uses of them can go too."""
        gone: set[str] = set()
        for relation in self.relations(part):
            kind = relation.get("Type", "").rpartition("/")[2]
            if wanted(kind, self.target(part, relation)):
                gone.add(relation.get("Id", ""))
                relation.getparent().remove(relation)
        return gone

    def owners(self) -> list[str]:
        """Parts that have relations, the package first."""
        rels = [name for name in self.data if name.endswith(".rels")]
        return [re.sub(r"_rels/([^/]*)\.rels$", r"\1", name) for name in rels]

    def sweep(self) -> None:
        """Drops parts that nothing points to any more, and their entries in the list of types."""
        reached, queue = {_TYPES}, [""]
        while queue:
            part = queue.pop()
            if self.rels_name(part) in self.data:
                reached.add(self.rels_name(part))
            for relation in self.relations(part):
                target = self.target(part, relation)
                if target in self.data and target not in reached:
                    reached.add(target)
                    queue.append(target)
        for name in [name for name in self.data if name not in reached]:
            del self.data[name]
            self._trees.pop(name, None)
        types = self.tree(_TYPES)
        for entry in list(types):
            if (
                local(entry) == "Override"
                and entry.get("PartName", "").lstrip("/") not in self.data
            ):
                types.remove(entry)

    def write(self) -> bytes:
        """The package; times and the like in the container say nothing."""
        for name, root in self._trees.items():
            if name in self.data:
                self.data[name] = etree.tostring(
                    root, xml_declaration=True, encoding="UTF-8", standalone=True
                )
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name, body in self.data.items():
                package.writestr(zipfile.ZipInfo(name, _MOMENT), body, zipfile.ZIP_DEFLATED)
        return out.getvalue()


def drop(elements: Iterable[etree._Element]) -> int:
    """Takes elements out, leaving text behind them; says how many."""
    count = 0
    for element in list(elements):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
            count += 1
    return count


def unwrap(element: etree._Element) -> None:
    """Puts the children of an element in its place."""
    parent = element.getparent()
    at = parent.index(element)
    for offset, child in enumerate(list(element)):
        parent.insert(at + offset, child)
    parent.remove(element)
