"""What the list of screens cannot find out by itself.

`found.py` finds every address of ours and opens it with the first account that may. Add a row here only
where it cannot: an address whose objects it cannot guess, a state worth seeing of its own, or an
address that is no screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Model
from django.urls import reverse
from wagtail.models import Page

from catalogue_standards.enums import EditionStatus
from catalogue_standards.models import (
    Channel,
    Edition,
    EditionDomain,
    EditionItem,
    ImportRun,
    Obligation,
    Organ,
)
from catalogue_standards.townships import offered_to
from cms.languages import OWN
from cms.models import (
    CataloguePage,
    DisclosurePage,
    FiguresPage,
    InterpretationPage,
    PolicyPage,
    SectionPage,
)
from workflows.enums import RegisterEvent, SubmissionStatus
from workflows.models import EmergencyPublication, Finding, Reassessment, RegisterEntry, Submission

#: Who opens the desk's screens; found.py tries them in this order.
ACCOUNTS = [
    "civil-affairs-nigao",
    "civil-affairs-shenhe",
    "baomi",
    "qianfa",
    "mulu",
    "xitong",
    "anquan",
    "shenji",
    "yingji",
    "linjiang-mulu",
]

#: Beginning of an address's name -> who is tried first.
USUALLY = {
    "catalogue_townships:choose": "linjiang-mulu",
    "catalogue_": "mulu",
    "wagtailimages": "xitong",
    "wagtaildocs": "xitong",
    "search_": "xitong",
    "workflows_re": "baomi",
    "workflows_dictionary": "baomi",
    "workflows_emergency": "yingji",
    "workflows_after": "qianfa",
    "workflows_take": "qianfa",
    "workflows_end": "qianfa",
    "workflows_move": "qianfa",
}

#: Names of addresses that are no whole screen -> why. A name may end in *.
NO_SCREEN = {
    "*results": "what a filter puts into the screen beside it",
    "catalogue_*_chooser:*": "a dialogue of a form, opened by it",
    "wagtailimages_chooser:*": "a dialogue of a form, opened by it",
    "wagtailimages:url_generator*": "Wagtail's own, not linked from anywhere here",
    "wagtaildocs:delete": "Wagtail's own, refused for files of public pieces",
    "wagtaildocs:document_usage": "Wagtail's own, for whoever changes files",
    "wagtailimages:delete": "Wagtail's own",
    "wagtailimages:image_usage": "Wagtail's own, for whoever changes pictures",
    "wagtail_serve": "every public page; they are found by their types",
    "*:cell": "a cell of the table, in a dialogue",
    "*:import_cell": "a cell of the table, in a dialogue",
    "*:import_progress": "a number for the page that waits",
    "*:import_discard": "a button's answer",
    "*:import_again": "a button's answer",
    "*:export": "a file",
    "*:undo": "a button's answer",
    "catalogue_editions:act": "a button's answer",
    "workflows_settle": "a button's answer",
    "workflows_scan_now": "a button's answer",
    "workflows_send_up": "a button's answer",
    "workflows_answer": "a button's answer",
    "workflows_comment": "a button's answer",
    "cms_posting_decision": "a button's answer",
    "workflows_answer_comment": "a button's answer",
    "open_data:*": "data",
    "compare": "a public page; public_states() names one",
    "workflows_finding_file": "the page of a file as it was found, in a frame",
    "workflows_draft": "the piece as the public will see it, in a frame",
    "workflows_piece_draft": "the piece as the public will see it, in a frame",
    "official_table": "a file",
    "media": "a file",
    "": "leads to another address",
}


def arguments(name: str) -> Iterator[tuple[Any, ...]]:
    """Arguments to try for an address of the desk that takes any; the first that shows is kept."""
    for ending, give in OBJECTS.items():
        if name == ending or (ending.endswith("*") and name.startswith(ending[:-1])):
            yield from give()
            return


def _waiting() -> Iterator[tuple[Any, ...]]:
    for key in Finding.objects.filter(scan__submission__isnull=False).values_list(
        "scan__submission", flat=True
    ):
        yield (key,)
    for key in Submission.objects.open().values_list("pk", flat=True):
        yield (key,)


def _drafts() -> Iterator[tuple[Any, ...]]:
    for page in (
        DisclosurePage.objects.not_live().order_by("-pk"),
        PolicyPage.objects.not_live().order_by("-pk"),
    ):
        yield from ((key,) for key in page.values_list("pk", flat=True)[:4])


def _public() -> Iterator[tuple[Any, ...]]:
    for kind in (PolicyPage, DisclosurePage):
        yield from ((key,) for key in kind.objects.live().values_list("pk", flat=True)[:3])


def _keys(model: type[Model]) -> Callable[[], Iterator[tuple[Any, ...]]]:
    return lambda: ((key,) for key in model._default_manager.values_list("pk", flat=True)[:3])


def _editions(*statuses: str) -> Callable[[], Iterator[tuple[Any, ...]]]:
    def give() -> Iterator[tuple[Any, ...]]:
        for status in statuses:
            for key in Edition.objects.filter(status=status).values_list("pk", flat=True):
                yield (key,)

    return give


def _rows_of_draft() -> Iterator[tuple[Any, ...]]:
    rows = EditionItem.objects.filter(edition__status=EditionStatus.DRAFT).order_by("-pk")
    yield from ((key,) for key in rows.values_list("pk", flat=True)[:2])


def _towns(*more: Callable[[Organ, Edition], Any]) -> Callable[[], Iterator[tuple[Any, ...]]]:
    def give() -> Iterator[tuple[Any, ...]]:
        edition = Edition.objects.in_force()
        # Its own administrator is of 临江镇.
        for town in Organ.objects.filter(code="linjiang"):
            yield (town.pk, *(one(town, edition) for one in more))

    return give


#: Name of an address (or its beginning, with *) -> the objects that it may show.
OBJECTS: dict[str, Callable[[], Iterator[tuple[Any, ...]]]] = {
    "workflows_check": _drafts,
    "workflows_emergency_publish": _drafts,
    "cms_postings": _public,
    "workflows_pieces": _public,
    "workflows_piece": _public,
    "workflows_take_down": _public,
    "workflows_end": _public,
    "workflows_move": _public,
    "workflows_after_review": _keys(EmergencyPublication),
    "workflows_publication": _keys(RegisterEntry),
    "workflows_revisited": _public,
    "workflows_reassessment": _keys(Reassessment),
    "cms_duty": _keys(Obligation),
    "workflows_review": _waiting,
    "workflows_masked": _waiting,
    "cms_translate": _public,
    "catalogue_editions:import_*": _keys(ImportRun),
    "catalogue_editions:*": _editions(EditionStatus.DRAFT, EditionStatus.IN_FORCE),
    "catalogue_items:*": _rows_of_draft,
    "catalogue_townships:township": _towns(),
    "catalogue_townships:history": _towns(),
    "catalogue_townships:choose_item": _towns(
        lambda town, edition: offered_to(town, edition).first().item_id
    ),
    "catalogue_townships:choose_domain": _towns(
        lambda town, edition: edition.domains.first().domain_id
    ),
}


def desk_states() -> Iterator[tuple[str, str, str]]:
    """(name, address, account): screens of the desk that are worth seeing in another state."""
    for account in ACCOUNTS:
        yield f"home:{account}", reverse("wagtailadmin_home"), account
    for number, submission in enumerate(Submission.objects.open().order_by("pk")):
        for account in ("civil-affairs-shenhe", "baomi", "qianfa"):
            yield (
                f"review:{number}:{account}",
                reverse("workflows_review", args=[submission.pk]),
                account,
            )
    drafter = "civil-affairs-nigao"
    for kind in (PolicyPage, InterpretationPage, DisclosurePage):
        page = kind.objects.not_live().filter(owner__username=drafter).order_by("-pk").first()
        if page is not None:
            address = reverse("wagtailadmin_pages:edit", args=[page.pk])
            yield f"edit:{kind.__name__}", address, drafter
    returned = Submission.objects.filter(status=SubmissionStatus.RETURNED).first()
    yield "edit:returned", reverse("wagtailadmin_pages:edit", args=[returned.lead_id]), drafter
    item = EditionItem.objects.filter(edition__status=EditionStatus.IN_FORCE).first()
    yield "in force", reverse("catalogue_editions:inspect", args=[item.edition_id]), "mulu"


def public_states() -> Iterator[tuple[str, str]]:
    """(name, address): pages of the public site in states that a first of its type does not show."""
    yield "search:results", "/search/?q=低保"
    yield "search:none", "/search/?q=没有这样的东西"
    yield "search:advanced", "/search/?q=通知&match=title&sort=date"
    yield "catalogue:filtered", "/catalogue/?domain=compulsory-education&q=招生"
    for section in own(SectionPage):
        yield f"section:{section.kind}", section.url
    for policy in own(PolicyPage):
        yield f"policy:{policy.document_number}", policy.url
    for reading in own(InterpretationPage):
        yield f"interpretation:{reading.interpretation_form}", reading.url
    for page in own(DisclosurePage):
        if any(block.block_type == "attachments" for block in page.body):
            yield "disclosure:files", page.url
            yield "item:published", page.get_parent().url
            break
    partly = own(DisclosurePage).exclude(extent="full").first()
    if partly is not None:
        yield "disclosure:partly", partly.url
    catalogue = own(CataloguePage).first()
    yield "catalogue:changes", f"{catalogue.url}changes/"
    yield "catalogue:townships", f"{catalogue.url}townships/"
    yield "catalogue:township", f"{catalogue.url}townships/linjiang/"
    for edition in Edition.objects.public():
        if edition.based_on_id:
            address = f"{catalogue.url}changes/{edition.reference}/"
            yield f"catalogue:changes:{edition.reference}", address
        yield f"catalogue:edition:{edition.reference}", catalogue.edition_url(edition)
    replacing = own(PolicyPage).filter(replaces__isnull=False).first()
    yield "compare", reverse("compare", args=[replacing.replaces_id, replacing.pk])
    yield "open data", "/data/"
    figures = own(FiguresPage).first()
    yield "figures:month", f"{figures.url}2026-4/"
    gone = RegisterEntry.objects.filter(event=RegisterEvent.UNPUBLISHED).first()
    yield "gone", f"/{gone.url_path.split('/', 2)[2]}"
    yield "error:404", "/no-such-page/"
    yield "error:403", "/screens-refused/"
    yield "error:500", "/screens-broken/"


def content() -> tuple[list[str], list[str]]:
    """(English, Chinese): titles, names and codes, longest first."""
    english = set(Page.objects.exclude(locale__language_code=OWN).values_list("title", flat=True))
    chinese = set(Page.objects.filter(depth__gt=1).values_list("title", flat=True)) - english
    for model in (Organ, Channel):
        english |= set(model.objects.values_list("code", flat=True))
        chinese |= set(model.objects.values_list("name", flat=True))
    chinese |= set(EditionDomain.objects.values_list("name", flat=True))
    return sorted(english, key=len, reverse=True), sorted(chinese, key=len, reverse=True)


def own(kind: type[Page]) -> Any:
    """What is public of this type, in the site's own language."""
    return kind.objects.live().filter(locale__language_code=OWN)
