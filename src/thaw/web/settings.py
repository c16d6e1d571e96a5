"""Django's settings: one database in the data folder; everything stays on loopback."""

import os
import secrets
from pathlib import Path

from platformdirs import user_data_path

from thaw.web import policy
from thaw.web.database.connecting import FILE, in_full

_WEB = Path(__file__).resolve().parent

THAW_DATA = Path(os.environ.get("THAW_DATA") or user_data_path("thaw", appauthor=False))

SECRET_KEY = secrets.token_urlsafe(32)  # Nothing signed outlives the process.
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
DATABASES = {"default": in_full(THAW_DATA / FILE)}
INSTALLED_APPS = [
    "thaw.web.database",
    "thaw.web.people",
    "thaw.web.write",
    "thaw.web.checkin",
    "thaw.web.preferences",
    "thaw.web.sit",
    "thaw.web.help",
    "thaw.web.course",
    "thaw.web.days",
    "thaw.web.take",
    "thaw.web.today",
]
AUTH_USER_MODEL = "people.Person"
ROOT_URLCONF = "thaw.web.urls"
APPEND_SLASH = False
USE_I18N = False
USE_TZ = True
TIME_ZONE = ""  # The machine's own: Django sets no other. Pages are given dates, not moments.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 2**20  # A note; the gate takes less of all else.
FILE_UPLOAD_HANDLERS: list[str] = []  # Nothing is uploaded, and nothing goes to the disk.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100

# Addresses of sittings are in nobody's log: Django and uvicorn would name them.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {
        "none": {"class": "logging.NullHandler"},
        "stderr": {"class": "logging.StreamHandler"},
    },
    "loggers": {
        "django": {"handlers": ["none"], "propagate": False},
        "django.template": {"level": "INFO"},  # Below, it tells all that is on a page.
        "uvicorn": {"handlers": ["none"], "propagate": False},
        "thaw": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}

MIDDLEWARE = [
    "thaw.web.middleware.PrivateMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "thaw.web.middleware.SeatMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "thaw.web.middleware.SentenceMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_WEB / "templates"],
        "OPTIONS": {
            "builtins": ["thaw.web.tags"],
            "context_processors": [
                "django.template.context_processors.csrf",
                "thaw.web.help.context.help_now",
                "thaw.web.worker.context.door",
                "thaw.web.after.context.left",
                "thaw.web.days.context.days",
            ],
        },
    }
]

STATIC_URL = "/static/"
STATIC_ROOT = _WEB / "static"
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/dist/.+-[A-Z0-9]{8}\.\w+$"

CONTENT_SECURITY_POLICY = {"DIRECTIVES": policy.POLICY}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = policy.REFERRER_POLICY
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

CSRF_COOKIE_NAME = "thaw_csrf"
CSRF_COOKIE_AGE = None
CSRF_COOKIE_HTTPONLY = True
# Not Strict: a link on another site would bring none, and the new one would break open pages.
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "thaw.web.errors.refused"
