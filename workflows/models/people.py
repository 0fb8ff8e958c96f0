"""Who acts for which organ, and the groups through which a role is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue_standards.models import Organ
from workflows.enums import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser


class Membership(models.Model):
    """The one organ a person works for. A member acts for this organ and all below it."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="membership",
    )
    organ = models.ForeignKey(
        Organ, verbose_name=_("organ"), on_delete=models.PROTECT, related_name="members"
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")

    def __str__(self) -> str:
        return f"{self.user} · {self.organ}"


class RoleGroup(models.Model):
    """Which group carries which role; a drafters' group belongs to one organ."""

    role = models.CharField(_("role"), max_length=30, choices=Role)
    organ = models.OneToOneField(
        Organ,
        verbose_name=_("organ"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="drafters_group",
    )
    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="role_group")

    class Meta:
        verbose_name = _("role group")
        verbose_name_plural = _("role groups")
        constraints = [
            models.UniqueConstraint(
                fields=["role"], condition=models.Q(organ=None), name="one_group_a_role"
            ),
        ]

    def __str__(self) -> str:
        return self.group.name


def organ_of(user: AbstractBaseUser | AnonymousUser | None) -> Organ | None:
    """The organ `user` works for, or None."""
    membership = getattr(user, "membership", None) if user and user.pk else None
    return membership.organ if membership else None


def has_role(user: AbstractBaseUser | AnonymousUser | None, role: Role) -> bool:
    """Whether `user` holds `role` through a group. Being a superuser gives no role."""
    if user is None or not user.is_active or user.pk is None:
        return False
    held: set[str] | None = getattr(user, "_held_roles", None)
    if held is None:
        held = set(RoleGroup.objects.filter(group__user=user.pk).values_list("role", flat=True))
        user._held_roles = held  # type: ignore[attr-defined]
    return role in held
