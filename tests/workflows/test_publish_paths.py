"""Every path we know by which a page might become public unreviewed, or leave unrecorded; none does.

Each path is tried by a superuser or by code, on a piece whose review is not complete, and the
public then asks for the page. The legitimate routes stand in the same table and stay open.
"""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import Error, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Locale, Page, PageViewRestriction, TaskState
from wagtail_localize.models import Translation, TranslationSource

from cms.models import Attachment, DisclosurePage, ItemPage
from cms.page_cache.sharing import sharing
from cms.translations import TranslatePieceAction
from tests.county import (
    PASSWORD,
    County,
    decide,
    draft_piece,
    edit_form,
    fresh,
    publish,
    submit,
    take_down,
    text,
)
from workflows.actions.assign import AssignRoleAction
from workflows.actions.clear import GrantClearanceAction
from workflows.actions.emergency import EmergencyPublishAction
from workflows.drafts import latest_draft
from workflows.enums import ClearanceStatus, Role
from workflows.models import Clearance, EmergencyPublication, RegisterEntry, Submission
from workflows.rules import ChangeRefused, StillNeeded

SECRET = "尚未审查的内容"
PUBLISH = {"action-publish": "1"}
Attempt = Callable[["Scene"], None]


class Scene:
    """A piece in mid-review, a live piece with an unreviewed draft, and a superuser's browser."""

    def __init__(self, county: County, admin: User) -> None:
        self.county = county
        self.admin = admin
        self.live = publish(county, draft_piece(county, "已经公开的公告"))
        draft = self.live.get_latest_revision_as_object()
        draft.body = text(SECRET)
        draft.summary = SECRET
        draft.save_revision(user=county.drafter)
        self.draft = draft_piece(county, f"草稿：{SECRET}", summary=SECRET)
        self.submitted = draft_piece(county, f"在审：{SECRET}", summary=SECRET)
        submit(self.submitted, county.drafter)
        decide(self.submitted, county.head)
        self.browser = Client()
        self.browser.force_login(admin)
        self.parent = ItemPage.objects.get(item=county.admissions)

    def post(self, name: str, *args: Any, **data: Any) -> None:
        self.browser.post(reverse(name, args=args), data)

    def form(self, page: Page) -> dict[str, Any]:
        return edit_form(page, SECRET)


def drafted_version(s: Scene) -> Any:
    """The live piece as its drafter begins to translate it, with words nobody has reviewed."""
    english = Locale.objects.get_or_create(language_code="en")[0]
    page = TranslatePieceAction(fresh(s.live), english, s.county.drafter).execute()
    draft = page.get_latest_revision_as_object()
    draft.title, draft.body, draft.summary = SECRET, text(SECRET), SECRET
    draft.save_revision(user=s.county.drafter)
    return fresh(page)


def edit_view(s: Scene) -> None:
    s.post("wagtailadmin_pages:edit", s.draft.pk, **s.form(s.draft), **{"action-publish": "1"})


def edit_view_mid_review(s: Scene) -> None:
    form = s.form(s.submitted)
    s.post("wagtailadmin_pages:edit", s.submitted.pk, **form, **{"action-publish": "1"})


def edit_view_of_a_live_page(s: Scene) -> None:
    s.post("wagtailadmin_pages:edit", s.live.pk, **s.form(s.live), **{"action-publish": "1"})


def create_view(s: Scene) -> None:
    args = ("cms", "disclosurepage", s.parent.pk)
    form = s.form(s.draft) | {"title": f"新建：{SECRET}", "action-publish": "1"}
    s.post("wagtailadmin_pages:add", *args, **form)


def bulk_publish(s: Scene) -> None:
    url = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))
    s.browser.post(f"{url}?id={s.draft.pk}&id={s.submitted.pk}&id={s.live.pk}")


def bulk_publish_of_descendants(s: Scene) -> None:
    url = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))
    s.browser.post(f"{url}?id={s.parent.pk}", {"include_descendants": "on"})


def admin_api_publish(s: Scene) -> None:
    for page in (s.draft, s.submitted, s.live):
        s.browser.post(f"/admin/api/main/pages/{page.pk}/action/publish/")


