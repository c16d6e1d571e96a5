"""The ASGI application: the gate, with sound answered natively and pages by Django."""

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, cast

import django
from a2wsgi import WSGIMiddleware
from django.core.handlers.wsgi import WSGIHandler

from thaw.web.audio.pacing import Pace
from thaw.web.audio.route import SoundRoute, is_sound
from thaw.web.gate import Gate
from thaw.web.house import the_house
from thaw.web.intake import Intake

if TYPE_CHECKING:
    from a2wsgi.wsgi_typing import WSGIApp

    from thaw.web.gate import App

# A page takes milliseconds; sound never holds a thread. What may take seconds has threads of its
# own: to unlock takes one on purpose, and keys that change take every row with them.
_THREADS = 4
_NICE = 10
_SLOW = ("/unlock", "/me/")

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thaw.web.settings")
django.setup(set_prefix=False)


def step_back() -> None:
    """Let a thread that computes for long leave the processors to those who read pages."""
    if sys.platform == "linux":  # Elsewhere only a whole process can.
        this = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, this, os.getpriority(os.PRIO_PROCESS, this) + _NICE)


def make_application(pace: Pace | None = None) -> tuple[Gate, SoundRoute]:
    """Return the application, and its route of sound, which lets every listener go."""
    sound = SoundRoute(the_house, pace=pace)
    # a2wsgi and Django each have types of their own for the same WSGI and ASGI.
    django_app = cast("WSGIApp", WSGIHandler())

    def threads(initializer: Callable[[], None] | None = None) -> "App":
        app = WSGIMiddleware(django_app)
        app.executor = ThreadPoolExecutor(_THREADS, "pages", initializer)
        return cast("App", app)

    slow = {begin: threads(step_back) for begin in _SLOW}
    files = Intake(the_house, slow["/me/"])
    return Gate(threads(), sound, is_sound, slow, files), sound
