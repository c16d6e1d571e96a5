"""The options of a sitting, the same for ``plan`` and ``render``."""

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, cast

import click

from thaw.cli.answering import Tap, TapOption
from thaw.practice.beds import BEDS, OFF
from thaw.practice.plan import Choices
from thaw.units import InputError

LONGEST = 60 * 60
"""Seconds of the longest sitting."""


class Whole(click.ParamType[int]):
    """A whole number within bounds; says them where it is given anything else."""

    name = "number"

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Return the number that ``value`` writes."""
        written = str(value)
        number = int(written) if re.fullmatch(r"-?[0-9]{1,18}", written) else None
        if number is None or not self.least <= number <= self.most:
            self.fail(
                f"say a whole number from {self.least} to {self.most}, not {written[:40]!r}.",
                param,
                ctx,
            )
        return number


PACE = Whole(80, 160)
"""Words a minute that a voice can be asked for."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A practice and how it is to be played, as asked for; ``voice`` None is the default one."""

    practice: str
    seconds: int
    level: Literal[1, 2, 3]
    voice: str | None
    pace: int
    posture: str | None
    anchor: str | None
    avoid: tuple[str, ...]
    seed: int
    bed: str = ""
    bed_volume: Literal[1, 2, 3] = 2
    taps: tuple[Tap, ...] = ()

    def choices(self, voice: str) -> Choices:
        """Return what a plan is made from, in this voice."""
        return Choices(
            seconds=self.seconds,
            level=self.level,
            voice=voice,
            pace=self.pace,
            posture=self.posture,
            anchor=self.anchor,
            avoid=self.avoid,
            seed=self.seed,
            bed=self.bed,
            bed_volume=self.bed_volume,
        )


_OPTIONS = (
    click.argument("practice", metavar="PRACTICE"),
    click.option(
        "--minutes",
        type=Whole(1, 60),
        required=True,
        metavar="M",
        help="How long the sitting lasts, 1 to 60.",
    ),
    click.option(
        "--seconds",
        type=Whole(0, LONGEST),
        default=0,
        metavar="S",
        help="Seconds added to the minutes.",
    ),
    click.option(
        "--level",
        type=Whole(1, 3),
        default=2,
        show_default=True,
        metavar="L",
        help="1 first steps, 2 steadier, 3 spacious: how long silences may be.",
    ),
    click.option(
        "--voice",
        metavar="V",
        help="A voice of 'thaw voices list', or none for words alone. "
        "Default: the best that works here.",
    ),
    click.option(
        "--pace",
        type=PACE,
        default=115,
        show_default=True,
        metavar="WPM",
        help="Words a minute.",
    ),
    click.option(
        "--bed",
        type=click.Choice([*BEDS, OFF]),
        metavar="B",
        help="What is heard under all of it: rain, sea or brown (brown noise), or off for "
        "nothing. Default: what the practice says.",
    ),
    click.option(
        "--bed-volume",
        type=Whole(1, 3),
        default=2,
        show_default=True,
        metavar="N",
        help="1 softest, 3 loudest.",
    ),
    click.option("--posture", metavar="P", help="One of the practice's postures."),
    click.option("--anchor", metavar="A", help="One of the practice's anchors."),
    click.option(
        "--avoid",
        metavar="X",
        multiple=True,
        help="Something to leave out, such as breath, touch or silence:20 (no silence above "
        "20 seconds). May be given several times.",
    ),
    click.option(
        "--seed",
        type=Whole(0, 2**63 - 1),
        default=0,
        show_default=True,
        metavar="N",
        help="Chooses between wordings; the same seed gives the same sitting.",
    ),
    click.option(
        "--respond",
        type=TapOption(),
        metavar="AT:KIND",
        multiple=True,
        help="A tap while it plays: after how many seconds, and which response, such as "
        "90:nothing. May be given several times.",
    ),
)


# Any: what the command below takes besides a sitting differs from command to command.
def sitting_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give ``command`` the options of a sitting; it is called with them as one ``Wanted``."""

    @functools.wraps(command)
    def gathered(**given: Any) -> Any:  # noqa: ANN401 - as above.
        names = ("practice", "voice", "pace", "posture", "anchor", "seed")
        wanted = Wanted(
            **{name: given.pop(name) for name in names},
            seconds=_length_of(given.pop("minutes"), given.pop("seconds")),
            # Whole(1, 3) lets nothing else through.
            level=cast("Literal[1, 2, 3]", given.pop("level")),
            bed_volume=cast("Literal[1, 2, 3]", given.pop("bed_volume")),
            avoid=tuple(sorted(set(given.pop("avoid")))),
            bed=given.pop("bed") or "",
            taps=given.pop("respond"),
        )
        return command(wanted, **given)

    for option in reversed(_OPTIONS):
        gathered = option(gathered)
    return gathered


def _length_of(minutes: int, seconds: int) -> int:
    wanted = 60 * minutes + seconds
    if wanted > LONGEST:
        raise InputError(
            "length.too_long",
            "A sitting lasts at most 60 minutes. Say less with --minutes and --seconds.",
            {"seconds": wanted},
        )
    return wanted
