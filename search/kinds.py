"""What sort of thing a result is, and the page types that are searched."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """The order is that of the filter."""

    POLICY = "policy", _("Policy document")
    INTERPRETATION = "interpretation", _("Interpretation")
    DISCLOSURE = "disclosure", _("Disclosed piece")
    GENERAL = "general", _("Guide, rules or report")
    TOPIC = "topic", _("One-matter topic")
    ITEM = "item", _("Catalogue item")
