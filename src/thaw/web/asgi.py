"""The ASGI application: the gate, with sound answered natively and pages by Django."""

import os

import django
from a2wsgi import WSGIMiddleware
from django.core.handlers.wsgi import WSGIHandler

from thaw.web.audio.route import SoundRoute, is_sound
from thaw.web.gate import Gate
from thaw.web.house import the_house

# A page takes milliseconds; sound never holds a thread.
_PAGE_THREADS = 4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thaw.web.settings")
django.setup(set_prefix=False)

sound = SoundRoute(the_house)
application = Gate(WSGIMiddleware(WSGIHandler(), workers=_PAGE_THREADS), sound, is_sound)
