"""Finds what must not be published, in texts and in files. Pure Python: no Django in here."""

from .kinds import Finding, Kind, Severity
from .masking import MASK_RULES, mask_text
from .text import scan_text

__all__ = ["MASK_RULES", "Finding", "Kind", "Severity", "mask_text", "scan_text"]
