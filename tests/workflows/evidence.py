"""What the tests of evidence share."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from tests.county import (
    PASSWORD,
    County,
)
from workflows.actions.assign import AssignRoleAction
from workflows.enums import Role
from workflows.models import (
    AuditEntry,
    ConfidentialityForm,
    RegisterEntry,
    SignOff,
    SubmittedPage,
)


def officer(county: County, role: Role) -> User:
    user = User.objects.create_user(role.value, password=PASSWORD, last_name=role.value)
    AssignRoleAction(user, role, county.government).execute()
    return User.objects.get(pk=user.pk)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


EVIDENCE = [AuditEntry, SignOff, ConfidentialityForm, SubmittedPage, RegisterEntry]
