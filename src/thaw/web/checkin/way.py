"""How a person likes to be asked: which parts of the body are not shown, and whether by steps."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field

from thaw.units import InputError
from thaw.vault.seal import damaged
from thaw.web.checkin.body import region_of
from thaw.web.checkin.refusals import refused

_MOST_HIDDEN = 200


@dataclass(frozen=True, slots=True)
class Liked:
    """How someone likes to be asked.

    Attributes:
        hidden: Regions of the body that are not shown.
        by_steps: Whether pleasant and energy are asked in nine steps, not by sliders.
    """

    hidden: tuple[str, ...] = field(default=(), repr=False)
    by_steps: bool = field(default=False, repr=False)


def sealed_way(liked: Liked) -> bytes:
    """Return it as it is sealed; the same gives the same bytes."""
    shape = {"hidden": sorted(liked.hidden), "steps": liked.by_steps}
    return json.dumps(shape, separators=(",", ":")).encode()


def liked_in(sealed: bytes) -> Liked:
    """Return what was sealed.

    Raises:
        DamageError: It is not that.
    """
    try:
        return liked_of(json.loads(sealed))
    except (ValueError, RecursionError, InputError):
        raise damaged() from None


def liked_of(given: object) -> Liked:
    """Return what a JSON text says.

    Raises:
        InputError: ``checkin.unreadable``, ``checkin.region``.
    """
    if not isinstance(given, dict):
        raise refused("checkin.unreadable")
    hidden, by_steps = given.get("hidden", []), given.get("steps", False)
    if not isinstance(hidden, list) or len(hidden) > _MOST_HIDDEN:
        raise refused("checkin.unreadable")
    if not isinstance(by_steps, bool):
        raise refused("checkin.unreadable")
    return Liked(tuple(dict.fromkeys(map(region_of, hidden))), by_steps)


def checked_way(liked: Liked, regions: Collection[str]) -> Liked:
    """Return what can be kept: its regions are on the drawing.

    Raises:
        InputError: ``checkin.region``.
    """
    if not set(liked.hidden) <= set(regions):
        raise refused("checkin.region", "hidden")
    return liked
