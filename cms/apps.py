from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("Site and pages")

    def ready(self) -> None:
        from catalogue_standards.signals import edition_put_in_force
        from cms import edition_impact, receivers  # noqa: F401 the first registers its sections

        edition_put_in_force.connect(receivers.follow_edition)
