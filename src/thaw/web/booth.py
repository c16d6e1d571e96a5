"""The booth: lines are voiced in the background, once for everyone who asks."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock

from thaw.units import OutsideError
from thaw.web.sound import SILENT, Sound

PATIENCE_S = 90.0
"""Nobody asked for so long: the work stops. A page in a hidden tab asks once a minute."""

_DESKS = 2
_MOST_JOBS = 64
_GUESS_S = 0.3  # Seconds for a line by a voice that was not heard yet.

Key = tuple[str, int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Voicing:
    """How far the voicing of some lines is.

    Attributes:
        done, total: Lines.
        ready: Whether every line is there.
        waits_s: Seconds still to wait, as far as can be told.
        trouble: A sentence where the voice failed, else None.
        instead: The name of a voice to take instead, or None.
    """

    done: int
    total: int
    ready: bool
    waits_s: float = 0.0
    trouble: str | None = None
    instead: str | None = None


@dataclass(slots=True)
class _Job:
    voice: str
    pace: int
    texts: tuple[str, ...]
    asked_at: float
    begun_at: float | None = None
    begun_with: int = 0
    done: int = 0
    ended: bool = False
    trouble: OutsideError | None = None


class Booth:
    """One bounded pool for the process; the same lines are never voiced for two at a time."""

    def __init__(
        self, sound: Sound, clock: Callable[[], float], *, patience_s: float = PATIENCE_S
    ) -> None:
        self._sound, self._clock, self._patience_s = sound, clock, patience_s
        self._pool = ThreadPoolExecutor(_DESKS, thread_name_prefix="booth")
        self._jobs: OrderedDict[Key, _Job] = OrderedDict()
        self._rates: dict[str, float] = {}
        self._lock = Lock()
        self._closed = False

    def ask(self, voice: str, pace: int, texts: Sequence[str]) -> Voicing:
        """Start voicing ``texts``, or join who asked before; begins again after a failure."""
        if voice == SILENT:
            return Voicing(len(texts), len(texts), ready=True)
        key = (voice, pace, tuple(texts))
        with self._lock:
            job = self._jobs.get(key)
            if job is None or (job.ended and (job.trouble or job.done < len(job.texts))):
                job = _Job(voice, pace, key[2], self._clock())
                self._jobs[key] = job
                self._pool.submit(self._work, job)
            return self._seen(key, job)

    def look(self, voice: str, pace: int, texts: Sequence[str]) -> Voicing:
        """Return how far it is, and say that somebody still waits. Starts nothing."""
        if voice == SILENT:
            return Voicing(len(texts), len(texts), ready=True)
        key = (voice, pace, tuple(texts))
        with self._lock:
            job = self._jobs.get(key)
            return Voicing(0, len(key[2]), ready=False) if job is None else self._seen(key, job)

    def close(self) -> None:
        """Stop at the next line."""
        self._closed = True
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _seen(self, key: Key, job: _Job) -> Voicing:
        job.asked_at = self._clock()
        self._jobs.move_to_end(key)
        while len(self._jobs) > _MOST_JOBS:
            self._jobs.popitem(last=False)
        total = len(job.texts)
        if job.trouble:
            fallback = job.trouble.fields.get("fallback")
            return Voicing(
                job.done,
                total,
                ready=False,
                trouble=job.trouble.message,
                instead=str(fallback) if fallback else None,
            )
        ready = job.ended and job.done >= total
        return Voicing(job.done, total, ready, 0.0 if ready else self._waits(job))

    def _waits(self, job: _Job) -> float:
        rate = self._rates.get(job.voice, _GUESS_S)
        return round((len(job.texts) - job.done) * rate, 1)

    def _work(self, job: _Job) -> None:
        job.begun_at = self._clock()

        def progress(done: int, total: int) -> None:
            del total
            job.done = done

        try:
            self._sound.voice_lines(
                job.texts,
                voice=job.voice,
                pace=job.pace,
                progress=progress,
                stop=lambda: self._closed or self._clock() - job.asked_at > self._patience_s,
            )
        except OutsideError as error:
            job.trouble = error
        finally:
            job.ended = True
