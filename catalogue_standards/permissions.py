"""Who may change what of the catalogue in the admin, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from catalogue_standards.enums import EditionStatus
from catalogue_standards.models import Edition, EditionDomain, EditionItem

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class DraftsOnlyPolicy(ModelPermissionPolicy):
    """Changing and deleting is for drafts and their rows; reading is not affected."""

    def user_has_permission_for_instance(self, user: User, action: str, instance: Any) -> bool:
        allowed: bool = super().user_has_permission_for_instance(user, action, instance)
        if action not in ("change", "delete"):
            return allowed
        edition = instance if isinstance(instance, Edition) else instance.edition
        return allowed and edition.status == EditionStatus.DRAFT


def register_policies() -> None:
    for model in (Edition, EditionDomain, EditionItem):
        register_permission_policy(model, DraftsOnlyPolicy(model))
