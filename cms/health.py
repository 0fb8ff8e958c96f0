"""Whether the site works, for machines that watch over it: `GET /healthz`.

    {"status": "ok", "parts": {"database": {"status": "ok"}, "search": {"status": "ok", …}}}

Each part is "ok", "degraded" (readers are served, yet somebody should look) or "failing", and the whole
is as its worst part. Only a failing site answers 503, so that a load balancer keeps one that is degraded.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views import View

#: A part's state: "status", and whatever tells more without telling secrets.
Part = dict[str, Any]
_STATUSES = ("ok", "degraded", "failing")


def _database() -> Part:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return {"status": "failing"}
    return {"status": "ok"}


_parts: dict[str, Callable[[], Part]] = {"database": _database}


def register_part(name: str, look: Callable[[], Part]) -> None:
    """Let `look` tell of a part; it is asked only while the database answers, and must not fail."""
    _parts[name] = look


class HealthView(View):
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> JsonResponse:
        parts: dict[str, Part] = {}
        for name, look in _parts.items():
            parts[name] = look()
            if parts[name]["status"] == "failing":
                break
        status = max((part["status"] for part in parts.values()), key=_STATUSES.index)
        code = 503 if status == "failing" else 200
        response = JsonResponse({"status": status, "parts": parts}, status=code)
        response["Cache-Control"] = "no-store"
        return response
