"""Which state of what is public holds now: one small query, the same for all processes and machines."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.utils import timezone

_NOW = "SELECT MAX(id), COUNT(*) FROM cms_publicchange"


def current_version() -> str:
    """Differs from every earlier one as soon as a transaction that changed anything public commits.

    A transaction may commit after a later one, with a lower number: hence the number of rows too.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NOW)
        newest, number = cursor.fetchone()
    return f"{newest or 0}.{number}"


def forget_old_changes() -> int:
    """Delete the notes of changes before yesterday but the newest; returns how many.

    For the worker, once a night: the table stays small, and the version is another one afterwards.
    """
    from cms.models import PublicChange

    newest = PublicChange.objects.order_by("-pk").values_list("pk", flat=True).first()
    old = PublicChange.objects.filter(at__lt=timezone.now() - timedelta(days=1))
    deleted, _per_model = old.exclude(pk=newest or 0).delete()
    return deleted
