"""Tells at the start what is wrong with the settings of the search server."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.translation import gettext as _


@register()
def check_search_server(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    config = settings.PUBLIC_SEARCH
    problems: list[CheckMessage] = []
    for url in config["URLS"]:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or not _has_port(parts):
            problems.append(
                Error(
                    _("SEARCH_URL is no full address."),
                    hint=_("Write scheme, name and port, as in https://search.example:9200."),
                    id="search.E001",
                )
            )
        if parts.username or parts.password:
            problems.append(
                Error(
                    _("SEARCH_URL holds a password, which logs would show."),
                    hint=_("Set SEARCH_USER and SEARCH_PASSWORD, or SEARCH_API_KEY."),
                    id="search.E002",
                )
            )
    if config.get("USER") and config.get("API_KEY"):
        problems.append(
            Error(
                _("SEARCH_USER and SEARCH_API_KEY are both set."),
                hint=_("Keep one of them."),
                id="search.E003",
            )
        )
    if (authority := config.get("CA")) and not Path(authority).is_file():
        problems.append(
            Error(
                _("SEARCH_CA names no file: %(path)s") % {"path": authority},
                hint=_("It is the certificate of the authority to trust, in PEM."),
                id="search.E004",
            )
        )
    return problems


def _has_port(parts: SplitResult) -> bool:
    try:
        return parts.port is not None
    except ValueError:
        return False