def admin_api_copy(s: Scene) -> None:
    s.browser.post(f"/admin/api/main/pages/{s.live.pk}/action/copy/", {"keep_live": True})


def admin_api_revert(s: Scene) -> None:
    revision = s.live.get_latest_revision()
    url = f"/admin/api/main/pages/{s.live.pk}/action/revert_to_page_revision/"
    s.browser.post(url, {"revision_id": revision.pk})
    s.browser.post(f"/admin/api/main/pages/{s.live.pk}/action/publish/")


def copy_view(s: Scene) -> None:
    s.post(
        "wagtailadmin_pages:copy", s.live.pk,
        new_title=SECRET, new_slug="copied", new_parent_page=s.parent.pk, publish_copies="on",
    )  # fmt: skip


def copy_view_as_alias(s: Scene) -> None:
    s.post(
        "wagtailadmin_pages:copy", s.draft.pk,
        new_title=SECRET, new_slug="alias", new_parent_page=s.parent.pk, alias="on",
    )  # fmt: skip


def copy_action(s: Scene) -> None:
    CopyPageAction(fresh(s.live), to=s.parent, update_attrs={"slug": "c", "title": SECRET}).execute(
        skip_permission_checks=True
    )


def alias_action(s: Scene) -> None:
    draft = fresh(s.draft)
    draft.live = True
    CreatePageAliasAction(draft, parent=s.parent, update_slug="aliased").execute(
        skip_permission_checks=True
    )


def revert_and_publish(s: Scene) -> None:
    revision = fresh(s.live).get_latest_revision()
    form = s.form(s.live) | {"action-publish": "1", "revision": revision.pk}
    s.post("wagtailadmin_pages:edit", s.live.pk, **form)
    s.browser.get(reverse("wagtailadmin_pages:revisions_revert", args=(s.live.pk, revision.pk)))


def revision_publish(s: Scene) -> None:
    fresh(s.draft).get_latest_revision().publish()


def revision_publish_by_a_superuser(s: Scene) -> None:
    fresh(s.live).get_latest_revision().publish(user=s.admin)


def publish_action_without_checks(s: Scene) -> None:
    PublishPageRevisionAction(fresh(s.submitted).get_latest_revision(), user=s.admin).execute(
        skip_permission_checks=True
    )


def page_publish(s: Scene) -> None:
    page = fresh(s.draft)
    page.publish(page.get_latest_revision(), skip_permission_checks=True)


def save_as_live(s: Scene) -> None:
    page = fresh(s.draft)
    page.live = True
    page.save()


def save_live_field_only(s: Scene) -> None:
    page = fresh(s.draft)
    page.live = True
    page.save(update_fields=["live"])


def save_without_cleaning(s: Scene) -> None:
    page = fresh(s.live)
    page.summary = SECRET
    page.save(clean=False)


def save_as_base_page(s: Scene) -> None:
    page = Page.objects.get(pk=s.draft.pk)
    page.live = True
    page.save()


def add_child_live(s: Scene) -> None:
    s.parent.add_child(
        instance=DisclosurePage(
            title=SECRET, slug="direct", organ=s.county.education, item=s.county.admissions
        )
    )


def queryset_update(s: Scene) -> None:
    Page.objects.filter(pk=s.draft.pk).update(live=True)


def queryset_update_of_content(s: Scene) -> None:
    DisclosurePage.objects.filter(pk=s.live.pk).update(summary=SECRET)


def queryset_update_of_title(s: Scene) -> None:
    Page.objects.filter(pk=s.live.pk).update(title=SECRET)


def bulk_update(s: Scene) -> None:
    page = fresh(s.live)
    page.summary = SECRET
    DisclosurePage.objects.bulk_update([page], ["summary"])


def raw_sql_live(s: Scene) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE wagtailcore_page SET live = %s WHERE id = %s", [True, s.draft.pk])


def raw_sql_content(s: Scene) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cms_disclosurepage SET body = %s WHERE page_ptr_id = %s",
            [f'[{{"type":"text","value":"{SECRET}"}}]', s.live.pk],
        )


def scheduled(s: Scene) -> None:
    revision = fresh(s.draft).get_latest_revision()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()
    call_command("publish_scheduled")


