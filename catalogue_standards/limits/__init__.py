"""Time limits (公开时限) of the standard catalogue, read from the words that counties write."""

from catalogue_standards.limits.model import KINDS, TRIGGERS, UNITS, Clause, TimeLimit
from catalogue_standards.limits.reader import parse_time_limit

__all__ = ["KINDS", "TRIGGERS", "UNITS", "Clause", "TimeLimit", "parse_time_limit"]
