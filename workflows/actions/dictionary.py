"""Change the dictionary: a new version, and a second look at everything public."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from workflows import revisits
from workflows.audit import record
from workflows.audit_actions import AuditAction
from workflows.dictionary_rules import DICTIONARY_RULES, DictionaryChange
from workflows.models import DictionaryTerm, DictionaryVersion
from workflows.models.names import display_name
from workflows.rules import DictionaryRefused, failures

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class ChangeDictionaryAction:
    """`added` are (word, note) pairs, `removed` keys of current words."""

    def __init__(
        self,
        user: User | None,
        added: Iterable[tuple[str, str]],
        removed: Iterable[int],
        reason: str,
    ) -> None:
        self.user = user
        self.added = [(term.strip(), note.strip()[:200]) for term, note in added]
        self.removed = list(DictionaryTerm.objects.current().filter(pk__in=list(removed)))
        self.reason = reason.strip()[:300]

    def check(self) -> None:
        """Raise DictionaryRefused with every reason."""
        change = DictionaryChange(self.user, self.added, self.removed, self.reason)
        if sentences := failures(DICTIONARY_RULES, change):
            raise DictionaryRefused(sentences, None, self.user)

    @transaction.atomic
    def execute(self) -> DictionaryVersion:
        self.check()
        # The unique number refuses the second of two who change it at the same moment.
        last = DictionaryVersion.objects.order_by("-number").first()
        version = DictionaryVersion.objects.create(
            number=last.number + 1 if last else 1,
            at=timezone.now(),
            user=self.user,
            user_name=display_name(self.user),
            reason=self.reason,
        )
        leaving = [row.pk for row in self.removed]
        DictionaryTerm.objects.filter(pk__in=leaving).update(until=version)
        DictionaryTerm.objects.bulk_create(
            DictionaryTerm(term=term, note=note, since=version) for term, note in self.added
        )
        record(
            AuditAction.DICTIONARY_CHANGED,
            version,
            actor=self.user,
            label=_("Version %(number)s of the dictionary") % {"number": version.number},
            details={
                "reason": self.reason,
                "add": [term for term, _note in self.added],
                "remove": [row.term for row in self.removed],
            },
        )
        if self.added:
            # What was found before is found still; only new words can find something new.
            revisits.start(self.reason, self.user)
        return version
