"""Where a request comes from, as the proxy before the site tells it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The reader's address; "" where none is known. See CLIENT_ADDRESS_HEADER in docs/deploy.md."""
    # Behind a proxy every request comes from the proxy, which names the reader last in a header.
    header = settings.CLIENT_ADDRESS_HEADER
    return str(request.META.get(header, "")).rpartition(",")[2].strip()
