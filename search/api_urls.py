from django.urls import path

from search.api import OpenApi, SearchApi

app_name = "search_api"
urlpatterns = [
    path("search", SearchApi.as_view(), name="search"),
    path("openapi.json", OpenApi.as_view(), name="openapi"),
]
