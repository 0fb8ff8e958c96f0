"""How much one file may cost. What goes beyond is reported as 「无法检查」, never as clean."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits for one file: seconds of wall clock and of processor, all sizes in bytes."""

    seconds: float = 90.0
    memory: int = 1_500_000_000
    input: int = 200_000_000
    unpacked: int = 600_000_000
    entries: int = 20_000
    depth: int = 4
    findings: int = 50_000


class Unreadable(Exception):
    """A file, or a part of one, that cannot be checked; `reason` is a key of the wordings."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values


class Budget:
    """What is left of the limits while one file, with all that is packed in it, is read."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._unpacked = limits.unpacked
        self._entries = limits.entries

    def unpack(self, size: int) -> None:
        """Counts `size` more unpacked bytes.

        Raises:
            Unreadable: that is more than the limit.
        """
        self._unpacked -= size
        if self._unpacked < 0:
            raise Unreadable("bomb")

    def enter(self, count: int) -> None:
        """Counts `count` more entries of archives.

        Raises:
            Unreadable: that is more than the limit.
        """
        self._entries -= count
        if self._entries < 0:
            raise Unreadable("entries")
