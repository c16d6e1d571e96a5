"""The booth: lines are voiced in the background, once for everyone who asks."""

import logging
from collections import OrderedDict
from collections.abc import Callable, MutableMapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock

from thaw.units import OutsideError, ThawError
from thaw.web.own import Own
from thaw.web.place import place_of
from thaw.web.sound import SILENT, Sound

logger = logging.getLogger("thaw.web")

PATIENCE_S = 90.0
"""Nobody asked for so long: the work stops. A page in a hidden tab asks once a minute."""

GLANCE_S = 3.0
"""A page that is in sight asks more often; who does not look lets those go ahead who do."""

_DESKS = 2
_MOST_JOBS = 64
_CACHED_S = 0.002  # A line that took less was voiced before.
_NEWER = 0.3  # Weight of the latest line in a voice's time for a line.

Key = tuple[str, int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Voicing:
    """How far the voicing of some lines is.

    Attributes:
        done, total: Lines.
        ready: Whether every line is there.
        waits_s: Seconds still to wait, as far as this voice's lines until now can tell.
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
class Job:
    """Lines that are being voiced, or were.

    Attributes:
        own: Whose alone they are; None for lines of everyone.
        is_watched: Whether a page shows how far they are, and asks as long as it is in sight.
    """

    key: Key
    asked_at: float
    is_watched: bool = True
    done: int = 0
    has_ended: bool = False
    trouble: ThawError | None = None
    makes_way: bool = False
    own: Own | None = field(default=None, repr=False)

    @property
    def left(self) -> int:
        return 0 if self.has_ended else len(self.key[2]) - self.done

    @property
    def is_complete(self) -> bool:
        return self.has_ended and self.done >= len(self.key[2])


class Booth:
    """A bounded pool that voices for the process; the same lines are never voiced twice at a time.

    Who came first is served first, among those who look how far it is. Work that nobody has
    asked after for ``GLANCE_S`` makes way for theirs at the next line and goes on afterwards;
    after ``patience_s`` it stops.
    """

    def __init__(
        self, sound: Sound, clock: Callable[[], float], *, patience_s: float = PATIENCE_S
    ) -> None:
        self._sound, self._clock, self._patience_s = sound, clock, patience_s
        self._pool = ThreadPoolExecutor(_DESKS, thread_name_prefix="booth")
        self._behind = ThreadPoolExecutor(1, thread_name_prefix="behind")
        self._jobs: OrderedDict[Key, Job] = OrderedDict()
        self._waiting: list[Job] = []
        self._line_s: dict[str, float] = {}
        self._lock = Lock()
        self._is_closed = False

    def ask(
        self,
        voice: str,
        pace: int,
        texts: Sequence[str],
        *,
        again: bool = False,
        is_watched: bool = True,
        own: Own | None = None,
    ) -> Voicing:
        """Start voicing ``texts``, or join who asked before; ``again`` tries after a failure.

        What is not watched makes way for nobody: a sitting that plays may need it, and no page
        asks how far it is. What is someone's ``own`` is voiced for them alone, and forgotten with
        what is theirs.
        """
        if voice == SILENT:
            return Voicing(len(texts), len(texts), ready=True)
        key = (voice, pace, tuple(texts))
        with self._lock:
            jobs = self._jobs_of(own)
            job = jobs.get(key)
            if self._is_closed:
                return Voicing(0, len(texts), ready=False)
            if job is None or (job.has_ended and self._may_restart(job, again)):
                job = jobs[key] = Job(key, self._clock(), is_watched, own=own)
                self._line_up(job)
                self._forget_oldest()
            return self._seen(job)

    def later(self, ask: Callable[[], object]) -> None:
        """Call ``ask`` behind the pages: to find out which lines takes a moment by itself.

        It computes and nobody waits for it, so one is found out after another: where hundreds
        begin at once, pages and sound have the more of the processor.
        """

        def work() -> None:
            try:
                ask()
            except Exception as error:  # noqa: BLE001 - the top of a thread, as in ``_work``.
                logger.error("Voicing failed (%s). Please report.", place_of(error))  # noqa: TRY400

        with self._lock:
            if not self._is_closed:
                self._behind.submit(work)

    def look(
        self, voice: str, pace: int, texts: Sequence[str], *, own: Own | None = None
    ) -> Voicing:
        """Return how far it is; starts nothing."""
        if voice == SILENT:
            return Voicing(len(texts), len(texts), ready=True)
        with self._lock:
            job = self._jobs_of(own).get((voice, pace, tuple(texts)))
            return Voicing(0, len(texts), ready=False) if job is None else self._seen(job)

    def forget(
        self, voice: str, pace: int, texts: Sequence[str], *, own: Own | None = None
    ) -> None:
        """Forget that ``texts`` were voiced: what was kept of them is gone or damaged."""
        with self._lock:
            jobs = self._jobs_of(own)
            job = jobs.get((voice, pace, tuple(texts)))
            if job is not None and job.has_ended:
                del jobs[job.key]

    def close(self) -> None:
        """Begin nothing more; what runs stops at the next line."""
        with self._lock:
            self._is_closed = True
        for pool in (self._pool, self._behind):
            pool.shutdown(wait=False, cancel_futures=True)

    def _jobs_of(self, own: Own | None) -> MutableMapping[Key, Job]:
        return self._jobs if own is None else own.jobs

    def _may_restart(self, job: Job, again: bool) -> bool:
        return again if job.trouble else not job.is_complete

    def _seen(self, job: Job) -> Voicing:
        job.asked_at = self._clock()
        if job.own is None:
            self._jobs.move_to_end(job.key)
        total = len(job.key[2])
        if job.trouble:
            instead = str(job.trouble.fields.get("fallback") or "") or None
            said = job.trouble.message
            return Voicing(job.done, total, ready=False, trouble=said, instead=instead)
        return Voicing(job.done, total, job.is_complete, self._waits(job))

    def _waits(self, job: Job) -> float:
        """Return the seconds until ``job`` is done; those asked for earlier come first."""
        ahead = 0.0
        for other in self._jobs.values():
            if other is not job and not self._lags(other):
                ahead += other.left * self._line_s.get(other.key[0], 0.0) / _DESKS
        own = job.left * self._line_s.get(job.key[0], 0.0)
        return round(own + (ahead if not job.done else 0.0), 1)

    def _forget_oldest(self) -> None:
        while len(self._jobs) > _MOST_JOBS:
            self._jobs.popitem(last=False)

    def _line_up(self, job: Job) -> None:
        self._waiting.append(job)
        self._pool.submit(self._serve)

    def _serve(self) -> None:
        """Take who is next: of those who look, who came first."""
        with self._lock:
            job = min(self._waiting, key=self._lags)
            self._waiting.remove(job)
        self._work(job)
        with self._lock:
            if job.makes_way and not self._is_closed:
                job.makes_way = False
                self._line_up(job)
            else:
                job.has_ended = True

    def _lags(self, job: Job) -> bool:
        return job.is_watched and self._clock() - job.asked_at > GLANCE_S

    def _is_over(self, job: Job) -> bool:
        """Whether to begin no further line of ``job``, for good or for now."""
        if self._is_left(job):
            return True
        with self._lock:
            job.makes_way = self._lags(job) and not all(map(self._lags, self._waiting))
        return job.makes_way

    def _work(self, job: Job) -> None:
        voice, pace, texts = job.key
        before = self._clock()

        def progress(done: int, total: int) -> None:
            nonlocal before
            del total
            now = self._clock()
            if done == job.done + 1:
                self._learn(voice, now - before)
            job.done, before = done, now

        try:
            self._sound.voice_lines(
                texts,
                voice=voice,
                pace=pace,
                progress=progress,
                stop=lambda: self._is_over(job),
                own=job.own,
            )
        except ThawError as error:
            job.trouble = error
        except Exception as error:  # noqa: BLE001 - the top of a thread: nobody else would tell.
            # Without the traceback, whose last line may hold private words.
            logger.error("Voicing failed (%s). Please report.", place_of(error))  # noqa: TRY400
            job.trouble = OutsideError(
                "voice.failed", "This voice could not be used. Choose another one."
            )

    def _is_left(self, job: Job) -> bool:
        is_gone = job.own is not None and job.own.is_gone
        return self._is_closed or is_gone or self._clock() - job.asked_at > self._patience_s

    def _learn(self, voice: str, line_s: float) -> None:
        if line_s > _CACHED_S:
            known = self._line_s.get(voice, line_s)
            self._line_s[voice] = known + _NEWER * (line_s - known)
