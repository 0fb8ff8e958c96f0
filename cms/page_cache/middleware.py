"""Answers readers without an account from what was kept of public pages."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from cms.page_cache.keeping import FOR_ONE, KeptPage, asks_for_public, is_marked, is_public_answer
from cms.page_cache.sharing import sharing
from cms.page_cache.version import current_version

#: The name in CACHES.
PAGES = "pages"


class PageCacheMiddleware:
    """Stands before sessions, so that an answer from here asks who is reading of nobody.

    The version is read before the page is made: what is kept is never newer than its version, and
    whatever commits afterwards makes it old. With PAGE_CACHE_SECONDS=0 no page is kept, but pages still
    share their parts (SHARE_PARTS).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.keeps = settings.PAGE_CACHE_SECONDS > 0
        if not self.keeps and not settings.SHARE_PARTS:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not asks_for_public(request):
            response = self.get_response(request)
            if is_marked(response) and not response.has_header("Cache-Control"):
                response["Cache-Control"] = FOR_ONE
            return response
        version = current_version()
        if not self.keeps:
            with sharing(version):
                return self.get_response(request)
        key = key_of(request, version)
        found: KeptPage | None = caches[PAGES].get(key)
        kept = found
        if kept is None or timezone.now() >= kept.until:
            with sharing(version) as until:
                response = self.get_response(request)
            if not is_public_answer(response):
                return response
            kept = KeptPage.of(response, until)
        kept = kept.fit_for(request)
        if kept is not found:
            caches[PAGES].set(key, kept, (kept.until - timezone.now()).total_seconds())
        return kept.answer(request)


def key_of(request: HttpRequest, version: str) -> str:
    """One key for each state of what is public and each address, whole."""
    address = f"{request.scheme}://{request.get_host()}{request.get_full_path()}"
    return f"{version}:{blake2b(address.encode(), digest_size=16).hexdigest()}"
