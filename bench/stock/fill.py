"""python -m bench.stock.fill FILE: make the stock site's pages of a JSON list of {path, title, html}."""

import json
import os
import sys
from datetime import date
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.stock.settings"

import django

django.setup()

from django.core.management import call_command
from wagtail.models import Page, Site

from bench.stock.models import TextPage


def main() -> None:
    call_command("migrate", verbosity=0)
    root = Page.objects.get(depth=1)
    site = Site.objects.get(is_default_site=True)
    made = {}
    for row in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")):
        above, _slash, slug = row["path"].strip("/").rpartition("/")
        parent = Page.objects.get(pk=made[above]) if slug else root
        page = TextPage(
            title=row["title"],
            slug=slug or "stock",
            body=row["html"],
            written_on=date(2026, 1, 1),
            show_in_menus=row["menu"],
        )
        parent.add_child(instance=page)
        made[row["path"].strip("/")] = page.pk
    Site.objects.filter(pk=site.pk).update(root_page=made[""])


if __name__ == "__main__":
    main()
