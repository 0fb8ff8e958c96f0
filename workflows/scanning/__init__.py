"""Finds what must not be published, in texts and in files. Pure Python: no Django in here."""

from .aggregation import check_aggregation, check_linkage, open_names
from .examining import Examined
from .extraction import FileWords
from .isolation import clean_file, examine_file, extract_text, mask_file, scan_file
from .kinds import Finding, Kind, Severity, keyed_hash
from .limits import Limits, Unreadable
from .masking import MASK_RULES, MaskRule, is_maskable, mask_text
from .text import scan_row, scan_terms, scan_text

__all__ = [
    "MASK_RULES",
    "Examined",
    "FileWords",
    "Finding",
    "Kind",
    "Limits",
    "MaskRule",
    "Severity",
    "Unreadable",
    "check_aggregation",
    "check_linkage",
    "clean_file",
    "examine_file",
    "extract_text",
    "is_maskable",
    "keyed_hash",
    "mask_file",
    "mask_text",
    "open_names",
    "scan_file",
    "scan_row",
    "scan_terms",
    "scan_text",
]
