"""Give a person a role in an organ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from workflows.enums import Role
from workflows.models import Membership, RoleGroup
from workflows.rules import Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from catalogue_standards.models import Organ


class AssignmentRefused(Refused):
    """These roles may not meet in one person."""


class AssignRoleAction:
    def __init__(self, user: User, role: Role, organ: Organ) -> None:
        self.user = user
        self.role = role
        self.organ = organ

    def check(self) -> None:
        """Raise AssignmentRefused when the role may not be added to those held."""
        if self.role not in Role.administrative():
            return
        held = set(RoleGroup.objects.filter(group__user=self.user).values_list("role", flat=True))
        if (held & Role.administrative()) - {self.role}:
            raise AssignmentRefused(
                [
                    _(
                        "System, security and audit administration stay apart: "
                        "give this role to another person."
                    )
                ],
                self.user,
            )

    @transaction.atomic
    def execute(self) -> None:
        self.check()
        Membership.objects.update_or_create(user=self.user, defaults={"organ": self.organ})
        groups = RoleGroup.objects.filter(role=self.role, organ=None)
        if self.role == Role.DRAFTER:
            groups |= RoleGroup.objects.filter(role=self.role, organ=self.organ)
        self.user.groups.add(*(row.group_id for row in groups))
