from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("Site and pages")

    def ready(self) -> None:
        from django.db.backends.signals import connection_created
        from django.db.models.signals import post_delete, post_migrate, post_save, pre_migrate
        from wagtail.models import Locale

        from catalogue_standards.models import ArrangedDay, HolidayArrangement, Occasion
        from catalogue_standards.signals import edition_put_in_force, township_choices_changed
        from cms import (
            edition_impact,  # noqa: F401 registers its sections
            localize_guards,
            receivers,
        )
        from cms.models import DisclosurePage, InterpretationPage, PolicyPage
        from cms.obligations import receivers as duties
        from cms.obligations import schedules
        from cms.page_cache import changes

        connection_created.connect(changes.watch)
        pre_migrate.connect(changes.pause)
        post_migrate.connect(changes.resume)
        post_migrate.connect(schedules.ensure_schedules)
        edition_put_in_force.connect(receivers.follow_edition)
        township_choices_changed.connect(receivers.follow_township)
        township_choices_changed.connect(duties.township_chose)
        edition_put_in_force.connect(duties.edition_put_in_force)
        for signal in (post_save, post_delete):
            for page in (DisclosurePage, PolicyPage, InterpretationPage):
                signal.connect(duties.page_changed, sender=page)
            signal.connect(duties.occasion_changed, sender=Occasion)
            signal.connect(duties.calendar_changed, sender=HolidayArrangement)
            signal.connect(duties.calendar_changed, sender=ArrangedDay)
        post_save.connect(receivers.frame_a_new_locale, sender=Locale)
        localize_guards.connect()
