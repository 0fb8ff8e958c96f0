"""The process in which a file is opened: it gives itself limits before it imports any parser."""

import json
import resource
import sys
from typing import Any, BinaryIO


def _limit(seconds: float, memory: int) -> None:
    whole = int(seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (whole, whole + 2))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def _work(job: dict[str, Any], data: bytes) -> bytes:
    from .kinds import Finding
    from .limits import Limits

    name, terms = job["name"], job.get("dictionary", ())
    if job["task"] == "scan":
        from .files import scan_bytes

        limits = Limits(**job["limits"])
        found = scan_bytes(data, name, limits=limits, dictionary=terms, k=job["k"])
        return json.dumps([finding.as_dict() for finding in found]).encode()
    if job["task"] == "text":
        from .extraction import file_words

        words = file_words(data, name, Limits(**job["limits"]), job["most"])
        return json.dumps(words.as_dict()).encode()
    if job["task"] == "examine":
        return _examine(job, data)
    findings = [Finding.from_dict(values) for values in job.get("findings", ())]
    if job["task"] == "mask":
        from .rewriting.mask import mask_bytes

        return mask_bytes(data, name, findings, Limits(**job["limits"]))
    from .rewriting.clean import clean_bytes

    return clean_bytes(data, name, Limits(**job["limits"]))


def _examine(job: dict[str, Any], data: bytes) -> bytes:
    """A line of JSON, then the cleaned copy, if there is one."""
    from .examining import examine_bytes
    from .limits import Limits

    seen = examine_bytes(
        data,
        job["name"],
        limits=Limits(**job["limits"]),
        dictionary=job["dictionary"],
        k=job["k"],
        key=bytes.fromhex(job["key"]),
    )
    told = {
        "findings": [finding.as_dict() for finding in seen.findings],
        "gone": sorted(seen.gone),
        "failure": seen.failure,
        "cleaned": seen.copy is not None,
    }
    return json.dumps(told).encode() + b"\n" + (seen.copy or b"")


def answer(out: BinaryIO, state: str, body: bytes = b"", **values: object) -> None:
    """One line of JSON, then the body."""
    out.write(json.dumps({"state": state, **values}).encode() + b"\n" + body)
    out.flush()


def main() -> None:
    """Reads a job from standard input (a line of JSON, then the file), answers on standard output."""
    out = sys.stdout.buffer
    job = json.loads(sys.stdin.buffer.readline())
    _limit(job["limits"]["seconds"], job["limits"]["memory"])
    try:
        body = _work(job, sys.stdin.buffer.read())
    except MemoryError:
        answer(out, "failed", reason="memory")
    except RecursionError:
        answer(out, "failed", reason="broken")
    except Exception as error:
        reason = getattr(error, "reason", "broken")
        values = {key: str(value) for key, value in getattr(error, "values", {}).items()}
        answer(
            out, "failed", reason=reason, values=values, error=f"{type(error).__name__}: {error}"
        )
    else:
        answer(out, "done", body)
