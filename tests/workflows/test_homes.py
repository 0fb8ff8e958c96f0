"""Each role's home: its own work, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from catalogue_standards.models import Organ
from cms.models import ItemPage
from cms.obligations import computing
from tests.county import County, decide, draft_pair, draft_piece, person, submit
from tests.workflows.evidence import browser
from workflows.enums import Role

HOMES = {
    Role.DRAFTER: {"drafts", "duties"},
    Role.DEPARTMENT_REVIEWER: {"waiting", "duties"},
    Role.CONFIDENTIALITY_REVIEWER: {"waiting"},
    Role.SIGNATORY: {"waiting"},
    Role.EMERGENCY_PUBLISHER: {"rescue"},
    Role.CATALOGUE_ADMIN: {"catalogue"},
    Role.TOWNSHIP_CATALOGUE: {"township"},
    Role.SYSTEM_ADMIN: {"system"},
    Role.SECURITY_ADMIN: {"security"},
    Role.AUDITOR: {"audit"},
}


def home(user: Any) -> Any:
    response = browser(user).get(reverse("wagtailadmin_home"))
    assert response.status_code == 200
    return response


@pytest.mark.parametrize("role", Role)
def test_a_home_has_the_panels_of_its_role(county: County, role: Role):
    submit(draft_piece(county), county.drafter)
    organ = Organ.objects.get(
        code={Role.TOWNSHIP_CATALOGUE: "linjiang", Role.DRAFTER: "education"}.get(
            role, "government"
        )
    )
    shown = {panel.name for panel in home(person("somebody", role, organ)).context["panels"]}
    assert shown == HOMES[role]


def test_a_signatory_sees_a_pair_side_by_side(county: County):
    policy, interpretation = draft_pair(county)
    submit(policy, county.drafter)
    for officer in (county.head, county.reviewer):
        decide(policy, officer)
    html = home(county.signatory).content.decode()
    assert "?show=all" in html
    assert interpretation.title in html
    assert "desk-pair" in html


def test_a_drafter_begins_a_piece_in_two_clicks(county: County):
    list(computing.recompute_all())
    place = ItemPage.objects.get(item=county.admissions)
    start = reverse("wagtailadmin_pages:add", args=["cms", "disclosurepage", place.pk])
    assert f'href="{start}"' in browser(county.drafter).get(reverse("cms_duties")).content.decode()
    assert start not in browser(county.head).get(reverse("cms_duties")).content.decode()
    response = browser(county.drafter).get(start)
    form = response.context["form"]
    assert form["organ"].value() == county.education.pk
    assert form["determination"].value() == "proactive"
    assert "招生范围；招生计划" in response.content.decode(), "what the catalogue requires"


def test_items_are_chosen_by_domain_and_name(county: County):
    from cms.models import PolicyIndexPage

    index = PolicyIndexPage.objects.get()
    address = reverse("wagtailadmin_pages:add", args=["cms", "policypage", index.pk])
    form = browser(county.drafter).get(address).context["form"]
    own, other = form.fields["item"].choices[1:]
    assert (
        own == ("义务教育", [(county.admissions.pk, "政策文件 · 招生入学")]) or own[0] == "义务教育"
    )
    assert other[1][0][0] == county.clinics.pk


def test_every_screen_of_ours_explains_itself():
    """Every desk view with a page of its own has its help; the others only act or answer."""
    from django.urls import get_resolver

    from workflows.help import help_for

    named = {
        pattern.name
        for resolver in get_resolver().url_patterns
        for pattern in getattr(resolver, "url_patterns", [])
        if getattr(pattern, "name", None)
        and (getattr(pattern.callback, "view_class", None) is not None)
        and str(getattr(pattern.callback.view_class, "template_name", "")).startswith(
            ("desk/", "evidence/")
        )
    }
    assert len(named) > 20
    assert not [name for name in named if not help_for(name)]
