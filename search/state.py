"""A state of the search page: everything its address says, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from unicodedata import category
from urllib.parse import urlencode

from django.http import QueryDict

from search.terms import LONGEST_QUERY

#: The filters, in the order of the page; each is a parameter of the address with a code as value.
FILTERS = ("kind", "domain", "organ", "stage", "year", "validity", "channel", "level")
SORTS = ("relevance", "date")
MOST_PAGES = 500
_MOST_WITHIN = 3
_LONGEST_CODE = 60


@dataclass(frozen=True)
class SearchState:
    """`within` are earlier queries within whose results `query` searches; `chosen` holds filters."""

    query: str = ""
    within: tuple[str, ...] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)
    title_only: bool = False
    sort: str = ""
    page: int = 1

    @classmethod
    def from_address(cls, parameters: QueryDict) -> SearchState:
        """What an address asks for; what it cannot mean is left out, so that no address is an error."""
        chosen = {name: _code(parameters.get(name, "")) for name in FILTERS}
        sort = parameters.get("sort", "")
        page = parameters.get("page", "")
        return cls(
            query=_text(parameters.get("q", "")),
            within=tuple(filter(None, map(_text, parameters.getlist("within"))))[:_MOST_WITHIN],
            chosen={name: code for name, code in chosen.items() if code},
            title_only=parameters.get("in") == "title",
            sort=sort if sort in SORTS else "",
            page=min(int(page), MOST_PAGES) if page.isascii() and page.isdigit() else 1,
        )

    @property
    def order(self) -> str:
        """By relevance, unless there is nothing to be relevant to."""
        if not self.has_words:
            return "date"
        return self.sort or "relevance"

    @property
    def has_words(self) -> bool:
        return any(char.isalnum() for text in self.texts for char in text)

    @property
    def texts(self) -> tuple[str, ...]:
        """Every query that a result must answer."""
        return tuple(filter(None, (*self.within, self.query)))

    def parameters(self) -> list[tuple[str, str]]:
        """Its address in pairs, always in the same order, without the page."""
        pairs = [("q", self.query), *(("within", text) for text in self.within)]
        pairs += [(name, self.chosen.get(name, "")) for name in FILTERS]
        pairs += [("in", "title" if self.title_only else ""), ("sort", self.sort)]
        return [(name, value) for name, value in pairs if value]

    def address(self, **extra: str) -> str:
        """The query string of this state, from its `?`."""
        return "?" + urlencode([*self.parameters(), *extra.items()])

    def choosing(self, name: str, code: str) -> SearchState:
        """The first page with another filter; an empty code takes the filter away."""
        chosen = {key: value for key, value in self.chosen.items() if key != name}
        if code:
            chosen[name] = code
        return replace(self, chosen=chosen, page=1)

    def without_filters(self) -> SearchState:
        return replace(self, chosen={}, within=(), title_only=False, page=1)

    def fields_within(self) -> list[tuple[str, str]]:
        """The hidden fields of a form that searches within these results; its own field is `q`."""
        texts = [*self.within, self.query] if self.has_words else list(self.within)
        inner = replace(self, query="", within=tuple(filter(None, texts))[-_MOST_WITHIN:], page=1)
        return inner.parameters()


def _text(value: str) -> str:
    # Control characters and halves of characters are nothing a database, page or feed can hold.
    readable = (" " if category(char) in ("Cc", "Cs") else char for char in value[:LONGEST_QUERY])
    return " ".join("".join(readable).split())


def _code(value: str) -> str:
    code = value.strip()
    return (
        code
        if len(code) <= _LONGEST_CODE and code.replace("-", "").replace("_", "").isalnum()
        else ""
    )
