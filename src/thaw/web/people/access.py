"""Who may reach a view. Without a word every view is closed: it takes a session and an open key."""

from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar

from django.http.response import HttpResponseBase

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

_OPENING, _QUIET = "thaw_opening", "thaw_is_quiet"


class Opening(Enum):
    """Whom a view is open to."""

    UNLOCKED = "a session with its key at hand"
    SEATED = "a session, locked or not"
    ANYONE = "anyone on this machine"


def for_anyone(view: View) -> View:
    """Open a view to anyone on this machine; it must show nothing of a person.

    ``request.seat`` is None in it, also for who has one, and the store is not asked. The one
    exception is a calendar's address, a secret by itself: ``thaw.web.days``.
    """
    setattr(view, _OPENING, Opening.ANYONE)
    return view


def while_locked(view: View) -> View:
    """Let a view be reached with a session that is locked; ``request.seat.key`` may be None."""
    setattr(view, _OPENING, Opening.SEATED)
    return view


def quiet(view: View) -> View:
    """Let what a page asks by itself not count as someone being there."""
    setattr(view, _QUIET, True)
    return view


def opening_of(view: Callable[..., Any]) -> Opening:  # Views have parameters of many kinds.
    """Return whom a view is open to; functions that wrap it keep what was said."""
    opening: Opening = getattr(view, _OPENING, Opening.UNLOCKED)
    return opening


def is_quiet(view: Callable[..., Any]) -> bool:  # Views have parameters of many kinds.
    """Return whether asking for this is no sign of a person."""
    return bool(getattr(view, _QUIET, False))
