from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Public search")

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_migrate, post_save
        from wagtail.models import PageViewRestriction
        from wagtail.signals import post_page_move

        from catalogue_standards.models import Organ, OrganAlias
        from catalogue_standards.signals import edition_put_in_force
        from cms.health import register_part
        from search import (
            checks,  # noqa: F401 registers the checks
            health,
            receivers,
            schedules,
            vocabulary,
        )
        from search.dictionary import register_words
        from search.models import Entry, SynonymGroup

        register_words("county", vocabulary.county_words)
        register_part("search", health.look)
        post_migrate.connect(schedules.ensure_schedules)
        post_save.connect(receivers.page_saved)
        post_page_move.connect(receivers.page_moved)
        for signal in (post_save, post_delete):
            signal.connect(receivers.restriction_changed, sender=PageViewRestriction)
            for sender in (Organ, OrganAlias, SynonymGroup):
                signal.connect(receivers.names_changed, sender=sender)
        post_delete.connect(receivers.entry_deleted, sender=Entry)
        edition_put_in_force.connect(receivers.edition_put_in_force)
