"""A file and its public copy, looked at together: what cleaning takes away, and what stays."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .aggregation import DEFAULT_K
from .items import note_finding, unreadable
from .kinds import Finding, Kind
from .limits import Limits, Unreadable

#: Reasons for which a file is not opened a second time.
_COSTLY = frozenset({"bomb", "entries", "nested", "entities", "memory"})


@dataclass(frozen=True, slots=True)
class Examined:
    """What a reviewer must know of one file.

    `copy` is the cleaned file, or None with the key of the reason in `failure`; `gone` holds the
    places in `findings` of those that the copy no longer has.
    """

    findings: list[Finding]
    gone: frozenset[int]
    copy: bytes | None
    failure: str = ""


def examine_bytes(
    data: bytes,
    name: str,
    *,
    limits: Limits,
    dictionary: Iterable[str] = (),
    k: int = DEFAULT_K,
    key: bytes,
) -> Examined:
    """Scans the file, cleans it, and scans the copy where there was anything to find."""
    # The process that only asks for an examination needs no parser.
    from .files import scan_bytes
    from .rewriting.clean import clean_bytes

    terms = tuple(dictionary)
    found = scan_bytes(data, name, limits=limits, dictionary=terms, k=k, key=key)
    reasons = {f.rule.partition(".")[2] for f in found if f.kind is Kind.UNREADABLE}
    if costly := reasons & _COSTLY:
        return Examined(found, frozenset(), None, min(costly))
    try:
        copy = clean_bytes(data, name, limits)
    except Unreadable as failure:
        if not reasons:
            # Read, but not to be rid of what readers do not see: a person answers for it.
            found.append(note_finding(name, unreadable(failure), key))
        return Examined(found, frozenset(), None, failure.reason)
    left = scan_bytes(copy, name, limits=limits, dictionary=terms, k=k, key=key) if found else []
    known = {_about(finding) for finding in found}
    # Accepting a tracked change may bring words together that stood apart before.
    found += [finding for finding in left if _about(finding) not in known]
    return Examined(found, gone_from(found, left), copy)


def gone_from(found: Sequence[Finding], left: Sequence[Finding]) -> frozenset[int]:
    """The places in `found` of what is not among `left`; where rows moved up, rather too few."""
    still = Counter(_about(finding) for finding in left)
    exact = {(*_about(finding), finding.place) for finding in left}
    matched = Counter(_about(f) for f in found if (*_about(f), f.place) in exact)
    return frozenset(
        place
        for place, finding in enumerate(found)
        for about in [_about(finding)]
        if not still[about]
        or ((*about, finding.place) not in exact and matched[about] >= still[about])
    )


def _about(finding: Finding) -> tuple[str, str]:
    return finding.rule, finding.text_hash
