"""Whatever people and programs do, in whatever order: the public reads only what three have signed.

Hypothesis makes up sequences of acts on the desk, of calls to the models and of plain SQL. Every text
and every file carries a word of its own. The test keeps its own account of who signed which words,
from the answers of the review screen alone, and looks at the site as anybody may.
"""

from __future__ import annotations

import contextlib
import copy
import itertools
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from wagtail.models import Page, Revision, TaskState

from cms.drafting import store_attachment
from cms.models import Attachment, DisclosurePage
from tests.county import PASSWORD, County, draft_pair, draft_piece, fresh, submit, text
from workflows.drafts import latest_draft
from workflows.models import SignOff, Submission

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

#: CI runs the suite on two databases: together at least 2,000 acts.
SEQUENCES, ACTS = 25, 50
ENOUGH = 1_000
#: Whoever writes may not review afterwards: mostly those write whose work it is.
WRITERS = ["drafter", "drafter", "drafter", "colleague", "colleague", "head", "signatory", "root"]
PLACES = st.integers(0, 5)
OFFICERS = ["head", "reviewer", "signatory"]
#: Presses of the editor's buttons, and what its autosave sends.
MANAGEMENT = {
    "TOTAL_FORMS": "0",
    "INITIAL_FORMS": "0",
    "MIN_NUM_FORMS": "0",
    "MAX_NUM_FORMS": "",
}
BUTTONS: list[dict[str, str]] = [
    {},
    {"autosave": "1"},
    {"action-publish": "1"},
    {"action-submit": "1"},
    {"action-workflow-action": "true", "workflow-action-name": "approve"},
    {"go_live_at": "2026-01-01 08:00", "action-publish": "1"},
]
REVIEW_FORM = {
    "opinion": "意见",
    "determination": "proactive",
    "extent": "full",
    "touches_none": "on",
    "aggregation_risk": "none",
}
WORD = re.compile(r"字样[a-z]+号")
_notes = itertools.count(1)
_words = (f"字样{''.join(letters)}号" for letters in itertools.product("abcdefghij", repeat=5))
PEOPLE = ("drafter", "colleague", "head", "reviewer", "signatory", "outsider", "root")


def edit_form(page: DisclosurePage, word: str) -> dict[str, str]:
    """The edit form as a browser would send it, with new words."""
    block = {"key": "a", "type": "unstyled", "depth": 0, "text": word}
    block |= {"inlineStyleRanges": [], "entityRanges": []}
    comments = {f"comments-{name}": value for name, value in MANAGEMENT.items()}
    return comments | {
        "title": f"公告{word}",
        "organ": str(page.organ_id),
        "genre": page.genre,
        "written_on": "2026-06-01",
        "level": "county",
        "determination": "proactive",
        "extent": "full",
        "correction_note": f"第{next(_notes)}次更正",
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "text",
        "body-0-id": "",
        "body-0-value": json.dumps({"blocks": [block], "entityMap": {}}),
    }


def publish_revision(acts: RandomActs, page: Any) -> None:
    page.get_latest_revision().publish(user=acts.people["root"])


def save_as_live(acts: RandomActs, page: Any) -> None:
    draft = page.get_latest_revision_as_object()
    draft.live = True
    draft.save()


def write_over_the_row(acts: RandomActs, page: Any) -> None:
    type(page).objects.filter(pk=page.pk).update(summary=acts.word("root"))


def make_live_by_sql(acts: RandomActs, page: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE wagtailcore_page SET live = %s WHERE id = %s", [True, page.pk])


def rewrite_the_revision(acts: RandomActs, page: Any) -> None:
    revision = page.get_latest_revision()
    revision.content["summary"] = acts.word("root")
    revision.save()


def schedule(acts: RandomActs, page: Any) -> None:
    past = timezone.now() - timedelta(minutes=1)
    Revision.objects.filter(pk=page.latest_revision_id).update(approved_go_live_at=past)


def run_the_clock(acts: RandomActs, page: Any) -> None:
    call_command("publish_scheduled", verbosity=0)


def approve_the_task(acts: RandomActs, page: Any) -> None:
    for state in TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS):
        state.specific.approve(user=acts.people["signatory"])


def finish_the_workflow(acts: RandomActs, page: Any) -> None:
    page.current_workflow_state.finish(user=acts.people["root"])


def unpublish(acts: RandomActs, page: Any) -> None:
    page.unpublish(user=acts.people["root"])


def publish_in_bulk(acts: RandomActs, page: Any) -> None:
    url = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))
    acts.browsers["root"].post(f"{url}?id={page.pk}")


def publish_by_the_api(acts: RandomActs, page: Any) -> None:
    acts.browsers["root"].post(f"/admin/api/main/pages/{page.pk}/action/publish/")


def copy_and_keep_live(acts: RandomActs, page: Any) -> None:
    url = f"/admin/api/main/pages/{page.pk}/action/copy/"
    acts.browsers["root"].post(url, {"keep_live": True, "slug": acts.word("root")})


