"""How days and moments are written for readers, in China's time."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def day(value: date | datetime | None) -> str:
    """`YYYY-MM-DD`, the form 政府网站发展指引 asks for; "" for nothing."""
    return f"{_local(value):%Y-%m-%d}" if value else ""


def day_short(value: date | datetime | None) -> str:
    """`MM-DD` within the running year, otherwise the whole day; "" for nothing."""
    if not value:
        return ""
    local = _local(value)
    return f"{local:%m-%d}" if local.year == timezone.localdate().year else f"{local:%Y-%m-%d}"


def moment(value: datetime | None) -> str:
    """`YYYY-MM-DD HH:MM`; "" for nothing."""
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if value else ""


def _local(value: date | datetime) -> date:
    return timezone.localtime(value) if isinstance(value, datetime) else value
