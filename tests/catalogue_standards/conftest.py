"""A catalogue administrator at the desk, with a draft to work on."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from catalogue_standards.actions.begin import CopyEditionAction
from catalogue_standards.models import Edition, EditionItem
from tests.county import County
from workflows.actions.assign import AssignRoleAction
from workflows.enums import Role


def administrator(county: County, name: str) -> User:
    user = User.objects.create_user(name, last_name=name)
    AssignRoleAction(user, Role.CATALOGUE_ADMIN, county.government).execute()
    return User.objects.get(pk=user.pk)


def at_desk(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def admin(county: County) -> User:
    return administrator(county, "mulu")


@pytest.fixture
def desk(admin: User) -> Client:
    return at_desk(admin)


@pytest.fixture
def second(county: County) -> Client:
    """Another administrator's desk."""
    return at_desk(administrator(county, "other"))


@pytest.fixture
def draft(county: County, admin: User) -> Edition:
    return CopyEditionAction(2027, "2027年版", admin, Edition.objects.in_force()).execute()


@pytest.fixture
def entry(draft: Edition, county: County) -> EditionItem:
    return draft.items.get(item=county.admissions)
