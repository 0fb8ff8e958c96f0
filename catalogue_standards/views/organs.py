"""The organs as the tree they are."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.html import format_html
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.views.generic import IndexView

from catalogue_standards.models import Organ


class TreeColumn(TitleColumn):
    """A name set in by its depth in the tree."""

    def get_value(self, instance: Organ) -> str:
        return format_html(
            '<span style="padding-inline-start: {}em">{}</span>',
            1.5 * (instance.depth - 1),
            instance,
        )


class OrganIndexView(IndexView):
    def _get_title_column(
        self, field_name: str, column_class: Any = TreeColumn, **kwargs: Any
    ) -> Any:
        return super()._get_title_column(field_name, column_class, **kwargs)

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        ordered: QuerySet[Any] = super().order_queryset(queryset)
        return ordered if self.is_explicitly_ordered else queryset.order_by("path")
