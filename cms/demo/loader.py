"""Load the demo county's pieces and policies in the order in which they were published."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import CommandError
from django.db import transaction
from wagtail.models import Page

from catalogue_standards.models import Item, Organ
from cms.demo.clock import at
from cms.demo.content import attach, body, read_all
from cms.demo.county import Staff
from cms.demo.desk import Desk
from cms.languages import OWN
from cms.models import (
    DisclosurePage,
    GeneralPage,
    InterpretationPage,
    ItemPage,
    PolicyIndexPage,
    PolicyPage,
    PublishedPiece,
    SectionPage,
    TopicIndexPage,
    TopicPage,
)
from workflows.actions.end import Ending
from workflows.enums import ChangeReason, Extent, Ground

Step = Callable[[], str]


class DemoLoader:
    """Holds the people and finds what a file refers to by code."""

    def __init__(self, staff: dict[str, Staff], desk: Desk) -> None:
        self.staff = staff
        self.desk = desk
        self.organs = {organ.code: organ for organ in Organ.objects.all()}

    def run(self) -> Iterator[tuple[int, int, str]]:
        """Publish everything that is not there yet; yields (done, of how many, title)."""
        steps = sorted(self._steps(), key=lambda step: step[0])
        for number, (_moment, step) in enumerate(steps, start=1):
            with transaction.atomic():
                title = step()
            yield number, len(steps), title

    def _steps(self) -> Iterator[tuple[datetime, Step]]:
        for file in read_all("pieces"):
            for row in file["piece"]:
                yield row["publish_at"], self._step(self.piece, row)
        for row in read_all("general"):
            yield row["publish_at"], self._step(self.general, row)
        for row in read_all("topics"):
            yield row["publish_at"], self._step(self.topic, row)
        for row in read_all("policies"):
            yield row["publish_at"], self._step(self.policy, row)
            if row.get("repealed_on"):
                moment = datetime.combine(row["repealed_on"], datetime.min.time())
                yield moment + timedelta(hours=9), self._step(self.repeal, row)

    def _step(self, method: Callable[[dict[str, Any]], str], row: dict[str, Any]) -> Step:
        return lambda: method(row)

    def piece(self, row: dict[str, Any]) -> str:
        parent = ItemPage.objects.filter(item__key=row["item"], locale__language_code=OWN).first()
        if parent is None:
            raise CommandError(f"{row['item']}：《{row['title']}》所依据的事项不在目录中")
        own = {
            "item": parent.item,
            "stage": row.get("stage", ""),
            "level": row.get("level", "county"),
        }
        return self._below(parent, DisclosurePage, row, **own)

    def general(self, row: dict[str, Any]) -> str:
        parent = SectionPage.objects.get(kind=row["section"], locale__language_code=OWN)
        return self._below(parent, GeneralPage, row)

    def _below(
        self, parent: Page, kind: type[PublishedPiece], row: dict[str, Any], **own: Any
    ) -> str:
        """Draft and publish one piece below `parent`, unless it is there; `own` are its type's fields."""
        if not kind.objects.child_of(parent).filter(title=row["title"]).exists():
            staff = self.staff[row["organ"]]
            with at(row["publish_at"] - timedelta(hours=4)):
                common = self._common(row, staff.drafter)
                page = kind(**common, **own, written_on=row["formed_on"])
                self.desk.draft(parent, page, staff.drafter)
            self.desk.publish(page, staff, row["publish_at"])
        return row["title"]

    def topic(self, row: dict[str, Any]) -> str:
        parent = TopicIndexPage.objects.get(locale__language_code=OWN)
        keys = {entry["item"] for step in row["step"] for entry in step["entry"]}
        places = {
            page.item.key: page.pk
            for page in ItemPage.objects.filter(
                item__key__in=keys, locale__language_code=OWN
            ).select_related("item")
        }
        if missing := keys - places.keys():
            raise CommandError(f"《{row['title']}》：目录中没有事项 {'、'.join(sorted(missing))}")
        steps = [
            {
                "type": "step",
                "value": {
                    "title": step["title"],
                    "entries": [
                        {"page": places[entry["item"]], "note": entry["note"]}
                        for entry in step["entry"]
                    ],
                },
            }
            for step in row["step"]
        ]
        return self._below(parent, TopicPage, row, seal=row["seal"], steps=steps)

    def policy(self, row: dict[str, Any]) -> str:
        parent = PolicyIndexPage.objects.get(locale__language_code=OWN)
        if PolicyPage.objects.filter(document_number=row["document_number"]).exists():
            return row["title"]
        staff = self.staff[row["drafted_by"]]
        replaced = PolicyPage.objects.filter(document_number=row.get("replaces", "-")).first()
        with at(row["publish_at"] - timedelta(hours=4)):
            page = PolicyPage(
                **self._common(row, staff.drafter),
                item=Item.objects.get(key=row["item"]),
                topic=row.get("topic", ""),
                is_normative=row.get("normative", False),
                is_trial=row.get("trial", False),
                written_on=row["written_on"],
                effective_on=row.get("effective_on"),
                expires_on=row.get("expires_on"),
                replaces=replaced,
                replaces_text="" if replaced else row.get("replaces", ""),
            )
            self.desk.draft(parent, page, staff.drafter)
            self._interpretation(page, row, staff.drafter)
        self.desk.publish(page, staff, row["publish_at"])
        return row["title"]

    def _interpretation(self, policy: PolicyPage, row: dict[str, Any], drafter: User) -> None:
        told = row["interpretation"]
        page = InterpretationPage(
            **self._common(
                told | {"genre": "interpretation", "keywords": row["keywords"]}, drafter
            ),
            interpretation_form=told["form"],
            written_on=row["written_on"],
        )
        self.desk.draft(policy, page, drafter)

    def repeal(self, row: dict[str, Any]) -> str:
        """The signatory repeals a policy that another one replaces."""
        page = PolicyPage.objects.get(document_number=row["document_number"])
        if page.ending:
            return f"废止标注：{row['title']}"
        successor = PolicyPage.objects.live().filter(document_number=row["repealed_by"]).first()
        kind = ChangeReason.REPLACED if successor else ChangeReason.REPEALED
        ending = Ending(kind, row["repealed_on"], successor, f"由{row['repealed_by']}替代。")
        moment = datetime.combine(row["repealed_on"], datetime.min.time()) + timedelta(hours=15)
        with at(moment):
            self.desk.end(page, ending)
        return f"废止标注：{row['title']}"

    def _common(self, row: dict[str, Any], uploader: User) -> dict[str, Any]:
        """Fields that every kind of piece takes from its file."""
        extent = row.get("extent", Extent.FULL)
        files = [attach(spec, uploader) for spec in row.get("attachment", [])]
        return {
            "title": row["title"],
            "slug": "",
            "organ": self.organs[row["organ"]],
            "genre": row["genre"],
            "document_number": row.get("document_number", ""),
            "keywords": " ".join(row["keywords"]),
            "summary": row["summary"],
            "extent": extent,
            "ground": Ground.PERSONAL_PRIVACY if extent != Extent.FULL else "",
            "withheld": row.get("withheld", ""),
            "body": body(row["body"], uploader, files),
        }
