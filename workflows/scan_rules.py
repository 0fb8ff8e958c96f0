"""What a scan goes by: the dictionary, the smallest group a table may show, and their version."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.crypto import salted_hmac

from workflows.scanning import Limits

#: Raised whenever a detector changes, so that what is public is looked at again.
DETECTORS = "1"


@dataclass(frozen=True)
class ScanRules:
    """`version` names this state of the rules (64 characters at most); `limits` hold per file."""

    dictionary: tuple[str, ...] = ()
    smallest_group: int = 3
    version: str = DETECTORS
    limits: Limits = Limits(seconds=60.0, unpacked=250_000_000)  # noqa: RUF009 - frozen


def current_rules() -> ScanRules:
    """As the dictionary and the settings are now (two queries)."""
    from workflows.models import DictionaryTerm, DictionaryVersion

    smallest = settings.SCAN_SMALLEST_GROUP
    newest = DictionaryVersion.objects.values_list("number", flat=True).first() or 0
    return ScanRules(
        dictionary=tuple(DictionaryTerm.objects.current().values_list("term", flat=True)),
        smallest_group=smallest,
        version=f"{DETECTORS}.{smallest}.{newest}",
    )


@cache
def hash_key() -> bytes:
    """The key under which texts are known again; it never leaves the server."""
    return salted_hmac("workflows.finding", "text", algorithm="sha256").digest()
