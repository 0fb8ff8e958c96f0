"""PostgreSQL text-search vectors, written out token by token.

https://www.postgresql.org/docs/current/textsearch-limitations.html: a vector has less than 1 MB,
a position is at most 16383, a token has at most 256 positions.
"""

from search.streams import SENTENCE_END, index_tokens

LAST_POSITION = 16383
MOST_POSITIONS = 255
# Below the limit by what alignment may add.
MOST_BYTES = 800_000


class Vector:
    """A vector under construction; texts added one after another do not touch."""

    def __init__(self) -> None:
        self._positions: dict[str, list[str]] = {}
        self._bytes = 0
        self._end = 0

    def add_text(self, text: str, label: str) -> None:
        start = self._end
        for token in index_tokens(text):
            position = start + token.position
            self._end = max(self._end, position)
            if token.text != SENTENCE_END:
                self._add(token.text, position, label)

    def add_words(self, words: list[str]) -> None:
        """Add tokens in their order, all with the lowest label."""
        for word in words:
            self._end += 1
            if word != SENTENCE_END:
                self._add(word, self._end, "D")

    def _add(self, token: str, position: int, label: str) -> None:
        positions = self._positions.get(token)
        if positions is None:
            cost = len(token.encode()) + 12
            if self._bytes + cost > MOST_BYTES:
                return
            self._bytes += cost
            positions = self._positions[token] = []
        elif len(positions) >= MOST_POSITIONS or self._bytes + 2 > MOST_BYTES:
            return
        self._bytes += 2
        positions.append(f"{min(position, LAST_POSITION)}{label}")

    def literal(self) -> str:
        """The vector as PostgreSQL reads it; tokens hold only letters and digits and need no escaping."""
        return " ".join(
            f"'{token}':{','.join(positions)}" for token, positions in self._positions.items()
        )
