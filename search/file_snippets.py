"""What to show of attachments: where words stand that the page itself does not say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from search.highlighting import highlight
from search.models import AttachedFile, Entry
from search.normalising import fold
from search.terms import Term, parse_terms

_BEFORE, _AFTER = 200, 600


@dataclass(frozen=True)
class FoundInFile:
    """An attachment in which words were found; the snippet has them marked."""

    title: str
    url: str
    snippet_html: SafeString


def found_in_files(entries: Sequence[Entry], asked: str, words: str) -> dict[int, FoundInFile]:
    """By entry, the first attachment that says a word which the page does not; one query at most.

    `asked` is what the reader typed, `words` what is marked: the same with synonyms.
    """
    terms = parse_terms(asked) if asked else []
    unsaid = {entry.pk: missing for entry in entries if (missing := _missing(entry, terms))}
    if not unsaid:
        return {}
    found: dict[int, FoundInFile] = {}
    files = AttachedFile.objects.filter(entry__in=unsaid).exclude(content__text="")
    for file in files.select_related("attachment", "content"):
        if file.entry_id in found:
            continue
        at = _first_place(file.content.text, unsaid[file.entry_id])
        if at >= 0:
            part = file.content.text[max(0, at - _BEFORE) : at + _AFTER]
            title = file.attachment.title
            found[file.entry_id] = FoundInFile(title, file.attachment.url, highlight(part, words))
    return found


def _missing(entry: Entry, terms: list[Term]) -> list[Term]:
    """Terms that the page does not say. A number is written in many ways and is left alone."""
    own = "\n".join(
        (entry.title, entry.keywords, entry.summary, entry.text, entry.attachments, entry.context)
    )
    missing = [term for term in terms if not term.number and not _says(own, term)]
    if not missing:
        return []
    folded = fold(own)
    return [term for term in missing if not _says(folded, term)]


def _says(text: str, term: Term) -> bool:
    return all(part in text for part in term.parts)


def _first_place(text: str, terms: list[Term]) -> int:
    places = [place for term in terms if (place := text.find(term.parts[0])) >= 0]
    if places:
        return min(places)
    folded = fold(text)
    # Folding hardly ever changes the number of characters: near enough for a snippet.
    return min((at for term in terms if (at := folded.find(term.parts[0])) >= 0), default=-1)
