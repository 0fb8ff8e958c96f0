"""What the page of figures shows. Its query count does not grow with organs, domains or pieces."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.formats import date_format

from cms.figures.coverage import coverage, days_ahead, totals
from cms.figures.limits import limits
from cms.figures.months import charts, of_month
from cms.listings.common import ancestors_of, paged
from cms.models import CataloguePage
from cms.obligations.board import Moment
from cms.surroundings import ancestors_with_menu
from cms.visibility import frame

if TYPE_CHECKING:
    from django.http import HttpRequest

    from cms.models import FiguresPage


def figures_context(page: FiguresPage, request: HttpRequest) -> dict[str, Any]:
    """Keys: totals, days (that count as soon), map (HeatMap), charts (YearChart), limits,
    catalogue_page, ancestors."""
    moment = Moment.present()
    catalogue = frame(CataloguePage).first()
    address = catalogue.get_url(request) if catalogue else ""
    return {
        "totals": totals(moment),
        "days": days_ahead(moment),
        "map": coverage(address, moment),
        "charts": charts(),
        "limits": limits(address),
        "catalogue_page": catalogue,
        "ancestors": ancestors_with_menu(request, page),
    }


def month_context(page: FiguresPage, request: HttpRequest, year: int, month: int) -> dict[str, Any]:
    """Keys: month and here (in words), pieces (paged), ancestors. Http404 for what is no month."""
    try:
        found = paged(request, of_month(year, month).specific())
    except ValueError as error:
        raise Http404 from error
    named = date_format(date(year, month, 1), "YEAR_MONTH_FORMAT")
    return {
        "month": named,
        "here": named,
        "pieces": found,
        "ancestors": [*ancestors_of(page), page],
    }
