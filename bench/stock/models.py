"""One page type with a text."""

from django.db import models
from wagtail.fields import RichTextField
from wagtail.models import Page


class TextPage(Page):
    body = RichTextField()
    written_on = models.DateField(null=True)

    template = "stock/page.html"