def delete(acts: RandomActs, page: Any) -> None:
    acts.post("root", "wagtailadmin_pages:delete", page.pk)


PROGRAMS = [
    publish_revision, save_as_live, write_over_the_row, make_live_by_sql, rewrite_the_revision,
    schedule, run_the_clock, approve_the_task, finish_the_workflow, unpublish, publish_in_bulk,
    publish_by_the_api, copy_and_keep_live, delete,
]  # fmt: skip


class RandomActs(RuleBasedStateMachine):
    """Acts on up to six pages of a small county; `begin` gives each sequence the county anew."""

    begin: Callable[[], AbstractContextManager[tuple[County, User]]]
    acts = 0
    read_by_all: set[str] = set()

    def __init__(self) -> None:
        super().__init__()
        self.scope = type(self).begin()
        self.county, root = self.scope.__enter__()
        self.people = {name: getattr(self.county, name, root) for name in PEOPLE}
        self.browsers = {name: Client() for name in PEOPLE}
        for name, browser in self.browsers.items():
            browser.force_login(self.people[name])
        self.public = Client()
        self.looks = 0
        self.pages: list[int] = []
        self.pairs: list[tuple[int, int]] = []
        self.addresses: set[str] = set()
        self.author: dict[str, str] = {}
        #: submission -> word -> who approved it, as the review screen let them
        self.signed: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))

    def teardown(self) -> None:
        try:
            self.looks = -1
            self.look(self.pages)
        finally:
            self.scope.__exit__(None, None, None)

    @invariant()
    def count(self) -> None:
        type(self).acts += 1

    # What is there, and who may read it.

    def word(self, author: str) -> str:
        word = next(_words)
        self.author[word] = author
        return word

    def words_of(self, page_id: int) -> set[str]:
        """The words of the draft as it stands, with those in its files."""
        draft = latest_draft(Page.objects.get(pk=page_id))
        told = f"{draft.title}{draft.summary}{list(draft.body.raw_data)}"
        files = Attachment.objects.filter(pk__in=re.findall(r"document\W+(\d+)", told))
        return set(WORD.findall(told + "".join(file.file.read().decode() for file in files)))

    def may_be_read(self, word: str) -> bool:
        return any(
            len(people - {self.author[word]}) >= 3
            for people in (words[word] for words in self.signed.values())
        )

    def look(self, page_ids: list[int]) -> None:
        """As anybody: at the addresses of these pages, and every so often at everything."""
        touched = {page.url for page in Page.objects.filter(pk__in=page_ids)}
        self.addresses |= touched
        self.looks += 1
        if self.looks % 8 == 0:
            touched = self.addresses | {"/feed/", "/search/?q=字样"}
        for address in touched:
            for word in set(WORD.findall(self.read(address))):
                type(self).read_by_all.add(word)
                assert self.may_be_read(word), f"{word} at {address}: {self.signers(word)}"
        for policy, interpretation in self.pairs:
            live = dict(
                Page.objects.filter(pk__in=(policy, interpretation)).values_list("pk", "live")
            )
            assert not live.get(policy) or live.get(interpretation), "a policy without its pair"

    def read(self, address: str) -> str:
        response = self.public.get(address)
        assert response.status_code < 500, address
        return (b"".join(response) if response.streaming else response.content).decode()

    def signers(self, word: str) -> list[set[str]]:
        return [words[word] for words in self.signed.values() if word in words]

    def attempt(self, act: Callable[[], Any]) -> None:
        """A refusal may come as an exception or as an answer; only what the public sees counts."""
        with contextlib.suppress(Exception), transaction.atomic():
            act()

    def post(self, person: str, name: str, *args: Any, **data: Any) -> Any:
        return self.browsers[person].post(reverse(name, args=args), data)

    def page(self, place: int) -> Any:
        return fresh(Page.objects.get(pk=self.pages[place % len(self.pages)]))

    # Drafting.

    @precondition(lambda self: len(self.pages) < 4)
    @rule()
    def draft(self) -> None:
        word = self.word("drafter")
        page = draft_piece(self.county, f"公告{word}", body=text(word))
        self.pages.append(page.pk)
        self.look([page.pk])

    @precondition(lambda self: len(self.pages) < 4)
    @rule()
    def draft_policy(self) -> None:
        policy, interpretation = draft_pair(self.county, f"通知{self.word('drafter')}")
        self.pages += [policy.pk, interpretation.pk]
        self.pairs.append((policy.pk, interpretation.pk))
        self.look([policy.pk, interpretation.pk])

    @precondition(lambda self: self.pages)
    @rule(place=PLACES, person=st.sampled_from(WRITERS), with_file=st.sampled_from([1, 0, 0, 0]))
    def write(self, place: int, person: str, with_file: int) -> None:
        page = self.page(place)
        self.write_words(page, person, with_file)
        self.look([page.pk])

    def write_words(self, page: Any, person: str, with_file: int = 0) -> None:
        user, body = self.people[person], text(self.word(person))
        if with_file:
            upload = SimpleUploadedFile("名单.txt", self.word(person).encode())
            document = store_attachment(upload, user)
            self.addresses.add(document.url)
            files = [{"document": document.pk, "note": ""}]
            body.append({"type": "attachments", "value": {"files": files}})
        draft = page.get_latest_revision_as_object()
        draft.body, draft.correction_note = body, f"第{next(_notes)}次更正"
        self.attempt(lambda: draft.save_revision(user=user))

    @precondition(lambda self: self.pages)
    @rule(place=PLACES, person=st.sampled_from(WRITERS), button=st.sampled_from(BUTTONS))
    def use_the_editor(self, place: int, person: str, button: dict[str, str]) -> None:
        page = self.page(place)
        if isinstance(page, DisclosurePage):
            word = self.word(person)
            form = edit_form(page, word) | button
            headers = {"accept": "application/json"} if "autosave" in button else {}
            url = reverse("wagtailadmin_pages:edit", args=(page.pk,))
            self.attempt(lambda: self.browsers[person].post(url, form, headers=headers))
        self.look([page.pk])

    # Reviewing.

    @precondition(lambda self: self.pages)
    @rule(place=PLACES, person=st.sampled_from(["drafter", "drafter", "colleague", "root"]))
    def submit(self, place: int, person: str) -> None:
        page = self.page(place)
        self.attempt(lambda: submit(page, self.people[person]))
        self.look([page.pk])

    @precondition(lambda self: self.pages)
    @rule(
        place=PLACES,
        people=st.sampled_from([OFFICERS, *([person] for person in PEOPLE)]),
        decision=st.sampled_from(["approved", "approved", "approved", "returned", "take_back"]),
    )
    def review(self, place: int, people: list[str], decision: str) -> None:
        waiting = list(Submission.objects.open().filter(lead__in=self.pages).order_by("pk"))
        for person in people if waiting else ():
            self.review_once(waiting[place % len(waiting)], person, decision)

    @precondition(lambda self: self.pages)
    @rule(place=PLACES)
    def bring_to_publication(self, place: int) -> None:
        """The legitimate way, as far as what happened before leaves it open."""
        page = self.page(place)
        if not page.has_unpublished_changes:
            self.write_words(page, "drafter")
        self.attempt(lambda: submit(page, self.people["drafter"]))
        for submission in Submission.objects.open().filter(lead=page.pk):
            for person in OFFICERS:
                self.review_once(submission, person, "approved")

    def review_once(self, submission: Submission, person: str, decision: str) -> None:
        lead = submission.lead_id
        pages = [lead, *(second for first, second in self.pairs if first == lead)]
        words = set().union(*(self.words_of(page) for page in pages))
        before = self.approvals(submission, person)
        data = REVIEW_FORM | {"decision": decision}
        self.attempt(lambda: self.post(person, "workflows_review", submission.pk, **data))
        if self.approvals(submission, person) > before:
            for word in words:
                self.signed[submission.pk][word].add(person)
        self.look(pages)

    def approvals(self, submission: Submission, person: str) -> int:
        given = SignOff.objects.filter(submission=submission, decision="approved")
        return given.filter(user=self.people[person]).count()

    # Whatever programs may do.

    @precondition(lambda self: self.pages)
    @rule(place=PLACES, act=st.sampled_from(PROGRAMS))
    def run_a_program(self, place: int, act: Callable[[RandomActs, Any], None]) -> None:
        page = self.page(place)
        self.attempt(lambda: act(self, page))
        kept = [page.pk] if Page.objects.filter(pk=page.pk).exists() else []
        self.pages = list(Page.objects.filter(pk__in=self.pages).values_list("pk", flat=True))
        pairs = [pair for pair in self.pairs if set(pair) <= set(self.pages)]
        self.pairs = pairs
        self.look(kept)


@pytest.fixture
def began(made_county: County, db: None) -> Iterator[None]:
    root = User.objects.create_superuser("root", password=PASSWORD)

    @contextlib.contextmanager
    def begin() -> Iterator[tuple[County, User]]:
        with transaction.atomic():
            yield copy.deepcopy(made_county), root
            transaction.set_rollback(True)

    RandomActs.begin = staticmethod(begin)
    yield


def test_the_public_reads_only_what_three_have_signed(began: None):
    run_state_machine_as_test(
        RandomActs,
        settings=settings(
            max_examples=SEQUENCES,
            stateful_step_count=ACTS,
            deadline=None,
            derandomize=True,
            # A failing sequence is told as it was: making it short takes an hour.
            phases=[Phase.generate],
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    # Sequences too short, or in which nothing was ever published, would show nothing.
    print(RandomActs.acts, "acts;", len(RandomActs.read_by_all), "words became public")
    assert RandomActs.acts >= ENOUGH
    assert len(RandomActs.read_by_all) >= SEQUENCES
