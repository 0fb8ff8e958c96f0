"""The site whose screens are looked at: as on a server, with its files beside its database."""

from cms.settings.test import *  # noqa: F403
from cms.settings.test import DATABASES, env

ROOT_URLCONF = "tests.screens.urls"
WAGTAILADMIN_BASE_URL = env("BASE_URL", default="http://localhost:8000")
MEDIA_ROOT = env.path("SCREENS_MEDIA")
DATABASES["default"]["OPTIONS"] = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
DATABASES["default"]["ATOMIC_REQUESTS"] = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
