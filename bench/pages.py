"""What public pages weigh, how many a second one process serves, and how soon a publication is seen.

Run by `make bench`. Beside ours, under the same server, stands a plain Wagtail site (bench/stock) whose
pages hold the same content as a text. Every answer is whole and comes over HTTP from gunicorn with one
worker; whoever asks runs on the same machine.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from shutil import copy
from statistics import median
from time import perf_counter, sleep
from urllib.parse import quote, urljoin, urlsplit

MOST_BYTES = 150_000
LEAST_GAIN = 10
MOST_SECONDS = 1.0
ROUNDS = 5
_PART = re.compile(
    r'<(?:link rel="(?:stylesheet|icon)"|script|img|source)[^>]*?\s(?:href|src)="([^"]+)"'
)
_MAIN = re.compile(r"<main[^>]*>(.*)</main>", re.DOTALL)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=float, default=2.0, help="length of one round")
    parser.add_argument("--database", type=Path, help="SQLite file to copy, in place of a new site")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        prepare(folder, arguments.database)

        from bench.support.serving import served

        addresses = chosen_addresses()
        with served("cms.wsgi", {"PAGE_CACHE_SECONDS": "600"}) as kept:
            failures = weigh(kept, addresses)
            fill_stock(folder, kept, addresses)
            stock_database = {"STOCK_DATABASE": f"{folder}/stock.sqlite3"}
            uncached = {"PAGE_CACHE_SECONDS": "0"}
            with (
                served("bench.stock.wsgi", stock_database) as stock,
                served("cms.wsgi", uncached | {"SHARE_PARTS": "false"}) as bare,
                served("cms.wsgi", uncached) as made,
            ):
                ports = {"stock": stock, "bare": bare, "made": made, "kept": kept}
                failures += compare(ports, addresses, arguments.seconds)
            failures += see(kept)
    if failures:
        raise SystemExit("\n".join(failures))


def prepare(folder: str, database: Path | None) -> None:
    """A site of its own in a file, with the demo county's pages and everything collected."""
    if database:
        copy(database, f"{folder}/site.sqlite3")
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "cms.settings.production",
        "SECRET_KEY": "bench",
        "ALLOWED_HOSTS": "localhost",
        "SECURE_SSL_REDIRECT": "false",
        "CLIENT_ADDRESS_HEADER": "REMOTE_ADDR",
        "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3",
        "LOG_LEVEL": "CRITICAL",
        "PYTHONPATH": ".",
    }
    import django

    django.setup()

    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from bench.support.demo_site import load_demo_site
    from workflows import triggers

    settings.MEDIA_ROOT = Path(folder) / "media"
    call_command("migrate", verbosity=0)
    if database:
        triggers.remove(connection)
    else:
        load_demo_site()
    call_command("collectstatic", interactive=False, verbosity=0)


def chosen_addresses() -> dict[str, str]:
    from cms.models import DisclosurePage, DomainPage, InterpretationPage, ItemPage, PolicyPage

    article = DisclosurePage.objects.live().order_by("-first_published_at").first()
    return {
        "home": "/",
        "catalogue": "/catalogue/",
        "domain": DomainPage.objects.first().url,
        "item": ItemPage.objects.get(item=article.item, locale=article.locale).url,
        "article": article.url,
        "policy index": "/policies/",
        "policy": PolicyPage.objects.live().first().url,
        "interpretation": InterpretationPage.objects.live().first().url,
        "platform": "/disclosure/",
        "section": "/disclosure/guide/",
        "search": "/search/?q=" + quote("补贴"),
        "open data": "/data/",
    }


def weigh(port: int, addresses: dict[str, str]) -> list[str]:
    print(f"{'page':16}{'requests':>9}{'html, kB':>10}{'all, kB':>9}{'packed':>8}   elsewhere")
    failures = []
    for name, address in addresses.items():
        html = _fetch(port, address)[0].decode()
        parts = [urljoin(address, unescape(part)) for part in _PART.findall(html)]
        outside = [part for part in parts if urlsplit(part).netloc]
        sizes = [
            _fetch(port, each) for each in [address, *dict.fromkeys(parts)] if each not in outside
        ]
        plain, packed = sum(len(one[0]) for one in sizes), sum(one[1] for one in sizes)
        print(
            f"{name:16}{len(sizes):>9}{len(html.encode()) / 1000:>10.1f}{plain / 1000:>9.1f}"
            f"{packed / 1000:>8.1f}   {len(outside)}"
        )
        if outside or packed > MOST_BYTES:
            failures.append(f"{name}: {packed} bytes packed, requests elsewhere: {outside}")
    return failures


