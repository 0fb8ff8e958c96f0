"""Opening a file in a process of its own, with limits on time and memory.

The parent never parses a byte of the file. Whatever the child does (loops, eats memory, crashes),
the parent is back within the limit, with a finding instead of an exception.
"""

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .aggregation import DEFAULT_K
from .examining import Examined
from .extraction import FileWords
from .items import note_finding, unreadable
from .kinds import Finding
from .limits import Limits, Unreadable

_ROOT = Path(__file__).parents[2]
_START = f"import sys; sys.path.insert(0, {str(_ROOT)!r}); from workflows.scanning.child import main; main()"
_GRACE = 2.0
_XCPU = (-24, -9)


def _load(source: str | Path | bytes, limits: Limits) -> bytes:
    size = len(source) if isinstance(source, bytes) else Path(source).stat().st_size
    if size > limits.input:
        raise Unreadable("too_large", size=limits.input // 1_000_000)
    return source if isinstance(source, bytes) else Path(source).read_bytes()


def _run(job: dict[str, Any], data: bytes, limits: Limits) -> bytes:
    header = json.dumps({**job, "limits": asdict(limits)}).encode() + b"\n"
    with subprocess.Popen(
        [sys.executable, "-B", "-I", "-c", _START],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LANG": "C.UTF-8", "PYTHONUTF8": "1", "MALLOC_ARENA_MAX": "2"},
        cwd="/",
        start_new_session=True,
    ) as child:
        try:
            out, _ = child.communicate(header + data, timeout=limits.seconds + _GRACE)
        except subprocess.TimeoutExpired as error:
            child.kill()
            raise Unreadable("time", seconds=f"{limits.seconds:g}") from error
    line, _, body = out.partition(b"\n")
    if child.returncode in _XCPU and not line:
        raise Unreadable("time", seconds=f"{limits.seconds:g}")
    try:
        said = json.loads(line)
    except ValueError as error:
        raise Unreadable("crash") from error
    if said["state"] != "done":
        raise Unreadable(said["reason"], **said.get("values", {}))
    return body


def scan_file(
    path_or_bytes: str | Path | bytes,
    name: str,
    *,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    dictionary: Iterable[str] = (),
    k: int = DEFAULT_K,
) -> list[Finding]:
    """The findings of one file, packed files and hidden parts included.

    A file that cannot be checked (broken, protected, too big, a bomb, a loop) yields a finding of
    kind `unreadable` that says why: an empty list means looked at and clean. `k` is the smallest
    group that may stand in a table (see `check_aggregation`).

    Raises:
        OSError: the path cannot be read.
    """
    job = {"task": "scan", "name": name, "dictionary": list(dictionary), "k": k}
    try:
        body = _run(job, _load(path_or_bytes, limits), limits)
    except Unreadable as reason:
        return [note_finding(name, unreadable(reason))]
    return [Finding.from_dict(values) for values in json.loads(body)]


def extract_text(
    source: str | Path | bytes,
    name: str,
    *,
    limits: Limits = Limits(),  # noqa: B008
    most: int = 100_000,
) -> FileWords:
    """The first `most` characters that a reader of the file sees; "" with a reason where there are none.

    It never raises for what a file holds.

    Raises:
        OSError: the path cannot be read.
    """
    job = {"task": "text", "name": name, "most": most}
    try:
        body = _run(job, _load(source, limits), limits)
    except Unreadable as reason:
        return FileWords(problem=unreadable(reason).detail)
    return FileWords(**json.loads(body))


def examine_file(
    data: bytes,
    name: str,
    *,
    key: bytes,
    limits: Limits = Limits(),  # noqa: B008
    dictionary: Iterable[str] = (),
    k: int = DEFAULT_K,
) -> Examined:
    """The findings of one file together with its cleaned copy, in one process.

    As `scan_file` and `clean_file`; never raises for what the file holds: a file that cannot be
    opened yields a finding `unreadable` and no copy.
    """
    job = {
        "task": "examine",
        "name": name,
        "dictionary": list(dictionary),
        "k": k,
        "key": key.hex(),
    }
    try:
        body = _run(job, _load(data, limits), limits)
    except Unreadable as reason:
        finding = note_finding(name, unreadable(reason), key)
        return Examined([finding], frozenset(), None, reason.reason)
    line, _, copy = body.partition(b"\n")
    told = json.loads(line)
    return Examined(
        [Finding.from_dict(values) for values in told["findings"]],
        frozenset(told["gone"]),
        copy if told["cleaned"] else None,
        told["failure"],
    )


def mask_file(
    data: bytes,
    name: str,
    findings: Sequence[Finding],
    *,
    limits: Limits = Limits(),  # noqa: B008
) -> bytes:
    """A new docx, xlsx or pdf in which the characters of the findings are gone, not painted over.

    The findings are those of `scan_file` for these bytes; what stands there is also masked
    wherever else in the file it stands.

    Raises:
        Unreadable: the file cannot be opened, holds the characters where they cannot be taken out
            (a picture, an embedded object), or the findings are another file's.
    """
    job = {"task": "mask", "name": name, "findings": [finding.as_dict() for finding in findings]}
    return _run(job, _load(data, limits), limits)


def clean_file(data: bytes, name: str, *, limits: Limits = Limits()) -> bytes:  # noqa: B008
    """A copy without author, comments, tracked changes (accepted), hidden parts and EXIF.

    For docx, xlsx, pptx, pdf, jpg and png; txt and csv come back as they are.

    Raises:
        Unreadable: the file cannot be opened, or is of another kind.
    """
    return _run({"task": "clean", "name": name}, _load(data, limits), limits)
