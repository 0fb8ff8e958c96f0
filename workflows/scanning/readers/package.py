"""Zip containers: opened within the budget, whatever their headers claim."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator

from ..limits import Budget, Unreadable
from .xml import local, parse

_CHUNK = 1 << 20
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1


class Package:
    """The entries of a zip container, by name."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        """
        Raises:
            Unreadable: no zip container, or protected by a password, or too many entries.
        """
        self._budget = budget
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise Unreadable("broken") from error
        self.infos = [info for info in self._zip.infolist() if not info.is_dir()]
        budget.enter(len(self.infos))
        if any(info.flag_bits & _ENCRYPTED for info in self.infos):
            raise Unreadable("password")
        self._by_name = {self.name(info): info for info in self.infos}

    @staticmethod
    def name(info: zipfile.ZipInfo) -> str:
        """The entry's name; names without the UTF-8 flag were mostly written in GBK."""
        if info.flag_bits & _UTF8_NAME or info.filename.isascii():
            return info.filename
        try:
            return info.filename.encode("cp437").decode("gb18030")
        except UnicodeError:
            return info.filename

    @property
    def names(self) -> list[str]:
        return list(self._by_name)

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def read(self, name: str) -> bytes:
        """The unpacked bytes of one entry.

        Raises:
            Unreadable: it is missing, broken, or goes beyond the budget.
        """
        info = self._by_name.get(name)
        if info is None:
            raise Unreadable("broken")
        pieces: list[bytes] = []
        try:
            with self._zip.open(info) as entry:
                while piece := entry.read(_CHUNK):
                    self._budget.unpack(len(piece))
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise Unreadable("broken") from error
        return b"".join(pieces)

    def relations(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """Relations of `part`: id to (kind, target, external). Targets inside are full names."""
        folder, _, base = part.rpartition("/")
        rels = f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"
        if rels not in self:
            return {}
        found: dict[str, tuple[str, str, bool]] = {}
        for relation in parse(self.read(rels)):
            if local(relation) != "Relationship":
                continue
            kind = relation.get("Type", "").rpartition("/")[2]
            target, external = relation.get("Target", ""), relation.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
            found[relation.get("Id", "")] = (kind, target, external)
        return found

    def targets(self, part: str, kind: str) -> Iterator[str]:
        """Parts that `part` points to by relations of this kind."""
        for found, target, external in self.relations(part).values():
            if found == kind and not external and target in self:
                yield target
