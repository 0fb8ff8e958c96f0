"""How the search's commands show how far they are."""

from __future__ import annotations

from django.core.management.base import CommandError, OutputWrapper
from django.utils.translation import gettext as _

from search import rebuilding
from search.engines.questions import EngineFailure
from search.engines.server import Server
from search.models import Entry


def show(out: OutputWrapper, done: int, total: int, step: int = 1000) -> None:
    """One line that changes on a terminal; elsewhere a line for each `step`."""
    if out.isatty():
        out.write(f"\r\033[K  {done}/{total}", ending="\n" if done == total else "")
        out.flush()
    elif done % step == 0 or done == total:
        out.write(f"  {done}/{total}")


def build_index(out: OutputWrapper, server: Server, *, anew: bool = False) -> None:
    """Fill the search server's index that is being built, if there is one; `anew` begins one."""
    try:
        if anew:
            rebuilding.begin(server)
        if server.building not in server.indexes():
            return
        total, done = Entry.objects.count(), 0
        while filled := rebuilding.go_on(server):
            done += filled
            show(out, min(done, total), total)
    except EngineFailure as failure:
        raise CommandError(
            _("The search server failed (%(reason)s); the worker goes on when it answers.")
            % {"reason": failure}
        ) from failure
