"""A copy that carries nothing besides what a reader sees."""

from ..limits import Budget, Limits, Unreadable
from ..readers.dispatch import kind_of
from .clean_image import clean_image
from .clean_office import clean_office


def clean_bytes(data: bytes, name: str, limits: Limits) -> bytes:
    """See `clean_file`, which runs this in a process of its own."""
    budget = Budget(limits)
    kind = kind_of(data, name)
    if kind in ("docx", "xlsx", "pptx"):
        return clean_office(data, kind, budget)
    if kind == "pdf":
        from .clean_pdf import clean_pdf  # a fifth of a second that other kinds are spared

        return clean_pdf(data, budget)
    if kind == "image":
        return clean_image(data)
    if kind in ("txt", "csv"):
        return data
    raise Unreadable("cannot_clean")
