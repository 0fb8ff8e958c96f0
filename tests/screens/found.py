"""Find every screen of ours: each address of the desk by each account, each page type of the site."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.template import Template
from django.test import Client
from django.test.signals import template_rendered
from django.test.utils import setup_test_environment
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse
from wagtail.models import get_page_models

from tests.screens import registry

OURS = ("cms", "catalogue_standards", "workflows", "search")


@dataclass
class Screen:
    """One screen: `account` is empty on the public site; `status` is what it must answer."""

    name: str
    address: str
    account: str = ""
    language: str = "zh-hans"
    status: int = 200


@dataclass
class Found:
    """All screens; the sessions of the accounts; addresses that nobody could open, with the answers."""

    screens: list[Screen] = field(default_factory=list)
    sessions: dict[str, str] = field(default_factory=dict)
    unopened: dict[str, str] = field(default_factory=dict)
    templates: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    #: Content, longest first: English that stands on Chinese screens, Chinese on English ones.
    english: list[str] = field(default_factory=list)
    chinese: list[str] = field(default_factory=list)

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Found:
        told = json.loads(path.read_text(encoding="utf-8"))
        return cls(**told | {"screens": [Screen(**row) for row in told["screens"]]})


def look() -> Found:
    """Open everything once with the test client."""
    setup_test_environment()
    found, rendered = Found(), set()

    def note(sender: Any, template: Template, **kwargs: Any) -> None:
        rendered.add(template.name or "")

    template_rendered.connect(note)
    found.sessions = {name: _session(name) for name in registry.ACCOUNTS}
    clients = {name: _client(key) for name, key in found.sessions.items()}
    for name, address, account in registry.desk_states():
        if _shows(clients[account], address):
            found.screens.append(Screen(name, address, account))
    for name, has_arguments in _addresses_of_ours():
        screen = _open(name, has_arguments, clients, found.unopened)
        if screen is not None:
            found.screens.append(screen)
    found.screens += _public(found.unopened)
    # What is a type's first page and a state as well is looked at once, by the state's name.
    found.screens = list({(each.address, each.account): each for each in found.screens}.values())
    found.templates = sorted(rendered)
    found.names = sorted({name for name, _pattern in _walk(get_resolver(), "")})
    found.english, found.chinese = registry.content()
    return found


def _addresses_of_ours() -> Iterator[tuple[str, bool]]:
    """(name, whether it takes arguments) of every address that one of our views or models answers."""
    seen = set()
    for name, pattern in _walk(get_resolver(), ""):
        view = pattern.callback
        while hasattr(view, "__wrapped__"):
            view = view.__wrapped__
        kind = getattr(view, "view_class", None) or getattr(pattern.callback, "view_class", None)
        given = getattr(view, "view_initkwargs", {}) | getattr(
            pattern.callback, "view_initkwargs", {}
        )
        model = given.get("model") or getattr(kind, "model", None)
        homes = {(kind or view).__module__, getattr(model, "__module__", "")}
        if name in seen or not any(home.split(".")[0] in OURS for home in homes):
            continue
        if any(fnmatchcase(name, pattern) for pattern in registry.NO_SCREEN):
            continue
        seen.add(name)
        yield name, bool(pattern.pattern.regex.groups)


def _walk(resolver: Any, space: str) -> Iterator[tuple[str, Any]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern, inner)
        else:
            yield f"{space}{pattern.name or ''}" if pattern.name else "", pattern


def _open(
    name: str, has_arguments: bool, clients: dict[str, Client], unopened: dict[str, str]
) -> Screen | None:
    first = next((who for start, who in registry.USUALLY.items() if name.startswith(start)), "")
    accounts = sorted(clients, key=lambda who: who != first)
    told: list[str] = []
    for arguments in _arguments(name) if has_arguments else [()]:
        try:
            address = reverse(name, args=arguments)
        except NoReverseMatch as error:
            told.append(str(error)[:80])
            continue
        if not address.startswith("/admin/"):
            return None
        for account in accounts:
            if _shows(clients[account], address, told):
                return Screen(name, address, account)
    unopened[name] = "; ".join(told[:6]) or "registry.OBJECTS names no object for it"
    return None


def _arguments(name: str) -> Iterator[tuple[Any, ...]]:
    """From the registry; otherwise the first rows of the model that the view shows."""
    given = list(registry.arguments(name))
    if given:
        yield from given[:6]
        return
    for found, pattern in _walk(get_resolver(), ""):
        if found == name:
            view = getattr(pattern.callback, "view_initkwargs", {})
            model = view.get("model") or getattr(
                getattr(pattern.callback, "view_class", None), "model", None
            )
            if model is not None:
                yield from ((key,) for key in model.objects.values_list("pk", flat=True)[:3])


def _shows(client: Client, address: str, told: list[str] | None = None) -> bool:
    """Whether it is answered with a whole page."""
    response = client.get(address)
    page = response.status_code == 200 and not response.streaming
    page = page and response.content.lstrip()[:15].lower() == b"<!doctype html>"
    if not page and told is not None:
        told.append(f"{response.status_code} {response.headers.get('Location', '')}".strip())
    return page


def _public(unopened: dict[str, str]) -> Iterator[Screen]:
    client = Client(raise_request_exception=False)
    wanted = [("search", "/search/")]
    for kind in get_page_models():
        if kind.__module__.split(".")[0] not in OURS or kind._meta.abstract:
            continue
        page = registry.own(kind).order_by("-pk").first()
        if page is None:
            unopened[kind.__name__] = "no public page of this type"
        else:
            wanted.append((kind.__name__, page.url))
    for name, address in [*wanted, *registry.public_states()]:
        for language, prefix in (("zh-hans", ""), ("en", "/en")):
            response = client.get(prefix + address)
            if response.status_code in (301, 302):
                unopened[f"{name} {language}"] = f"leads to {response.headers['Location']}"
                continue
            if name.startswith("error:") and language == "en":
                continue
            yield Screen(name, prefix + address, "", language, response.status_code)


def _session(name: str) -> str:
    """A session of this account: the browser need not sign in."""
    account = User.objects.get(username=name)
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def _client(key: str) -> Client:
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    return client
