"""Who may change the words of the site itself, which are public as soon as they are saved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from wagtail.models import Site
from wagtail.permission_policies.sites import SitePermissionPolicy

from workflows.enums import Role
from workflows.models import has_role


class SignatoriesOnly(SitePermissionPolicy):
    """Those who sign for publication, and nobody else: a superuser holds no role by being one."""

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return has_role(user, Role.SIGNATORY)

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Iterable[str], instance: Any
    ) -> bool:
        return has_role(user, Role.SIGNATORY)

    def sites_user_has_any_permission_for(
        self, user: Any, actions: Iterable[str]
    ) -> QuerySet[Site]:
        return Site.objects.all() if has_role(user, Role.SIGNATORY) else Site.objects.none()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        people = get_user_model().objects.filter(is_active=True)
        return people.filter(groups__role_group__role=Role.SIGNATORY).distinct()

    def users_with_any_permission_for_instance(
        self, actions: Iterable[str], instance: Any
    ) -> QuerySet[Any]:
        return self.users_with_any_permission(actions)