def scheduled_by_the_edit_view(s: Scene) -> None:
    form = s.form(s.draft) | {
        "go_live_at": "2026-01-01 08:00",
        "action-publish": "1",
    }
    s.post("wagtailadmin_pages:edit", s.draft.pk, **form)
    call_command("publish_scheduled")


def task_state_approve(s: Scene) -> None:
    for _step in range(3):
        TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS).approve(user=s.admin)


def workflow_finish(s: Scene) -> None:
    fresh(s.submitted).current_workflow_state.finish(user=s.admin)


def workflow_action_view(s: Scene) -> None:
    state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    for _step in range(2):
        s.post("wagtailadmin_pages:workflow_action", s.submitted.pk, "approve", state.pk)


def approve_while_editing(s: Scene) -> None:
    browser = Client()
    browser.force_login(s.county.reviewer)
    form = s.form(s.submitted) | {
        "action-workflow-action": "true",
        "workflow-action-name": "approve",
    }
    browser.post(reverse("wagtailadmin_pages:edit", args=(s.submitted.pk,)), form)


def review_screen_of_another_submission(s: Scene) -> None:
    browser = Client()
    browser.force_login(s.county.outsider)
    for submission in Submission.objects.open():
        url = reverse("workflows_review", args=(submission.pk,))
        browser.post(url, {"decision": "approved"})


def workflow_without_tasks(s: Scene) -> None:
    from wagtail.models import Workflow, WorkflowPage

    empty = Workflow.objects.create(name="空", active=True)
    WorkflowPage.objects.create(workflow=empty, page=Page.objects.get(pk=s.parent.pk))
    page = fresh(s.draft)
    page.get_workflow().start(page, s.admin)


def tasks_disabled(s: Scene) -> None:
    from wagtail.models import Task

    for task in Task.objects.all():
        task.specific.deactivate(user=s.admin)
    page = fresh(s.submitted)
    state = page.current_workflow_state
    if state:
        state.update(user=s.admin)


def moved(s: Scene) -> None:
    other = ItemPage.objects.exclude(pk=s.parent.pk).first()
    MovePageAction(fresh(s.draft), other, pos="last-child").execute(skip_permission_checks=True)


def privacy_removed(s: Scene) -> None:
    restriction = PageViewRestriction.objects.create(
        page=Page.objects.get(pk=s.parent.pk), restriction_type=PageViewRestriction.LOGIN
    )
    restriction.delete()


def taken_down_and_published_again(s: Scene) -> None:
    take_down(s.live, s.county)
    page = fresh(s.live)
    page.summary = SECRET
    page.live = True
    page.save()


def translated(s: Scene) -> None:
    english = Locale.objects.get_or_create(language_code="en")[0]
    page = fresh(s.live)
    copy = page.copy_for_translation(english, copy_parents=True)
    copy.summary = SECRET
    copy.live = True
    copy.save()


def synchronised_locale(s: Scene) -> None:
    from wagtail_localize.synctree import synchronize_tree

    english = Locale.objects.get_or_create(language_code="en")[0]
    synchronize_tree(Locale.get_default(), english)


def submitted_translation(s: Scene) -> None:
    from wagtail_localize.operations import translate_object

    english = Locale.objects.get_or_create(language_code="en")[0]
    translate_object(fresh(s.draft), [english], components=None, user=s.admin)


def published_translation_source(s: Scene) -> None:
    english = Locale.objects.get_or_create(language_code="en")[0]
    source, _new = TranslationSource.update_or_create_from_instance(fresh(s.live))
    translation = Translation.objects.create(source=source, target_locale=english)
    translation.save_target(user=s.admin, publish=True)


def content_type_changed(s: Scene) -> None:
    page = Page.objects.get(pk=s.draft.pk)
    home = Page.objects.filter(depth=2).first()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE wagtailcore_page SET content_type_id = %s, live = %s WHERE id = %s",
            [home.content_type_id, True, page.pk],
        )
        cursor.execute(
            "UPDATE wagtailcore_page SET content_type_id = %s WHERE id = %s",
            [page.content_type_id, page.pk],
        )


def deserialised(s: Scene) -> None:
    from django.core import serializers

    told = serializers.serialize("json", [s.draft.page_ptr, s.draft])
    for row in serializers.deserialize("json", told.replace('"live": false', '"live": true')):
        row.save()


