from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowsConfig(AppConfig):
    name = "workflows"
    verbose_name = _("Reviews and clearance")

    def ready(self) -> None:
        from django.db.models.signals import post_migrate, post_save, pre_delete
        from wagtail.signals import (
            page_unpublished,
            post_page_move,
            pre_page_move,
            workflow_cancelled,
        )

        from catalogue_standards.models import Organ
        from catalogue_standards.people import tells_organs
        from workflows import (
            audit_receivers,
            checks,  # noqa: F401 registers the checks
            guards,
            receivers,
            schedules,
        )
        from workflows.models import organ_of

        tells_organs(organ_of)

        # Before the receivers that act on a change, those that refuse it.
        guards.connect()
        workflow_cancelled.connect(receivers.end_submission)
        page_unpublished.connect(receivers.revoke_clearance)
        pre_delete.connect(receivers.refuse_removal)
        pre_page_move.connect(receivers.refuse_moving)
        post_page_move.connect(receivers.register_moving_along)
        post_save.connect(receivers.ensure_drafters_group, sender=Organ)
        post_migrate.connect(receivers.install_triggers)
        post_migrate.connect(schedules.ensure_schedules)
        audit_receivers.connect()
