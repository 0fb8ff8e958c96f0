"""What a page is about, in the words of schema.org, for search engines and other machines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone

from cms.enums import Validity
from cms.models import (
    CataloguePage,
    HomePage,
    InterpretationPage,
    PolicyPage,
    PublishedPiece,
)
from cms.open_data.offers import Offer, offers_on
from cms.open_data.registry import LISTS
from cms.page_cache.sharing import shared

Node = dict[str, Any]
_FORCE = {
    Validity.IN_FORCE: "InForce",
    Validity.AMENDED: "PartiallyInForce",
    Validity.NOT_YET: "NotInForce",
    Validity.REPEALED: "NotInForce",
    Validity.LAPSED: "NotInForce",
}


def described(context: Mapping[str, Any]) -> Node | None:
    """One document for the page of this context, or None where there is nothing to say."""
    request = context.get("request")
    page = context.get("page")
    if request is None or not getattr(page, "pk", None):
        return None
    about = _About(request, context)
    if isinstance(page, PolicyPage):
        graph = [about.policy(page)]
    elif isinstance(page, PublishedPiece):
        graph = [about.article(page)]
    elif isinstance(page, HomePage):
        graph = [about.site(), about.government()]
    else:
        graph = about.datasets()
    return {"@context": "https://schema.org", "@graph": [*graph, *about.way_down(page)]}


class _About:
    def __init__(self, request: Any, context: Mapping[str, Any]) -> None:
        self.request = request
        self.context = context
        self.identity = context["identity"]

    def address(self, page: Any) -> str:
        return str(self.request.build_absolute_uri(page.get_url(self.request) or "/"))

    def government(self) -> Node:
        identity = self.identity
        return _full(
            {
                "@type": "GovernmentOrganization",
                "@id": f"{self.request.build_absolute_uri('/')}#government",
                "name": identity.sponsor or identity.name,
                "url": self.request.build_absolute_uri("/"),
                "telephone": identity.phone,
                "identifier": identity.identification_code,
            }
        )

    def site(self) -> Node:
        search = self.request.build_absolute_uri(reverse("search:search"))
        return {
            "@type": "WebSite",
            "name": self.identity.name,
            "url": self.request.build_absolute_uri("/"),
            "publisher": {"@id": f"{self.request.build_absolute_uri('/')}#government"},
            "potentialAction": {
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": search + "?q={words}"},
                "query-input": "required name=words",
            },
        }

    def organ(self, organ: Any) -> Node:
        return _full(
            {
                "@type": "GovernmentOrganization",
                "name": organ.name,
                "identifier": organ.code,
                "telephone": organ.phone,
                "address": organ.address,
            }
        )

    def piece(self, page: PublishedPiece) -> Node:
        return {
            "name": page.title,
            "url": self.address(page),
            "identifier": page.index_number,
            "inLanguage": page.locale.language_code,
            "datePublished": _moment(page.published_at),
            "dateModified": _moment(page.last_published_at),
            "dateCreated": _day(page.written_on),
            "description": page.summary,
            "keywords": page.keyword_list,
            "publisher": self.organ(page.organ),
        }

    def policy(self, page: PolicyPage) -> Node:
        original = self.context.get("original")
        replaced = page.replaces if page.replaces_id else None
        return _full(
            self.piece(page)
            | {
                "@type": "Legislation",
                "legislationIdentifier": page.document_number or page.index_number,
                "legislationType": str(page.get_genre_display()),
                "legislationDate": _day(page.written_on),
                "legislationDateOfApplicability": _day(page.effective_on),
                "legislationLegalForce": f"https://schema.org/{_FORCE[page.validity]}",
                "legislationPassedBy": self.organ(page.organ),
                "jurisdiction": self.identity.name,
                "temporalCoverage": "/".join(
                    _day(day) or ".."
                    for day in (page.in_force_since(), page.repeal_date or page.last_day)
                ),
                "translationOfWork": self.address(original) if original else None,
                # What is not public here is only named.
                "legislationRepeals": [
                    {
                        "@type": "Legislation",
                        "name": replaced.title,
                        "legislationIdentifier": replaced.document_number,
                        "url": self.address(replaced),
                    }
                ]
                if replaced is not None and replaced.live
                else page.replaces_text,
                "subjectOf": [
                    {"@type": "Article", "name": each.title, "url": self.address(each)}
                    for each in self.context.get("interpretations") or ()
                ],
            }
        )

    def article(self, page: PublishedPiece) -> Node:
        policy = self.context.get("policy") if isinstance(page, InterpretationPage) else None
        about = None
        if policy is not None and policy.live:
            about = {"@type": "Legislation", "name": policy.title, "url": self.address(policy)}
        item = self.context.get("item_page")
        part = {"@type": "WebPage", "name": item.title, "url": self.address(item)} if item else None
        kind = {"@type": "Article", "headline": page.title[:110], "isPartOf": part}
        return _full(self.piece(page) | kind | {"about": about, "isBasedOn": about})

    def datasets(self) -> list[Node]:
        found = [self._dataset(each) for each in offers_on(self.context.get("page"), self.context)]
        edition = self.context.get("edition")
        if found and edition and isinstance(self.context.get("page"), CataloguePage):
            found[0] |= {"name": edition.title, "version": edition.reference}
            download = self.request.build_absolute_uri(f"/api/editions/{edition.reference}.zip")
            found[0]["distribution"].append(_download(download, "application/zip"))
        return found

    def _dataset(self, each: Offer) -> Node:
        absolute = self.request.build_absolute_uri
        return {
            "@type": "Dataset",
            "name": f"{self.identity.name} · {each.title}",
            "description": str(LISTS[each.name].description),
            "isAccessibleForFree": True,
            "creator": self.government(),
            "distribution": [_download(absolute(a.url), a.media_type) for a in each.addresses],
        }

    def way_down(self, page: Any) -> list[Node]:
        above = self.context.get("ancestors") or ()
        if not above:
            return []
        # All pages below one page share the way down to it.
        key = ("steps", self.request.build_absolute_uri("/"), above[-1].pk)
        steps = shared(key, lambda: [self._step(n, each) for n, each in enumerate(above, 1)])
        here = self._step(len(above) + 1, page)
        return [{"@type": "BreadcrumbList", "itemListElement": [*steps, here]}]

    def _step(self, number: int, page: Any) -> Node:
        address = self.address(page)
        return {"@type": "ListItem", "position": number, "name": page.title, "item": address}


def _download(url: str, media_type: str) -> Node:
    return {"@type": "DataDownload", "contentUrl": url, "encodingFormat": media_type}


def _full(node: Node) -> Node:
    """Without what is not known."""
    return {key: value for key, value in node.items() if value not in (None, "", [])}


def _day(value: Any) -> str | None:
    return value.isoformat() if value else None


def _moment(value: Any) -> str | None:
    return timezone.localtime(value).isoformat(timespec="seconds") if value else None
