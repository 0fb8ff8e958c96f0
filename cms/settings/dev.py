"""A laptop: SQLite, mail on the console, no secrets worth stealing."""

from cms.settings.base import *  # noqa: F403
from cms.settings.base import env

DEBUG = True
SECRET_KEY = "development-only"
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = "gongkai@example.invalid"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Templates change under one's hands; `PAGE_CACHE_SECONDS=600` tries the cache here too.
PAGE_CACHE_SECONDS = env.int("PAGE_CACHE_SECONDS", default=0)
SHARE_PARTS = env.bool("SHARE_PARTS", default=False)
