"""What comes first: what was borne, what was liked, what was declined. No score is asked."""

from collections import Counter
from collections.abc import Iterable

from thaw.guide.decided import SOMETHING_ELSE
from thaw.guide.guardrail import KINDNESS
from thaw.guide.scene import Scene
from thaw.guide.signs import is_bad, is_within
from thaw.guide.state import Offered, State
from thaw.guide.table import of

_BY_THEME = (
    ("sleep", frozenset({"sleep", "night"})),
    ("movement", frozenset({"movement"})),
    ("people", KINDNESS | {"people"}),
)

_OCCASIONS = frozenset({"anger", "memory", "together"})
"""What a practice is for that only the person can know of: right then, or with someone."""


def kind_of(practice: Offered) -> str:
    """Return what kind of practice it is: inward, sleep, movement, people or senses."""
    if practice.is_inward:
        return "inward"
    themes = frozenset(practice.themes)
    return next((kind for kind, of_kind in _BY_THEME if themes & of_kind), "senses")


def is_for_another_time(practice: Offered, scene: Scene) -> bool:
    """Return whether it is for the night by day, or for what only the person can know of."""
    is_early_for_it = kind_of(practice) == "sleep" and not scene.is_night
    return is_early_for_it or not _OCCASIONS.isdisjoint(practice.themes)


def ranked(shelf: Iterable[Offered], scene: Scene) -> list[Offered]:
    """Return what may be offered, the best first; the order of the shelf plays no part."""
    level, guard = scene.dose.level, scene.guard
    fitting = [each for each in shelf if each.level <= level and guard.allows(each)]
    return sorted(fitting, key=_Ranking(scene).key)


def returned_to(known: State) -> str | None:
    """Return the practice a person comes back to: three of the last five sittings, or None."""
    lately = Counter(sat.practice for sat in known.sittings[-of("taste", "of") :])
    found = [each for each, count in lately.items() if count >= of("taste", "returned")]
    return found[0] if found else None


class _Ranking:
    """What happened lately, counted once for all practices."""

    def __init__(self, scene: Scene) -> None:
        known, now = scene.known, scene.now
        self._bad = Counter(
            sat.practice
            for sat in known.sittings
            if is_within(sat.at, now, days=of("taste", "window")) and is_bad(sat)
        )
        self._declined = Counter(
            each.value
            for each in known.decisions
            if each.kind == SOMETHING_ELSE
            and is_within(each.at, now, days=of("taste", "declined"))
            and (each.at.date() != now.date() or each.value in scene.asked.declined)
        )
        self._last = {sat.practice: sat.at.timestamp() for sat in known.sittings}
        self._returned = returned_to(known)
        self._scene = scene

    def key(self, practice: Offered) -> tuple[float | str, ...]:
        """Return what a practice is sorted by: the smaller, the sooner it is offered.

        In this order: what a rule in force favours; what needs no other hour, and no occasion
        that only the person can know of; outward and eyes open for the first sittings; what was
        borne; what suits the hour; what was declined; posture and anchor; what the person comes
        back to; what was not sat for longest, and of those never sat
        the one that is shortest.
        """
        kind, tastes, scene = kind_of(practice), self._scene.known.tastes, self._scene
        favours = scene.guard.favours
        return (
            favours.index(kind) if kind in favours else len(favours),
            is_for_another_time(practice, scene),
            scene.dose.is_early and (practice.is_inward or practice.eyes != "open"),
            self._bad[practice.id],
            scene.is_night and kind != "sleep",
            self._declined[practice.id],
            tastes.posture is not None and tastes.posture not in practice.postures,
            tastes.anchor is not None and tastes.anchor not in practice.anchors,
            practice.id != self._returned,
            self._last.get(practice.id, float("-inf")),
            practice.usual,
            practice.id,
        )
