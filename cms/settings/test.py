"""The test suite: the database named by DATABASE_URL, otherwise SQLite in memory; no waiting on passwords."""

import tempfile
from pathlib import Path

from cms.settings.base import *  # noqa: F403
from cms.settings.base import env

SECRET_KEY = "test-only"
ALLOWED_HOSTS = ["*"]
DATABASES = {"default": env.db("DATABASE_URL", default="sqlite://:memory:")}
DATABASES["default"]["ATOMIC_REQUESTS"] = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
_media = tempfile.TemporaryDirectory(prefix="gongkai-media-")  # Goes when the process ends.
MEDIA_ROOT = Path(_media.name)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
Q_CLUSTER = {"name": "gongkai-test", "orm": "default", "sync": True, "timeout": 60, "retry": 90}
# The suite asks for a server where it wants one (tests/search/conftest.py), whatever .env says.
PUBLIC_SEARCH = {"URLS": []}
# A test without a commit of its own would read pages that it has made old (tests/cms/test_page_cache.py).
PAGE_CACHE_SECONDS = 0
SHARE_PARTS = False