def autosave_of_a_live_page(s: Scene) -> None:
    url = reverse("wagtailadmin_pages:edit", args=(s.live.pk,))
    s.browser.post(url, s.form(s.live), headers={"accept": "application/json"})


def synced_editor_restarted(s: Scene) -> None:
    page = drafted_version(s)
    source, _new = TranslationSource.update_or_create_from_instance(fresh(s.live))
    Translation.objects.create(source=source, target_locale=page.locale, enabled=False)
    s.post("wagtailadmin_pages:edit", page.pk, **{"localize-restart-translation": "1"})
    s.post("wagtailadmin_pages:edit", page.pk, **s.form(page), **PUBLISH, action="publish")


def translations_updated_and_published(s: Scene) -> None:
    drafted_version(s)
    source, _new = TranslationSource.update_or_create_from_instance(fresh(s.live))
    s.browser.post(
        f"/admin/localize/update/{source.pk}/", {"publish_translations": "on", "next": "/"}
    )


def submitted_by_the_view_of_wagtail_localize(s: Scene) -> None:
    english = Locale.objects.get_or_create(language_code="en")[0]
    for page in (s.draft, s.live):
        s.browser.post(
            f"/admin/localize/submit/page/{page.pk}/",
            {"locales": [english.pk], "include_subtree": "on"},
        )


def translation_converted_to_an_alias(s: Scene) -> None:
    page = drafted_version(s)
    source, _new = TranslationSource.update_or_create_from_instance(fresh(s.live))
    Translation.objects.create(source=source, target_locale=page.locale, enabled=False)
    s.browser.post(f"/admin/localize/page/{page.pk}/convert_to_alias/")


def alias_by_sql_follows_its_source(s: Scene) -> None:
    Page.objects.filter(pk=s.draft.pk).update(alias_of=s.live.pk)
    fresh(s.live).update_aliases(revision=fresh(s.live).get_latest_revision())


def locale_added_with_synchronisation(s: Scene) -> None:
    data = {
        "language_code": "en",
        "component-wagtail_localize_localesynchronization-enabled": "on",
        "component-wagtail_localize_localesynchronization-sync_from": Locale.get_default().pk,
    }
    s.post("wagtaillocales:add", **data)


def unreviewed_translation_published(s: Scene) -> None:
    page = drafted_version(s)
    page.get_latest_revision().publish()


def review_broken_off_and_published(s: Scene) -> None:
    state = fresh(s.submitted).current_workflow_state
    with contextlib.suppress(StillNeeded), transaction.atomic():
        state.cancel(user=s.admin)
    s.post("wagtailadmin_pages:edit", s.submitted.pk, **s.form(s.submitted), **PUBLISH)


def review_resumed(s: Scene) -> None:
    decide(s.submitted, s.county.reviewer, "reject", opinion="退回修改")
    fresh(s.submitted).current_workflow_state.resume(user=s.admin)


def sign_offs_copied_to_a_later_revision(s: Scene) -> None:
    state = fresh(s.submitted).current_workflow_state
    revision = fresh(s.draft).get_latest_revision()
    state.copy_approved_task_states_to_revision(revision)
    state.finish(user=s.admin)


def sign_offs_of_another_submission(s: Scene) -> None:
    from workflows.models import SignOff

    given = SignOff.objects.exclude(submission__in=Submission.objects.open()).all()
    waiting = Submission.objects.open().get()
    for sign_off in given:
        sign_off.pk, sign_off.submission = None, waiting
        sign_off.save(force_insert=True)
    fresh(s.submitted).current_workflow_state.finish(user=s.admin)


def commands_of_wagtail(s: Scene) -> None:
    call_command("purge_revisions")
    call_command("fixtree", interactive=False)
    call_command("publish_scheduled_pages")
    call_command("move_pages", s.parent.pk, ItemPage.objects.exclude(pk=s.parent.pk).first().pk)
    call_command("set_url_paths")


def scheduled_then_changed(s: Scene) -> None:
    page = draft_piece(s.county, "定时公告", go_live_at=timezone.now() + timedelta(days=1))
    publish(s.county, page)
    draft = fresh(page).get_latest_revision_as_object()
    draft.summary = SECRET
    draft.save_revision(user=s.county.drafter)
    fresh(page).revisions.update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")


