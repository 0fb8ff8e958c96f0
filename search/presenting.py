"""What the search page shows: a row for each result, and the filters with their counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page as ResultPage
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalogue_standards.enums import EditionStatus, Level, Stage
from catalogue_standards.models import Channel, EditionDomain, Organ
from cms.enums import Validity
from cms.languages import path_for_reader
from search.answers import PER_PAGE, Answer
from search.file_snippets import FoundInFile, found_in_files
from search.highlighting import highlight
from search.kinds import Kind
from search.models import Entry
from search.state import SearchState
from search.validity import validity_of


@dataclass(frozen=True)
class Result:
    """One row of results; texts ending in `_html` are safe and have their matches marked."""

    title: str
    title_html: SafeString
    url: str
    kind: str
    kind_label: str
    organ_name: str
    domain_name: str
    published_at: datetime | None
    snippet_html: SafeString
    validity_label: str
    document_number: str
    index_number: str
    attachment: FoundInFile | None


@dataclass(frozen=True)
class Option:
    """A value of a filter; `url` chooses it, or takes the choice back when it is selected."""

    value: str
    label: str
    count: int | None
    url: str
    selected: bool


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    options: list[Option]


class _KnownPaginator(Paginator):
    """Pages of which the total and the rows of one are known already."""

    def __init__(self, rows: list[Result], per_page: int, total: int) -> None:
        super().__init__(rows, per_page)
        self._total = total

    @cached_property
    def count(self) -> int:
        return self._total


def result_page(answer: Answer, results: list[Result], per_page: int = PER_PAGE) -> ResultPage:
    paginator = _KnownPaginator(results, per_page, answer.total)
    return ResultPage(results, answer.page, paginator)


class Names:
    """Names of what filters and rows speak of, by the text of their keys; each kind one query, if asked."""

    @cached_property
    def domains(self) -> dict[str, tuple[str, str]]:
        """Code and name of each domain of the edition in force, in its order."""
        rows = EditionDomain.objects.filter(edition__status=EditionStatus.IN_FORCE)
        rows = rows.select_related("domain").order_by("position")
        return {str(row.domain_id): (row.domain.code, row.name) for row in rows}

    @cached_property
    def organs(self) -> dict[str, tuple[str, str]]:
        rows = Organ.objects.values_list("pk", "code", "short_name")
        return {str(pk): (code, name) for pk, code, name in rows}

    @cached_property
    def channels(self) -> dict[str, tuple[str, str]]:
        rows = Channel.objects.values_list("code", "name")
        return {code: (code, name) for code, name in rows}


def result_rows(
    entries: Sequence[Entry],
    words: str,
    request: HttpRequest,
    day: date,
    names: Names,
    asked: str = "",
) -> list[Result]:
    """Entries as rows, with the matches of `words` marked; attachments tell of words `asked`."""
    files = found_in_files(entries, asked, words)
    return [_row(entry, words, names, request, day, files.get(entry.pk)) for entry in entries]


def _row(
    entry: Entry,
    words: str,
    names: Names,
    request: HttpRequest,
    day: date,
    attachment: FoundInFile | None,
) -> Result:
    _code, domain = names.domains.get(str(entry.domain_id), ("", ""))
    validity = validity_of(entry, day)
    texts = "\n".join(filter(None, (entry.summary, entry.text, entry.attachments)))
    return Result(
        title=entry.title,
        title_html=highlight(entry.title, words, length=None),
        url=path_for_reader(entry.page.get_url(request) or ""),
        kind=entry.kind,
        kind_label=str(Kind(entry.kind).label),
        organ_name=entry.organ.short_name if entry.organ else "",
        domain_name=domain,
        published_at=entry.published_at,
        snippet_html=highlight(texts, words),
        validity_label=str(validity.label) if validity else "",
        document_number=entry.document_number,
        index_number=entry.index_number,
        attachment=attachment,
    )


def facets(state: SearchState, answer: Answer, names: Names) -> list[Facet]:
    """The filters of the page, each with the values that would leave something."""
    counts = answer.counts
    years = {
        year: (year, _("%(year)s") % {"year": year})
        for year in sorted(counts["year"], reverse=True)
    }
    rows: list[tuple[str, str, Mapping[str, tuple[str, Any]], bool]] = [
        ("kind", _("Kind"), _choices(Kind), False),
        ("domain", _("Domain"), names.domains, False),
        ("organ", _("Organ"), names.organs, True),
        ("validity", _("Validity"), _choices(Validity), False),
        ("stage", _("Stage"), _choices(Stage), False),
        ("year", _("Year"), years, False),
        ("level", _("Level"), _choices(Level), False),
        ("channel", _("Channel"), names.channels, True),
    ]
    return [
        Facet(name, label, _options(state, name, counts[name], known, frequent_first=frequent))
        for name, label, known, frequent in rows
    ]


def sort_options(state: SearchState) -> list[Option]:
    """By relevance or date; none without words."""
    labels = {"relevance": _("By relevance"), "date": _("Newest first")}
    if not state.has_words:
        return []
    return [
        Option(
            value,
            label,
            None,
            replace(state, sort=value, page=1).address(),
            state.order == value,
        )
        for value, label in labels.items()
    ]


def scope_options(state: SearchState) -> list[Option]:
    """Full text or titles only."""
    labels = {False: _("Full text"), True: _("Titles only")}
    return [
        Option(
            "title" if title_only else "",
            label,
            None,
            replace(state, title_only=title_only, page=1).address(),
            state.title_only == title_only,
        )
        for title_only, label in labels.items()
    ]


def narrowings(state: SearchState, shown: Sequence[Facet]) -> list[Option]:
    """What narrows the results, each with the address that takes it away."""
    found = [
        Option(text, _("in results for “%(words)s”") % {"words": text}, None, wider.address(), True)
        for place, text in enumerate(state.within)
        for wider in [replace(state, within=_but(state.within, place), page=1)]
    ]
    if state.title_only:
        wider = replace(state, title_only=False, page=1)
        found.append(Option("title", _("Titles only"), None, wider.address(), True))
    labels = {
        facet.name: (facet.label, option.label)
        for facet in shown
        for option in facet.options
        if option.selected
    }
    for name, code in state.chosen.items():
        label = _("%(filter)s: %(value)s") % dict(
            zip(("filter", "value"), labels.get(name, (name, code)), strict=True)
        )
        found.append(Option(code, label, None, state.choosing(name, "").address(), True))
    return found


def _but(texts: tuple[str, ...], place: int) -> tuple[str, ...]:
    return texts[:place] + texts[place + 1 :]


def _choices(enum: Any) -> dict[str, tuple[str, Any]]:
    return {value: (value, label) for value, label in enum.choices}


def _options(
    state: SearchState,
    name: str,
    counts: Counter[str],
    known: Mapping[str, tuple[str, Any]],
    *,
    frequent_first: bool,
) -> list[Option]:
    chosen = state.chosen.get(name, "")
    values = [value for value in known if value and (counts[value] or known[value][0] == chosen)]
    if frequent_first:
        values.sort(key=lambda value: -counts[value])
    return [
        Option(
            value=code,
            label=str(label),
            count=counts[value],
            url=state.choosing(name, "" if code == chosen else code).address(),
            selected=code == chosen,
        )
        for value in values
        for code, label in [known[value]]
    ]
