from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueStandardsConfig(AppConfig):
    name = "catalogue_standards"
    verbose_name = _("Standard catalogue")

    def ready(self) -> None:
        from catalogue_standards import calendar_warning  # noqa: F401  registers its check