def file_of_a_live_page_deleted(s: Scene) -> None:
    file = Attachment.objects.create(title="附件", file=ContentFile(b"text", name="fujian.txt"))
    files = [{"document": file.pk, "note": ""}]
    body = [{"type": "attachments", "value": {"files": files}}]
    publish(s.county, draft_piece(s.county, "有附件的公告", body=body))
    s.post("wagtaildocs:delete", file.pk)
    s.post("wagtaildocs:edit", file.pk, title=SECRET)


def taken_down_and_its_old_clearance_applied(s: Scene) -> None:
    take_down(s.live, s.county)
    Clearance.objects.filter(page=s.live.pk).update(status=ClearanceStatus.APPLIED)
    Page.objects.filter(pk=s.live.pk).update(live=True, title=SECRET)


def emergency_screen_by_a_superuser(s: Scene) -> None:
    for page in (s.draft, s.submitted, s.live):
        s.post("workflows_emergency_publish", page.pk, reason="暴雨", answered_for="on")


def emergency_action_by_a_superuser(s: Scene) -> None:
    EmergencyPublishAction(latest_draft(s.draft), s.admin, "暴雨").execute()


def emergency_action_by_nobody(s: Scene) -> None:
    EmergencyPublishAction(latest_draft(s.draft), None, "暴雨").execute()


def emergency_of_what_was_changed_since(s: Scene) -> None:
    submission = Submission.objects.open().get()
    EmergencyPublication.objects.create(
        submission=submission, reason="暴雨", at=timezone.now(), digest="0" * 64
    )
    GrantClearanceAction(submission).execute()


def emergency_by_an_officer_of_another_organ(s: Scene) -> None:
    AssignRoleAction(s.county.outsider, Role.EMERGENCY_PUBLISHER, s.county.health).execute()
    browser = Client()
    browser.force_login(s.county.outsider)
    url = reverse("workflows_emergency_publish", args=(s.draft.pk,))
    browser.post(url, {"reason": "暴雨", "answered_for": "on"})


PATHS: list[Attempt] = [
    synced_editor_restarted, translations_updated_and_published,
    submitted_by_the_view_of_wagtail_localize, translation_converted_to_an_alias,
    alias_by_sql_follows_its_source, locale_added_with_synchronisation,
    unreviewed_translation_published, review_broken_off_and_published, review_resumed,
    sign_offs_copied_to_a_later_revision, sign_offs_of_another_submission, commands_of_wagtail,
    scheduled_then_changed, file_of_a_live_page_deleted,
    edit_view, edit_view_mid_review, edit_view_of_a_live_page, create_view, bulk_publish,
    bulk_publish_of_descendants, admin_api_publish, admin_api_copy, admin_api_revert, copy_view,
    copy_view_as_alias, copy_action, alias_action, revert_and_publish, revision_publish,
    revision_publish_by_a_superuser, publish_action_without_checks, page_publish, save_as_live,
    save_live_field_only, save_without_cleaning, save_as_base_page, add_child_live,
    queryset_update, queryset_update_of_content, queryset_update_of_title, bulk_update,
    raw_sql_live, raw_sql_content, scheduled, scheduled_by_the_edit_view, task_state_approve,
    workflow_finish, workflow_action_view, approve_while_editing,
    review_screen_of_another_submission, workflow_without_tasks, tasks_disabled, moved,
    privacy_removed, taken_down_and_published_again, translated, synchronised_locale,
    submitted_translation, published_translation_source, content_type_changed, deserialised,
    autosave_of_a_live_page, taken_down_and_its_old_clearance_applied,
    emergency_screen_by_a_superuser, emergency_action_by_a_superuser, emergency_action_by_nobody,
    emergency_of_what_was_changed_since, emergency_by_an_officer_of_another_organ,
]  # fmt: skip


@pytest.fixture(scope="module")
def made_scene(made_county: County) -> Scene:
    admin = User.objects.create_superuser("root", password=PASSWORD)
    return Scene(copy.deepcopy(made_county), admin)


@pytest.fixture
def scene(made_scene: Scene, db: None) -> Scene:
    return copy.copy(made_scene)


