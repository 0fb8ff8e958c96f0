"""A simple limit on how often one address may ask a machine-readable answer."""

from __future__ import annotations

from hashlib import blake2b

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from workflows.client_address import client_address

REQUESTS_PER_MINUTE = 60


def is_over_limit(request: HttpRequest, scope: str, limit: int = REQUESTS_PER_MINUTE) -> bool:
    """Count this request; True when its address asked more than `limit` times in this minute.

    The address is kept as a hash for two minutes. Each process counts for itself unless the site has
    a shared cache.
    """
    address = client_address(request)
    minute = int(timezone.now().timestamp()) // 60
    digest = blake2b(f"{address} {minute}".encode(), digest_size=12).hexdigest()
    key = f"limit:{scope}:{digest}"
    cache.add(key, 0, timeout=120)
    try:
        return cache.incr(key) > limit
    except ValueError:
        # Thrown out of the cache between the two calls.
        return False
