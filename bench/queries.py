"""Queries that each page of the public site takes, with 10 and with 1,000 pieces.

Run by `make bench`. Works on a throwaway database, in which the gate's triggers are lifted so that
a thousand rows can be written at once; nothing else about the pages differs.
"""

from __future__ import annotations

import io
import os
from datetime import date

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.runner import DiscoverRunner
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from cms.models import CataloguePage, DisclosurePage, DomainPage, HomePage, ItemPage
from tests.county import County, draft_pair, fresh, make_county, publish, text
from workflows import triggers

MOST = 20
#: The pages for which that is promised.
LIMITED = ("item", "domain", "search")


def main() -> None:
    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        county = make_county()
        policy = publish(county, draft_pair(county)[0])
        triggers.remove(connection)
        add_pieces(county, 10)
        few = count(county, policy)
        add_pieces(county, 990)
        many = count(county, policy)
    finally:
        runner.teardown_databases(databases)
    print(f"{'page':14}{'10 rows':>10}{'1,000 rows':>12}")
    for name in few:
        print(f"{name:14}{few[name]:>10}{many[name]:>12}")
    if few != many or max(many[name] for name in LIMITED) > MOST:
        raise SystemExit(f"More queries with more rows, or more than {MOST} where it matters.")


def add_pieces(county: County, number: int) -> None:
    parent = ItemPage.objects.get(item=county.admissions)
    have = DisclosurePage.objects.count()
    for n in range(have, have + number):
        parent.add_child(
            instance=DisclosurePage(
                title=f"第{n}号招生公告",
                slug=f"piece-{n}",
                organ=county.education,
                item=county.admissions,
                written_on=date(2026, 6, 1),
                body=text("招生范围为全县户籍适龄儿童。"),
                determination="proactive",
                index_number=f"EDUCATION/202606-{n:05}",
                live=False,
            )
        )
    Page.objects.filter(slug__startswith="piece-").update(
        live=True, first_published_at=timezone.now()
    )
    call_command("rebuild_search", stdout=io.StringIO())


def count(county: County, policy: Page) -> dict[str, int]:
    addresses = {
        "home": HomePage.objects.get().url,
        "catalogue": CataloguePage.objects.get().url,
        "domain": DomainPage.objects.get(domain__code="education").url,
        "item": ItemPage.objects.get(item=county.admissions).url,
        "policy": fresh(policy).url,
        "article": DisclosurePage.objects.live().first().url,
        "search": "/search/?q=招生",
        "search, empty": "/search/",
    }
    client = Client()
    found = {}
    for name, address in addresses.items():
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
        if response.status_code != 200:
            raise SystemExit(f"{address} answers {response.status_code}")
        found[name] = len(captured)
    return found


if __name__ == "__main__":
    main()