@pytest.mark.parametrize("attempt", PATHS, ids=lambda attempt: attempt.__name__)
def test_no_path_leads_past_the_gate(scene: Scene, attempt: Attempt):
    # A refusal may come as an exception or as an answer; what counts is what the public sees.
    with (
        contextlib.suppress(PermissionDenied, ChangeRefused, Error, AttributeError, ValueError),
        transaction.atomic(),
    ):
        attempt(scene)
    assert_nothing_uncleared(scene)


def assert_nothing_uncleared(scene: Scene) -> None:
    public = Client()
    # All are pages of one state, which share their parts as the page cache lets them.
    with sharing(uuid4().hex):
        for page in Page.objects.filter(depth__gt=2):
            url = page.get_url()
            if url:
                assert SECRET not in public.get(url).content.decode(), url
    assert not Page.objects.filter(title__contains=SECRET, live=True).exists()
    for address in ("/sitemap.xml", "/feed/", f"/search/?q={SECRET}"):
        body = public.get(address).content.decode().replace(f'value="{SECRET}"', "")
        assert scene.draft.slug not in body, address
        assert scene.submitted.slug not in body, address
    from workflows.verification import drifted_pages

    assert list(drifted_pages()) == []


def by_the_review(s: Scene) -> Page:
    decide(s.submitted, s.county.reviewer)
    decide(s.submitted, s.county.signatory)
    return s.submitted


def by_the_review_screen(s: Scene) -> Page:
    url = reverse("workflows_review", args=(Submission.objects.open().get().pk,))
    for user, data in (
        (
            s.county.reviewer,
            {
                "determination": "proactive",
                "extent": "full",
                "touches_none": "on",
                "aggregation_risk": "none",
            },
        ),
        (s.county.signatory, {}),
    ):
        browser = Client()
        browser.force_login(user)
        browser.post(url, data | {"decision": "approved", "opinion": "同意"})
    return s.submitted


def by_translation(s: Scene) -> Page:
    english = Locale.objects.get_or_create(language_code="en")[0]
    page = TranslatePieceAction(fresh(s.live), english, s.county.drafter).execute()
    draft = page.get_latest_revision_as_object()
    draft.title, draft.body = "Admission notice", text("Children of school age may apply.")
    draft.save_revision(user=s.county.drafter)
    return publish(s.county, page)


def by_schedule(s: Scene) -> Page:
    import time_machine

    page = draft_piece(s.county, "定时公开的公告", go_live_at=timezone.now() + timedelta(days=1))
    publish(s.county, page)
    assert not fresh(page).live
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        call_command("publish_scheduled")
    return page


def by_emergency(s: Scene) -> Page:
    browser = Client()
    browser.force_login(s.county.rescuer)
    url = reverse("workflows_emergency_publish", args=(s.submitted.pk,))
    browser.post(url, {"reason": "暴雨", "answered_for": "on"})
    return s.submitted


def by_a_new_review_after_it_was_taken_down(s: Scene) -> Page:
    draft = fresh(s.live).get_latest_revision_as_object()
    draft.correction_note = "更正"
    draft.save_revision(user=s.county.drafter)
    take_down(s.live, s.county)
    return publish(s.county, fresh(s.live))


@pytest.mark.parametrize(
    "route",
    [
        by_the_review, by_the_review_screen, by_schedule, by_translation, by_emergency,
        by_a_new_review_after_it_was_taken_down,
    ],
    ids=lambda route: route.__name__,
)  # fmt: skip
def test_the_legitimate_routes_stay_open(scene: Scene, client, route):
    page = route(scene)
    assert client.get(fresh(page).url).status_code == 200


def unpublish_view(s: Scene) -> None:
    s.post("wagtailadmin_pages:unpublish", s.live.pk)


def delete_view(s: Scene) -> None:
    s.post("wagtailadmin_pages:delete", s.live.pk)


def move_view(s: Scene) -> None:
    s.post("wagtailadmin_pages:move_confirm", s.live.pk, other_item(s).pk)


def bulk(s: Scene, action: str, **data: Any) -> None:
    url = reverse("wagtail_bulk_action", args=("wagtailcore", "page", action))
    s.browser.post(f"{url}?id={s.live.pk}", data)


