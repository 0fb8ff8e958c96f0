"""What an old address answers: where the piece went, or that and why it was taken down."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site
from wagtail.views import serve

from cms.page_cache.sharing import shared
from cms.surroundings import site_of
from workflows.enums import ChangeReason, RegisterEvent
from workflows.models import RegisterEntry

#: Where Wagtail's Page.route_for_request keeps what it found.
_ROUTE = "_wagtail_route_for_request"
#: What the public reads of a reason; the register's own words stay inside.
PUBLIC_REASONS: dict[ChangeReason, str | Promise] = {
    ChangeReason.STATE_SECRET: _("It was found not suited to disclosure."),
    ChangeReason.TRADE_SECRET: _("It was found not suited to disclosure."),
    ChangeReason.PRIVACY: _("It was taken down to protect personal data."),
    ChangeReason.WRONG: _("Its content has to be put right."),
    ChangeReason.DUPLICATE: _("It was published twice; the other one stays."),
    ChangeReason.MISPLACED: _("It is being filed in another place."),
    ChangeReason.ORDERED: _("It was taken down by order of a court or a higher organ."),
    ChangeReason.NOT_CONFIRMED: _("Its review after emergency publication did not confirm it."),
    ChangeReason.TERM_OVER: _("The term for which it is shown is over."),
}


def serve_or_explain(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's serve; where nothing stands, the register is asked what stood there."""
    try:
        find_route(request, path)
        return serve(request, path)
    except Http404:
        answer = explain(request, path)
        if answer is None:
            raise
        return answer


def find_route(request: HttpRequest, path: str) -> None:
    """What Wagtail's serve would find, from a home page that is fetched once for each state of the site."""
    site = site_of(request)
    if site is not None and not hasattr(request, _ROUTE):
        home = shared(("root", site.pk), lambda: site.root_page.localized.specific)
        setattr(request, _ROUTE, home.route(request, [part for part in path.split("/") if part]))


def explain(request: HttpRequest, path: str) -> HttpResponse | None:
    """A redirect to where the piece is now, 410 if it was taken down, None if none stood there."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    # In another language, what has no translation stands below the site's own root.
    roots = {site.root_page.localized.url_path, site.root_page.url_path}
    asked = {f"{root}{path}".rstrip("/") + "/" for root in roots}
    stood = RegisterEntry.objects.filter(url_path__in=asked).select_related("page").first()
    if stood is None:
        return None
    page: Page | None = stood.page
    if page is not None and page.live:
        # Not permanent: a browser would never forget it, and the piece may move back.
        return redirect(page.get_url(request)) if page.url_path not in asked else None
    left = RegisterEntry.objects.filter(page=page, event__in=RegisterEvent.leaving()).first()
    kind = ChangeReason(left.reason_kind) if left and left.reason_kind else None
    shown = {
        "title": "" if kind and kind.is_sensitive else stood.title,
        "left": left,
        "reason": PUBLIC_REASONS.get(kind) if kind else None,
        "organ": page.specific.organ if page is not None else None,
    }
    response = render(request, "pages/gone.html", shown, status=410)
    response["Cache-Control"] = "no-store"
    return response
