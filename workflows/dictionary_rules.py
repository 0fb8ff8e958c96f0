"""What must be true before the dictionary may be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from workflows.enums import Role
from workflows.models import DictionaryTerm, has_role

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

#: Characters of a word: one character alone would be found everywhere.
SHORTEST, LONGEST = 2, 50


class DictionaryChange(NamedTuple):
    """`user` adds (word, note) pairs and removes `removed`, for `reason`."""

    user: AbstractBaseUser | None
    added: list[tuple[str, str]]
    removed: list[DictionaryTerm]
    reason: str


def is_a_reviewer(change: DictionaryChange) -> str | None:
    if not has_role(change.user, Role.CONFIDENTIALITY_REVIEWER):
        return _("The dictionary is kept by the confidentiality reviewers.")
    return None


def changes_something(change: DictionaryChange) -> str | None:
    if not change.added and not change.removed:
        return _("Write the words to add, one on each line, or mark words to remove.")
    return None


def words_have_a_length(change: DictionaryChange) -> str | None:
    wrong = [term for term, _note in change.added if not SHORTEST <= len(term) <= LONGEST]
    if wrong:
        return _("A word has %(shortest)s to %(longest)s characters; check: %(words)s") % {
            "shortest": SHORTEST,
            "longest": LONGEST,
            "words": "、".join(word[:20] for word in wrong),
        }
    return None


def words_are_new(change: DictionaryChange) -> str | None:
    terms = [term for term, _note in change.added]
    twice = {term for term in terms if terms.count(term) > 1}
    leaving = [row.pk for row in change.removed]
    known = DictionaryTerm.objects.current().exclude(pk__in=leaving).filter(term__in=terms)
    twice.update(known.values_list("term", flat=True))
    if twice:
        return _("In the dictionary already, or written twice: %(words)s") % {
            "words": "、".join(sorted(twice))
        }
    return None


def says_why(change: DictionaryChange) -> str | None:
    if not change.reason:
        return _("Say why: whoever reads the log later wants to know.")
    return None


DICTIONARY_RULES = [
    is_a_reviewer,
    changes_something,
    words_have_a_length,
    words_are_new,
    says_why,
]
