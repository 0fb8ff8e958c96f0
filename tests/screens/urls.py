"""The site's addresses, and two that go wrong."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path

from cms.urls import urlpatterns as site_urls


def refused(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("as a page of the site might be one day")


urlpatterns = [
    path("screens-refused/", refused),
    path("screens-broken/", broken),
    *site_urls,
]
