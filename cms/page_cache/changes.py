"""Notes every write that may change a public page, whichever way it is made.

What is written is seen in the SQL itself, so that bulk writes, plain SQL and code to come are noted
as well. A table counts as public unless it is named below: a new one can make kept pages old too
often, never too seldom.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.apps import AppConfig
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

#: What no public page shows, by the beginning of the table's name.
INWARD = (
    "auth_", "django_", "cms_digest", "cms_publicchange", "cms_reminder",
    "catalogue_standards_celledit", "catalogue_standards_importrun", "search_", "taggit_",
    "wagtail_localize_", "wagtailadmin_", "wagtailcore_apitoken", "wagtailcore_comment",
    "wagtailcore_group", "wagtailcore_modellogentry", "wagtailcore_pagelogentry",
    "wagtailcore_pagesubscription", "wagtailcore_referenceindex", "wagtailcore_revision",
    "wagtailcore_task", "wagtailcore_uploadedfile", "wagtailcore_workflow", "wagtailsearch_",
    "wagtailusers_", "workflows_afterreview", "workflows_alarm", "workflows_audit",
    "workflows_chainhead", "workflows_commentanswer", "workflows_confidentiality", "workflows_departmentreview",
    "workflows_dictionary", "workflows_finding", "workflows_listedname", "workflows_membership",
    "workflows_passagecomment",
    "workflows_reassess", "workflows_referral", "workflows_revisit", "workflows_rolegroup",
    "workflows_scan", "workflows_settlement", "workflows_signoff", "workflows_submi",
)  # fmt: skip
_WRITE = re.compile(
    r"\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?)\s+\"?(\w+)",
    re.IGNORECASE,
)
_READS = ("SELECT", "SAVEPO", "RELEAS", "ROLLBA")
# A new draft of a page is noted in these columns of its row, and changes nothing the public sees.
_DRAFT_COLUMNS = frozenset(
    {"latest_revision_id", "latest_revision_created_at", "has_unpublished_changes", "draft_title"}
)
_SET_COLUMN = re.compile(r'"(\w+)" = ')


def is_public_write(sql: str) -> bool:
    """Whether this statement writes something that a public page may show."""
    if sql[:6] in _READS:
        return False
    match = _WRITE.match(sql)
    if match is None or match[1].startswith(INWARD):
        return False
    if match[1] == "wagtailcore_page" and sql[:6] == "UPDATE":
        assigned = sql.partition(" WHERE ")[0]
        return not set(_SET_COLUMN.findall(assigned)) <= _DRAFT_COLUMNS
    return True


class Watch:
    """Stands around every statement of one connection."""

    def __init__(self) -> None:
        self.is_paused = False

    def __call__(
        self,
        execute: Callable[..., Any],
        sql: Any,
        params: Any,
        many: bool,
        context: dict[str, Any],
    ) -> Any:
        result = execute(sql, params, many, context)
        if not self.is_paused and is_public_write(str(sql)):
            note_change(context["connection"])
        return result


_watch = Watch()


def watch(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Receiver of `connection_created`."""
    if _watch not in connection.execute_wrappers:
        connection.execute_wrappers.append(_watch)


def pause(**kwargs: Any) -> None:
    """Receiver of `pre_migrate`: the table may not be there yet, or not any more."""
    _watch.is_paused = True


def resume(sender: AppConfig, using: str = "default", **kwargs: Any) -> None:
    """Receiver of `post_migrate`."""
    if sender.name != "cms":
        return

    from cms.models import PublicChange

    connection = connections[using]
    _watch.is_paused = PublicChange._meta.db_table not in connection.introspection.table_names()
    if not _watch.is_paused:
        note_change(connection)


def note_change(connection: BaseDatabaseWrapper) -> None:
    """Write that something changed, once in each transaction and within it."""
    from cms.models import PublicChange

    # A savepoint that is undone takes its row along, and with it the mark that it is there.
    if any(waiting is _noted for _savepoints, waiting, *_ in connection.run_on_commit):
        return
    table = connection.ops.quote_name(PublicChange._meta.db_table)
    now = PublicChange._meta.get_field("at").get_db_prep_value(timezone.now(), connection)
    # No transaction of its own: outside of one, SQLite may still be giving back the rows of the
    # statement that is noted, and commits both at its end.
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} (at) VALUES (%s)", [now])
    if connection.in_atomic_block:
        transaction.on_commit(_noted, using=connection.alias)


def _noted() -> None:
    """A mark among what waits for the commit."""