def _fetch(port: int, address: str) -> tuple[bytes, int]:
    """The content, and how many bytes come over the line to a browser that takes gzip."""
    from bench.support.serving import ask

    plain = ask(port, address)
    if plain.status != 200:
        raise SystemExit(f"{address} answers {plain.status}")
    return plain.content, len(ask(port, address, **{"Accept-Encoding": "gzip"}).content)


def fill_stock(folder: str, port: int, addresses: dict[str, str]) -> None:
    """The stock site gets the pages that are compared, and those above them."""
    rows = []
    for path in dict.fromkeys(_way(addresses["article"])):
        html = _fetch(port, path)[0].decode()
        title = unescape(re.search(r"<title>(.*?)</title>", html, re.DOTALL)[1]).strip()  # type: ignore[index]
        main = _MAIN.search(html)[1]  # type: ignore[index]
        rows.append(
            {"path": path, "title": title[:200], "html": main, "menu": path.count("/") == 2}
        )
    file = Path(folder) / "stock.json"
    file.write_text(json.dumps(rows), encoding="utf-8")
    environment = os.environ | {"STOCK_DATABASE": f"{folder}/stock.sqlite3"}
    subprocess.run(
        [sys.executable, "-m", "bench.stock.fill", str(file)], env=environment, check=True
    )


def _way(address: str) -> Iterator[str]:
    parts = address.strip("/").split("/")
    yield "/"
    for number in range(1, len(parts) + 1):
        yield "/" + "/".join(parts[:number]) + "/"


def compare(ports: dict[str, int], addresses: dict[str, str], seconds: float) -> list[str]:
    """Of ours: `bare` and `made` without the page cache, `bare` with nothing shared between pages either;
    `kept` with it."""
    from bench.support.serving import rate

    print(f"\n{'requests a second':18}" + "".join(f"{kind:>9}" for kind in ports), end="")
    print(f"{'made/stock':>12}{'kept/stock':>12}")
    failures = []
    for name in ("home", "item", "article"):
        here = addresses[name]
        found: dict[str, list[float]] = {kind: [] for kind in ports}
        for _round in range(ROUNDS):
            for kind, port in ports.items():
                rate(port, here, 0.3, packed=kind == "kept")
                found[kind].append(rate(port, here, seconds, packed=kind == "kept"))
        plain, least, ours, fast = (median(found[kind]) for kind in ports)
        print(
            f"{name:18}{plain:>9.1f}{least:>9.1f}{ours:>9.1f}{fast:>9.1f}"
            f"{ours / plain:>12.2f}{fast / plain:>12.1f}"
        )
        if ours < plain:
            failures.append(f"{name}: without the page cache it is slower than stock Wagtail.")
        if fast < LEAST_GAIN * plain:
            failures.append(f"{name}: kept pages are not {LEAST_GAIN} times as fast as stock.")
    return failures


def see(port: int) -> list[str]:
    """From the commit that makes a piece public to the first answer that shows it, of a page that
    was kept just before."""
    from wagtail.models import Page

    from bench.support.serving import ask
    from cms.models import DisclosurePage

    piece = DisclosurePage.objects.live().order_by("-first_published_at").first()
    row = Page.objects.filter(pk=piece.pk)
    passed = []
    for _round in range(10):
        row.update(live=False)
        while piece.slug.encode() in ask(port, "/").content:
            sleep(0.01)
        ask(port, "/")
        row.update(live=True)
        start = perf_counter()
        while piece.slug.encode() not in ask(port, "/").content:
            pass
        passed.append(perf_counter() - start)
    print(
        f"\nfrom the commit to the reader: median {median(passed):.3f} s, at most {max(passed):.3f} s"
    )
    return [] if max(passed) < MOST_SECONDS else ["A publication was seen too late."]


if __name__ == "__main__":
    main()
