from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueStandardsConfig(AppConfig):
    name = "catalogue_standards"
    verbose_name = _("Standard catalogue")

    def ready(self) -> None:
        from catalogue_standards import (  # noqa: F401  each registers itself
            calendar_warning,
            impact_sections,
        )
