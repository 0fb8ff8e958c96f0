from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("Site and pages")

    def ready(self) -> None:
        from django.db.models.signals import post_save
        from wagtail.models import Locale

        from catalogue_standards.signals import edition_put_in_force, township_choices_changed
        from cms import (
            edition_impact,  # noqa: F401 registers its sections
            localize_guards,
            receivers,
        )

        edition_put_in_force.connect(receivers.follow_edition)
        township_choices_changed.connect(receivers.follow_township)
        post_save.connect(receivers.frame_a_new_locale, sender=Locale)
        localize_guards.connect()
