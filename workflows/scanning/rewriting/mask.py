"""A copy in which the characters of findings are gone, checked before it is handed out."""

import io
import zipfile
from collections.abc import Sequence

from ..kinds import Finding
from ..limits import Budget, Limits, Unreadable
from ..readers.dispatch import kind_of
from ..readers.plain import decode
from .mask_office import mask_office
from .mask_pdf import mask_pdf, unpacked
from .secrets import Secrets, all_text, secrets_of


def mask_bytes(data: bytes, name: str, findings: Sequence[Finding], limits: Limits) -> bytes:
    """See `mask_file`, which runs this in a process of its own."""
    secrets = secrets_of(data, name, findings, limits)
    kind = kind_of(data, name)
    if kind in ("docx", "xlsx", "pptx"):
        made = mask_office(data, secrets, Budget(limits))
    elif kind == "pdf":
        made = mask_pdf(data, secrets, Budget(limits))
    elif kind in ("txt", "csv"):
        made = secrets.masked(decode(data)).encode("utf-8-sig" if kind == "csv" else "utf-8")
    else:
        raise Unreadable("cannot_mask", place=name)
    if _left(made, kind, secrets, Budget(limits)) or secrets.positions(
        all_text(made, name, limits)
    ):
        raise Unreadable("cannot_mask", place=name)
    return made


def _left(data: bytes, kind: str, secrets: Secrets, budget: Budget) -> bool:
    """True where a secret is still found in the bytes, unpacked as far as they go."""
    if kind == "pdf":
        return any(secrets.leak(body) for body in unpacked(data))
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return secrets.leak(data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for info in package.infolist():
            body = package.read(info)
            budget.unpack(len(body))
            if secrets.leak(info.filename.encode()) or _left(body, "", secrets, budget):
                return True
    return False
