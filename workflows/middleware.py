"""Say on the desk why a change was refused."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from workflows.rules import ChangeRefused


class RefusalMiddleware:
    """Shows the sentences of a ChangeRefused where the person was, with nothing written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, ChangeRefused):
            return None
        if request.accepts("application/json") and not request.accepts("text/html"):
            return JsonResponse({"error": "refused", "detail": error.sentences}, status=409)
        for sentence in error.sentences:
            messages.error(request, sentence)
        back = request.META.get("HTTP_REFERER", "")
        here = url_has_allowed_host_and_scheme(
            back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )
        return redirect(back if here else "wagtailadmin_home")
