"""The ground everything stands on: units of sound, and the family of errors.

Sound is counted in samples at 48 kHz. Everything in a plan lies on a grid of 20 ms
frames (960 samples), the packet length of Opus used here, so lengths add up exactly.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NewType

Samples = NewType("Samples", int)
"""A length or place in sound: samples at 48 kHz."""

Seconds = NewType("Seconds", float)
"""A length or place in time, in seconds."""

Lufs = NewType("Lufs", float)
"""Loudness after ITU-R BS.1770, in LUFS."""

Frames = NewType("Frames", int)
"""A number of 20 ms frames."""

SAMPLE_RATE = 48_000
"""Samples in a second."""

FRAME = Samples(960)
"""Samples in a frame of 20 ms."""

FRAMES_PER_SECOND = SAMPLE_RATE // FRAME


def samples_of(seconds: float) -> Samples:
    """Return the whole number of frames nearest to ``seconds``, in samples."""
    return Samples(round(seconds * FRAMES_PER_SECOND) * FRAME)


def seconds_of(samples: int) -> Seconds:
    """Return ``samples`` at 48 kHz as seconds."""
    return Seconds(samples / SAMPLE_RATE)


def clock_of(samples: int) -> str:
    """Return ``samples`` as a person reads time: ``4:05``, or ``1:00:00`` from an hour on."""
    minutes, seconds = divmod(round(samples / SAMPLE_RATE), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong with a practice, and where.

    Attributes:
        file: The name the text was read under.
        line: Line, counted from 1.
        column: Column, counted from 1.
        code: A stable word such as ``practice.unknown_slot`` or ``lint.R05``.
        severity: ``error`` or ``warning``.
        message: What is wrong, in one sentence.
        hint: What to do about it, in one sentence.
    """

    file: str
    line: int
    column: int
    code: str
    severity: Severity
    message: str
    hint: str

    def __str__(self) -> str:
        return (
            f"{self.file}:{self.line}:{self.column}: {self.severity} {self.code}: "
            f"{self.message} {self.hint}"
        )


class ThawError(Exception):
    """Anything Thaw says it cannot do.

    Attributes:
        code: Stable, such as ``length.out_of_reach``; listed in docs/reference/errors.md.
        fields: What a translation of the sentence needs; never private words.
    """

    exit_code = 1
    status = 500

    def __init__(
        self, code: str, message: str, fields: Mapping[str, str | int | float] | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.fields = dict(fields or {})

    @property
    def message(self) -> str:
        """The sentence a person reads: what is wrong and what to do."""
        return str(self.args[0])


class InputError(ThawError):
    """Something a person gave that they can mend."""

    exit_code = 2
    status = 422


class PracticeError(InputError):
    """A practice that cannot be played as it is written; carries every problem at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        first = problems[0]
        more = f" ({len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__("practice.problems", f"{first}{more}", {"count": len(problems)})
        self.problems = tuple(problems)


class LengthError(InputError):
    """A length that a practice cannot have; carries the nearest ones it can.

    Attributes:
        wanted: The length asked for.
        shorter: The nearest reachable length below, or None.
        longer: The nearest reachable length above, or None.
    """

    def __init__(self, wanted: Samples, shorter: Samples | None, longer: Samples | None) -> None:
        near = " or ".join(clock_of(x) for x in (shorter, longer) if x is not None)
        advice = f"Choose {near}." if near else "Leave out less, or choose another practice."
        super().__init__(
            "length.out_of_reach",
            f"This practice cannot last {clock_of(wanted)} as chosen. {advice}",
            {"wanted": wanted, "shorter": shorter or 0, "longer": longer or 0},
        )
        self.wanted, self.shorter, self.longer = wanted, shorter, longer


class AccessError(ThawError):
    """Something that is not there, or not for who asks: the two look the same."""

    exit_code = 2
    status = 404


class ClosedError(ThawError):
    """Something asked for by a browser that was not let in."""

    exit_code = 2
    status = 401


class LockedError(ThawError):
    """Something sealed that was asked for while its key is not at hand; unlock first."""

    exit_code = 2
    status = 423

    @classmethod
    def usual(cls) -> "LockedError":
        """Return the error of whoever asks while the key is not at hand."""
        return cls("vault.locked", "Thaw is locked. Unlock it to go on.")


class ConflictError(ThawError):
    """A change to something that was changed meanwhile; both texts are kept.

    Attributes:
        yours: The text that came too late, as it was sent; it is stored nowhere yet.
        theirs: The text that stands now.
        version: The version of what stands now, to save on top of.
    """

    status = 409

    def __init__(self, code: str, message: str, *, yours: str, theirs: str, version: int) -> None:
        # The texts are private: no field and no argument carries them into a log.
        super().__init__(code, message, {"version": version})
        self.yours, self.theirs, self.version = yours, theirs, version


class DamageError(ThawError):
    """Something kept that is no longer as it was written; a backup may have it whole."""


class LimitError(ThawError):
    """Too much at once; ``fields['retry_s']`` says when to try again."""

    status = 429


class SettingError(ThawError):
    """Something the host must mend before Thaw can start."""

    exit_code = 78


class OutsideError(ThawError):
    """Something outside Thaw failed: a voice, a download.

    Attributes:
        retryable: Whether trying again may help.
    """

    status = 503

    def __init__(
        self,
        code: str,
        message: str,
        fields: Mapping[str, str | int | float] | None = None,
        *,
        retryable: bool = False,
    ) -> None:
        super().__init__(code, message, fields)
        self.retryable = retryable


class FullError(OutsideError):
    """The disk takes no more; what was kept before is safe, and what was sent is not kept yet."""

    status = 507