def bulk_unpublish(s: Scene) -> None:
    bulk(s, "unpublish")


def bulk_delete(s: Scene) -> None:
    bulk(s, "delete")


def bulk_move(s: Scene) -> None:
    bulk(s, "move", chooser=other_item(s).pk)


def bulk_unpublish_by_a_signatory(s: Scene) -> None:
    s.browser.force_login(s.county.signatory)
    bulk(s, "unpublish")


def bulk_unpublish_of_descendants(s: Scene) -> None:
    url = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "unpublish"))
    s.browser.post(f"{url}?id={s.parent.pk}", {"include_descendants": "on"})


def admin_api_unpublish(s: Scene) -> None:
    s.browser.post(f"/admin/api/main/pages/{s.live.pk}/action/unpublish/")


def admin_api_unpublish_of_descendants(s: Scene) -> None:
    url = f"/admin/api/main/pages/{s.parent.pk}/action/unpublish/"
    s.browser.post(url, {"recursive": True})


def admin_api_delete(s: Scene) -> None:
    s.browser.post(f"/admin/api/main/pages/{s.live.pk}/action/delete/")


def admin_api_move(s: Scene) -> None:
    url = f"/admin/api/main/pages/{s.live.pk}/action/move/"
    s.browser.post(url, {"destination_page_id": other_item(s).pk})


def unpublish_action(s: Scene) -> None:
    UnpublishPageAction(fresh(s.live), user=s.admin).execute(skip_permission_checks=True)


def unpublish_page(s: Scene) -> None:
    fresh(s.live).unpublish()


def unpublish_as_base_page(s: Scene) -> None:
    Page.objects.get(pk=s.live.pk).unpublish()


def save_as_gone(s: Scene) -> None:
    page = fresh(s.live)
    page.live = False
    page.save(update_fields=["live"])


def queryset_unpublish(s: Scene) -> None:
    Page.objects.filter(pk=s.live.pk).update(live=False)


def raw_sql_gone(s: Scene) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE wagtailcore_page SET live = %s WHERE id = %s", [False, s.live.pk])


def delete_page(s: Scene) -> None:
    fresh(s.live).delete()


def delete_as_base_page(s: Scene) -> None:
    Page.objects.get(pk=s.live.pk).delete()


def delete_with_its_parent(s: Scene) -> None:
    Page.objects.get(pk=s.parent.pk).delete()


def queryset_delete(s: Scene) -> None:
    DisclosurePage.objects.filter(pk=s.live.pk).delete()


def move_action(s: Scene) -> None:
    MovePageAction(fresh(s.live), other_item(s), pos="last-child").execute(
        skip_permission_checks=True
    )


def taken_down_by_a_superuser(s: Scene) -> None:
    s.post("workflows_take_down", s.live.pk, kind="wrong")


def other_item(s: Scene) -> ItemPage:
    return ItemPage.objects.exclude(pk=s.parent.pk).first()


WAYS_OUT: list[Attempt] = [
    unpublish_view, delete_view, move_view, bulk_unpublish, bulk_delete, bulk_move,
    bulk_unpublish_by_a_signatory, bulk_unpublish_of_descendants, admin_api_unpublish,
    admin_api_unpublish_of_descendants, admin_api_delete, admin_api_move, unpublish_action,
    unpublish_page, unpublish_as_base_page, save_as_gone, queryset_unpublish, raw_sql_gone,
    delete_page, delete_as_base_page, delete_with_its_parent, queryset_delete, move_action,
    taken_down_by_a_superuser,
]  # fmt: skip


@pytest.mark.parametrize("attempt", WAYS_OUT, ids=lambda attempt: attempt.__name__)
def test_nothing_leaves_or_moves_unrecorded(scene: Scene, client: Client, attempt: Attempt):
    before = RegisterEntry.objects.count()
    with (
        contextlib.suppress(PermissionDenied, ChangeRefused, Error, AttributeError, ValueError),
        transaction.atomic(),
    ):
        attempt(scene)
    assert RegisterEntry.objects.count() == before
    assert client.get(scene.live.url).status_code == 200
    assert fresh(scene.live).get_parent().pk == scene.parent.pk
