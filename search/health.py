"""What the health check says of the search (cms.health)."""

from __future__ import annotations

from django.utils import timezone

from cms.health import Part
from search import outbox
from search.engines.questions import EngineFailure
from search.engines.server import get_server
from search.models import UnsentChange


def look() -> Part:
    """Which engine answers readers; with a search server why it does not, and what it has yet to be told.

    `reason` is one of unreachable, slow, refusing, full, failing, not-allowed, no-index, behind; `unsent`
    counts changes, `unsent_seconds` is the age of the oldest.
    """
    server = get_server()
    if server is None:
        return {"status": "ok", "engine": "database"}
    reason = ""
    try:
        outbox.unsent_pages()
        server.search(query={"match_none": {}}, size=0)
    except EngineFailure as failure:
        reason = str(failure)
    unsent = UnsentChange.objects.order_by("pk")
    oldest = unsent.values_list("created_at", flat=True).first()
    return {
        "status": "degraded" if reason else "ok",
        "engine": "database" if reason else "elasticsearch",
        "reason": reason,
        "unsent": unsent.count(),
        "unsent_seconds": round((timezone.now() - oldest).total_seconds()) if oldest else 0,
    }
