"""Settings under which modelsearch's own tests run against an engine of ours, apart from the project's.

The tests need modelsearch's models instead of Wagtail's, and one app registry holds only one of them.
The environment says which engine: SEARCH_ENGINE, a module of search.backends, and DATABASE_URL.
"""

import os

import environ

env = environ.Env()
ENGINE = os.environ["SEARCH_ENGINE"]

SECRET_KEY = "test-only"
USE_TZ = True
DATABASES = {"default": env.db("DATABASE_URL", default="sqlite://:memory:")}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
INSTALLED_APPS = [
    "modelsearch.test.testapp",
    "modelsearch",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
]
if "postgresql" in DATABASES["default"]["ENGINE"]:
    INSTALLED_APPS.append("django.contrib.postgres")
MODELSEARCH_BACKENDS = {"default": {"BACKEND": f"search.backends.{ENGINE}"}}
if ENGINE == "elasticsearch":
    MODELSEARCH_BACKENDS["default"] |= {
        "URLS": [os.environ["ELASTICSEARCH_URL"]],
        # A name that modelsearch's tests expect.
        "INDEX_PREFIX": "modelsearchtest_",
        "TIMEOUT": 60,
    }
# The project's own test database is in use while these tests run.
DATABASES["default"]["TEST"] = {"NAME": None if ENGINE == "sqlite" else f"test_search_{ENGINE}"}
