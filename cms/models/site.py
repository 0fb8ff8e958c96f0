"""What a site says of itself, and how it numbers its pieces."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.permission_policies.sites import SitePermissionPolicy

from cms.numbering import DEFAULT_PATTERN, validate_pattern
from cms.site_permissions import SignatoriesOnly


@register_setting(icon="site")
class SiteIdentity(BaseSiteSetting):
    """The marks of a government site (政府网站发展指引, 国办发〔2017〕47号)."""

    name = models.CharField(_("site name"), max_length=60, default="县人民政府")
    tagline = models.CharField(_("below the name"), max_length=60, default="基层政务公开")
    seal = models.CharField(_("one-character mark"), max_length=1, default="县")
    slogan = models.CharField(
        _("headline of the home page"), max_length=40, default="该公开的，在这里都能查到"
    )
    domain = models.CharField(_("site domain"), max_length=100, blank=True)
    identification_code = models.CharField(
        _("site identification code"),
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^\d{10}$", _("The code has exactly 10 digits."))],
    )
    sponsor = models.CharField(_("sponsor"), max_length=100, blank=True)
    operator = models.CharField(_("operator"), max_length=100, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    icp_number = models.CharField(_("ICP record number"), max_length=60, blank=True)
    police_number = models.CharField(_("public security record number"), max_length=60, blank=True)
    popular_searches = models.CharField(
        _("popular searches"),
        max_length=200,
        blank=True,
        help_text=_("A few words, separated by spaces, shown below the search field."),
    )
    index_number_pattern = models.CharField(
        _("pattern of index numbers"),
        max_length=80,
        default=DEFAULT_PATTERN,
        validators=[validate_pattern],
        help_text=_("Made of {organ}, {year}, {month} and {serial:05}."),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel(f) for f in ("name", "tagline", "seal", "slogan", "popular_searches")],
            heading=_("Face"),
        ),
        MultiFieldPanel(
            [
                FieldPanel(f)
                for f in (
                    "domain", "identification_code", "sponsor", "operator", "phone",
                    "icp_number", "police_number",
                )
            ],
            heading=_("Statutory marks"),
        ),
        FieldPanel("index_number_pattern"),
    ]  # fmt: skip

    class Meta:
        verbose_name = _("site identity")

    @classmethod
    def get_permission_policy(cls) -> SitePermissionPolicy:
        return SignatoriesOnly(cls)


class IndexNumberSerial(models.Model):
    """The last serial given within one scope (an organ and a period)."""

    scope = models.CharField(max_length=100, unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("index number serial")
        verbose_name_plural = _("index number serials")

    def __str__(self) -> str:
        return f"{self.scope} {self.last}"
