"""English as a second language of the site: drafted, reviewed and read in its own tree."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale, Page
from wagtail_localize.models import LocaleSynchronization, Translation, TranslationSource

from cms.models import CataloguePage, DisclosurePage, HomePage, ItemPage, PolicyPage
from cms.translations import TranslatePieceAction, TranslationRefused
from tests.county import County, draft_pair, draft_piece, fresh, publish, text
from workflows.coverage import gaps
from workflows.models import RegisterEntry
from workflows.rules import ChangeRefused, PublicationRefused, SubmissionRefused
from workflows.verification import drifted_pages

TITLE = "2026年秋季招生公告"
NOTE = "Not yet available in English; shown in Simplified Chinese."


@pytest.fixture
def english(county: County) -> Locale:
    """Added as the system administrator does it."""
    browser = Client()
    browser.force_login(User.objects.create_superuser("root"))
    browser.post(reverse("wagtaillocales:add"), {"language_code": "en"})
    return Locale.objects.get(language_code="en")


@pytest.fixture(autouse=True)
def in_chinese() -> Iterator[None]:
    """A request in English leaves its language active in the thread of the tests.

    Wagtail's cache knows roots of languages that an earlier test added, and that were undone.
    """
    cache.clear()
    with override("zh-hans"):
        yield


def leads(shown: str, address: str, language: str) -> bool:
    """Whether the page offers to be read in `language` at `address`."""
    return re.search(rf'href="{re.escape(address)}"\s+lang="{language}"', shown) is not None


def begin(county: County, page: Page) -> Page:
    browser = Client()
    browser.force_login(county.drafter)
    answer = browser.post(reverse("cms_translate", args=(page.pk,)), {"language": "en"})
    made = Page.objects.get(translation_key=page.translation_key, locale__language_code="en")
    assert answer.url == reverse("wagtailadmin_pages:edit", args=(made.pk,))
    return made.specific


def write(county: County, page: Page, title: str) -> Page:
    draft = fresh(page).get_latest_revision_as_object()
    draft.title, draft.body = title, text("All children of school age may apply.")
    draft.save_revision(user=county.drafter)
    return page


def translated(county: County, page: Page, title: str) -> Page:
    return publish(county, write(county, begin(county, page), title))


def test_a_new_language_has_its_frame_and_its_review(county: County, english):
    with override("en"):
        homes = HomePage.objects.filter(locale=english)
        assert [page.get_url() for page in homes] == ["/en/"]
        assert CataloguePage.objects.get(locale=english).title == "Standard catalogue"
    assert gaps() == []
    call_command("setup_site")
    assert HomePage.objects.filter(locale=english).count() == 1


def test_a_piece_is_translated_reviewed_and_read_in_english(county: County, english, client):
    original = publish(county, draft_piece(county, TITLE))
    page = begin(county, original)
    assert not page.live
    with pytest.raises(PublicationRefused):
        page.get_latest_revision().publish()
    with pytest.raises(SubmissionRefused):
        publish(county, page)
    page = publish(county, write(county, page, "School admission 2026"))
    assert page.url.startswith("/en/catalogue/education/")
    shown = client.get(page.url).content.decode()
    assert "School admission 2026" in shown and NOTE not in shown
    assert 'hreflang="zh-hans"' in shown
    with override("zh-hans"):
        assert leads(shown, fresh(original).full_url, "zh-Hans")
    assert page.index_number == original.index_number
    assert RegisterEntry.objects.filter(page_id=page.pk).exists()
    assert list(drifted_pages()) == []


def test_what_has_no_translation_is_shown_in_chinese_with_a_note(county: County, english, client):
    original = publish(county, draft_piece(county, TITLE))
    own = original.url
    shown = client.get(f"/en{own}").content.decode()
    assert NOTE in shown and TITLE in shown
    assert 'rel="canonical"' in shown
    assert leads(shown, own, "zh-Hans")
    assert leads(client.get(own).content.decode(), f"/en{own}", "en")
    assert NOTE not in client.get(own).content.decode()
    # The drafted translation changes nothing for readers until it is public.
    begin(county, original)
    assert TITLE in client.get(f"/en{own}").content.decode()


def test_without_a_second_tree_the_prefix_shows_the_site_itself(county: County, client):
    original = publish(county, draft_piece(county, TITLE))
    assert NOTE in client.get(f"/en{original.url}").content.decode()
    shown = client.get("/en/catalogue/").content.decode()
    chinese = client.get("/catalogue/").content.decode()
    assert re.search(r"<title>\s*Standard catalogue", shown)
    assert "Policies and interpretations" in shown and "Policies and interpretations" not in chinese


def test_each_list_has_each_piece_once_in_its_language(county: County, english, client):
    original = publish(county, draft_piece(county, TITLE))
    publish(county, draft_piece(county, "只有中文的公告"))
    policy, _interpretation = draft_pair(county)
    publish(county, policy)
    translated(county, original, "School admission 2026")
    item = ItemPage.objects.get(item=county.admissions, locale__language_code="zh-hans")
    own, above = original.url, item.url
    chinese = ["/", above, item.get_parent().url, "/feed/", "/policies/", f"/search/?q={TITLE}"]
    for address in chinese:
        body = client.get(address).content.decode()
        assert "School admission" not in body, address
        assert body.count(f'"{own}"') <= 1, address
    for address in ("/en/", f"/en{above}", "/en/feed/"):
        body = client.get(address).content.decode()
        assert "School admission 2026" in body, address
        assert "只有中文的公告" in body, address
        assert f">{TITLE}<" not in body, address
    sitemap = client.get("/sitemap.xml").content.decode()
    assert sitemap.count(f"{own}</loc>") == 2  # The original, and the version below /en/.


def test_a_translated_policy_falls_back_to_the_original_interpretation(
    county: County, english, client
):
    policy, interpretation = draft_pair(county)
    publish(county, policy)
    page = translated(county, fresh(policy), "Notice on admission")
    shown = client.get(page.url).content.decode()
    assert interpretation.title in shown
    assert "in the original" in shown
    own = translated(county, fresh(interpretation), "What the notice means")
    shown = client.get(page.url).content.decode()
    assert "What the notice means" in shown and interpretation.title not in shown
    assert fresh(own).get_parent().pk == page.pk


def test_a_translation_leaves_the_public_with_its_original(county: County, english, client):
    original = publish(county, draft_piece(county, TITLE))
    in_english = translated(county, original, "Admissions")
    browser = Client()
    browser.force_login(county.reviewer)
    reason = {"kind": "privacy", "words": "名单含个人信息"}
    browser.post(reverse("workflows_take_down", args=[original.pk]), reason)
    assert not Page.objects.filter(translation_key=original.translation_key, live=True).exists()
    assert client.get(in_english.url).status_code == 410
    left = RegisterEntry.objects.filter(page=in_english.pk).order_by("-pk").first()
    assert left.reason_kind == "privacy"


@pytest.mark.parametrize("why", ["draft", "stranger", "reviewer", "twice", "interpretation first"])
def test_who_may_translate_what(county: County, english, why: str):
    page = draft_piece(county, TITLE)
    user = county.drafter
    if why == "interpretation first":
        policy, page = draft_pair(county)
        publish(county, policy)
    elif why != "draft":
        publish(county, page)
    if why == "stranger":
        user = county.outsider
    elif why == "reviewer":
        user = county.reviewer
    elif why == "twice":
        begin(county, page)
    with pytest.raises(TranslationRefused):
        TranslatePieceAction(fresh(page), english, user).execute()


def test_the_other_ways_of_wagtail_localize_are_closed(county: County, english):
    original = publish(county, draft_piece(county, TITLE))
    page = begin(county, original)
    source, _new = TranslationSource.update_or_create_from_instance(original)
    with pytest.raises(ChangeRefused):
        Translation.objects.create(source=source, target_locale=english)
    with pytest.raises(ChangeRefused):
        LocaleSynchronization.objects.create(locale=english, sync_from=Locale.get_default())
    disabled = Translation.objects.create(source=source, target_locale=english, enabled=False)
    browser = Client()
    browser.force_login(User.objects.get(username="root"))
    for address in (
        f"/admin/localize/submit/page/{original.pk}/",
        f"/admin/localize/update/{source.pk}/",
        f"/admin/localize/page/{page.pk}/convert_to_alias/",
        f"/admin/localize/translate/{disabled.pk}/disable/",
    ):
        answer = browser.post(address, {"publish_translations": "on", "locales": english.pk})
        assert answer.url == reverse("wagtailadmin_home"), address
    edit = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    browser.post(edit, {"localize-restart-translation": "1"})
    disabled.refresh_from_db()
    assert not disabled.enabled
    browser.force_login(county.drafter)
    assert "localize-" not in browser.get(edit).content.decode()
    assert "action-submit" in browser.get(edit).content.decode()
    form = browser.get(reverse("wagtaillocales:add")).content.decode()
    assert "sync_from" not in form
    assert DisclosurePage.objects.filter(locale=english, live=True).count() == 0
    assert PolicyPage.objects.count() == 0


def test_the_site_s_own_words_are_changed_by_signatories_only(county: County):
    from wagtail.models import Site

    from cms.models import SiteIdentity
    from workflows.models import AuditEntry

    site = Site.objects.get()
    url = reverse("wagtailsettings:edit", args=("cms", "siteidentity", site.pk))
    data = {
        "name": "禾城县人民政府",
        "tagline": "政务公开",
        "seal": "禾",
        "slogan": "该公开的",
        "index_number_pattern": "{organ}/{year}{month}-{serial:05}",
    }
    root = User.objects.create_superuser("root")
    browser = Client()
    for user in (county.drafter, county.head, county.reviewer, root):
        browser.force_login(user)
        browser.post(url, data)
        assert SiteIdentity.for_site(site).name != "禾城县人民政府"
    browser.force_login(county.signatory)
    browser.post(url, data)
    assert SiteIdentity.objects.get(site=site).name == "禾城县人民政府"
    entry = AuditEntry.objects.filter(object_type="cms.siteidentity").latest("pk")
    assert entry.actor_name == "signatory" and "禾城县" in str(entry.details)
