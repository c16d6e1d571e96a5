"""Voicing: lines become clips, once, and are found again by whoever plays a sitting."""

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import lru_cache
from weakref import WeakValueDictionary

from thaw.practice.pace import length_at
from thaw.sound import bells
from thaw.sound.cache import Cache, key_of
from thaw.sound.clip import SILENCE_PACKET, Clip
from thaw.sound.clips import make_clip
from thaw.sound.encode import mp3_frames
from thaw.sound.voices.port import Voice
from thaw.units import FRAME, OutsideError, Samples

_LOOK_S = 0.1  # How soon a wish to stop is seen.


def voice_lines(
    texts: Sequence[str],
    *,
    voice: Voice,
    pace: int,
    cache: Cache,
    progress: Callable[[int, int], None],
    stop: Callable[[], bool],
    workers: int = 2,
) -> None:
    """Voice what the cache lacks of ``texts``, in their order.

    Args:
        texts: What is spoken; a text that comes twice is voiced once.
        voice: Who speaks.
        pace: Words a minute.
        cache: Where clips are kept.
        progress: Told how many lines are there and how many there will be, from this thread:
            once at the beginning and after each line.
        stop: Asked ten times a second; when it says so, no further line is begun.
        workers: Engines at a time.

    Raises:
        InputError: A line cannot be spoken.
        OutsideError: The voice failed; ``fields["fallback"]`` names the next best voice where
            there is one. Lines voiced before stay.
    """
    wanted = list(dict.fromkeys(texts))
    missing = [text for text in wanted if not cache.has(key_of(voice, pace, text))]
    done = len(wanted) - len(missing)
    progress(done, len(wanted))
    pool = ThreadPoolExecutor(workers, thread_name_prefix="voice")
    try:
        left = {pool.submit(voice_line, text, voice, pace, cache) for text in missing}
        while left and not stop():
            ended, left = wait(left, _LOOK_S, FIRST_COMPLETED)
            for line in ended:
                _sure(line, voice)
                done += 1
                progress(done, len(wanted))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def voice_line(text: str, voice: Voice, pace: int, cache: Cache) -> tuple[Clip, bytes]:
    """Voice one line, keep its clip and return it with its samples; see ``voice_lines``."""
    made = make_clip(voice.speak(text, pace=pace), key_of(voice, pace, text))
    cache.keep(*made)
    return made


def _sure(line: "Future[tuple[Clip, bytes]]", voice: Voice) -> None:
    try:
        line.result()
    except OutsideError as error:
        if voice.fallback is not None:
            error.fields["fallback"] = voice.fallback
        raise


class VoicedClips:
    """The clips of one voice at one pace: a ``Clips``.

    What was there once in this run and is gone, or is found damaged, is voiced again.
    """

    def __init__(self, cache: Cache, voice: Voice, pace: int) -> None:
        self._cache, self._voice, self._pace = cache, voice, pace
        self._lengths: dict[str, Samples] = {}
        self._texts: dict[str, str] = {}
        self._in_use: WeakValueDictionary[str, Clip] = WeakValueDictionary()

    def line(self, text: str) -> Clip:
        """Return the clip of a line.

        Raises:
            OutsideError: ``voice.not_voiced``, or the voice failed at mending a clip.
        """
        found = self._in_use.get(text)
        if found is None:
            found = self._found(text)
            self._in_use[text] = found
        return found

    def length(self, text: str) -> Samples:
        """Return how long a line is; as ``line``."""
        length = self._lengths.get(text)
        return self.line(text).length if length is None else length

    def known(self, text: str) -> Samples | None:
        """Return how long a line is, or None where it is not voiced yet."""
        try:
            return self.length(text)
        except OutsideError:
            return None

    def bell(self, bowl: str, *, first: bool) -> Clip:
        """Return a stroke; see ``bells.stroke``."""
        return bells.stroke(bowl, first=first).clip

    def mp3(self, clip: Clip) -> tuple[bytes, ...]:
        """Return a clip as MP3 frames, kept once they are made."""
        import numpy as np

        frames = self._cache.mp3(clip.key)
        if frames is None:
            frames = mp3_frames(np.frombuffer(self.pcm(clip), "<i2"))
            self._cache.keep_mp3(clip.key, frames)
        return frames

    def pcm(self, clip: Clip) -> bytes:
        """Return a clip's samples."""
        bell = bells.stroke_of(clip.key)
        if bell is not None:
            return bell.pcm
        found = self._cache.pcm(clip.key)
        if found is not None:
            return found
        text = self._texts.get(clip.key)
        if text is None:
            raise not_voiced(self._voice.name)
        return voice_line(text, self._voice, self._pace, self._cache)[1]

    def _found(self, text: str) -> Clip:
        key = key_of(self._voice, self._pace, text)
        found = self._cache.clip(key)
        if found is None and text in self._lengths:
            found = voice_line(text, self._voice, self._pace, self._cache)[0]
        if found is None:
            raise not_voiced(self._voice.name)
        self._texts[key] = text
        self._lengths[text] = found.length
        return found


def not_voiced(voice: str) -> OutsideError:
    """Return the error of a line that a voice has yet to speak."""
    return OutsideError(
        "voice.not_voiced",
        "A line of this practice is not voiced yet. Wait until all its lines are, then begin.",
        {"voice": voice},
        retryable=True,
    )


class SilentClips:
    """Words on the screen: each line is silence of the length it takes to say; bells ring."""

    def __init__(self, pace: int) -> None:
        self._pace = pace

    def line(self, text: str) -> Clip:
        """Return silence of ``length``."""
        return _silence(self.length(text) // FRAME)

    def length(self, text: str) -> Samples:
        """Return how long a line takes at this pace."""
        return length_at(text, self._pace)

    def bell(self, bowl: str, *, first: bool) -> Clip:
        """Return a stroke; see ``bells.stroke``."""
        return bells.stroke(bowl, first=first).clip

    def mp3(self, clip: Clip) -> tuple[bytes, ...]:
        """Return a clip as MP3 frames."""
        import numpy as np

        return mp3_frames(np.frombuffer(self.pcm(clip), "<i2"))

    def pcm(self, clip: Clip) -> bytes:
        """Return a clip's samples."""
        bell = bells.stroke_of(clip.key)
        return bytes(2 * clip.length) if bell is None else bell.pcm


@lru_cache(maxsize=1024)
def _silence(frames: int) -> Clip:
    key = hashlib.sha256(f"silence {frames}".encode()).hexdigest()
    return Clip(key, (SILENCE_PACKET,) * frames, (0.0,) * frames)
