"""A sound room for the pages: no engine, no codec, and every failure on request."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Event, Lock
from weakref import WeakKeyDictionary

from thaw.practice.pace import length_at
from thaw.practice.plan import Plan
from thaw.sound.clip import SILENCE_PACKET, Clip, Clips
from thaw.units import FRAME, OutsideError, Samples
from thaw.web.own import Own
from thaw.web.sound import SILENT, Audible, Container, SpokenClips, Stream, VoiceCard

TYPES = {
    "mp4": "audio/mp4; codecs=opus",
    "mp3": "audio/mpeg",
    "opus": "audio/ogg; codecs=opus",
    "wav": "audio/wav",
}


class BytesStream:
    """A stream of known bytes.

    Attributes:
        gone: Reading fails from this offset on.
        read: How many pieces were read.
        left: Set when who reads has stopped.
    """

    def __init__(self, content: bytes, content_type: str = "audio/mpeg", etag: str = "") -> None:
        self.content, self.content_type = content, content_type
        self.etag = etag or sha256(content).hexdigest()[:32]
        self.gone: int | None = None
        self.read = 0
        self.left = Event()

    @property
    def size(self) -> int:
        return len(self.content)

    def chunks(self, start: int, stop: int, *, size: int = 65536) -> Iterator[bytes]:
        try:
            for at in range(start, stop, size):
                if self.gone is not None and at >= self.gone:
                    raise OutsideError("clip.gone", "A line of this sitting is gone.")
                self.read += 1
                yield self.content[at : min(at + size, stop)]
        finally:
            self.left.set()


class HeardClips:
    """Clips of one voice: as long as a reader takes, there once they were voiced."""

    def __init__(
        self, pace: int, voiced: set[str] | None, own: Own | None, theirs: set[str]
    ) -> None:
        self._pace, self._voiced, self._own, self._theirs = pace, voiced, own, theirs

    def length(self, text: str) -> Samples:
        is_own = self._own is not None and self._own.holds(text)
        if self._voiced is not None and text not in (self._theirs if is_own else self._voiced):
            raise OutsideError("voice.not_voiced", "This line was not voiced yet.")
        return length_at(text, self._pace)

    def line(self, text: str) -> Clip:
        frames = self.length(text) // FRAME
        return Clip(text, (SILENCE_PACKET,) * frames, (0.0,) * frames)

    def bell(self, bowl: str, *, first: bool) -> Clip:
        return Clip(f"{bowl} {first}", (SILENCE_PACKET,) * 400, (0.0,) * 400)

    def mp3(self, clip: Clip) -> tuple[bytes, ...]:
        return (clip.key.encode(),)

    def pcm(self, clip: Clip) -> bytes:
        return bytes(2 * clip.length)


@dataclass
class FakeSound:
    """What the pages need of the sound room, all in memory.

    Attributes:
        cards: The voices there are.
        trouble: What a voice fails with, by its name.
        hung: A voice by its name; its lines wait until the event is set.
        tick: Called before every line.
        spoken: Every line that was really voiced, in order, with its voice.
        assembled: How many streams were assembled.
        assembling: When given, assembling waits until it is set.
        streams: Every stream, as it was assembled.
        size: Bytes of every stream.
    """

    cards: tuple[VoiceCard, ...] = (
        VoiceCard("flite-slt", "Slt, by flite", is_default=True),
        VoiceCard("espeak-ng", "The plain voice", is_default=False),
    )
    trouble: dict[str, OutsideError] = field(default_factory=dict)
    hung: dict[str, Event] = field(default_factory=dict)
    tick: Callable[[], None] = lambda: None
    spoken: list[tuple[str, str]] = field(default_factory=list)
    assembled: int = 0
    assembling: Event | None = None
    streams: list[BytesStream] = field(default_factory=list)
    size: int = 200_000
    stream_gone: int | None = None
    warmed: Event = field(default_factory=Event)
    _voiced: dict[tuple[str, int], set[str]] = field(default_factory=dict)
    _own: WeakKeyDictionary[Own, set[str]] = field(default_factory=WeakKeyDictionary)
    _lock: Lock = field(default_factory=Lock)

    def voices(self) -> tuple[VoiceCard, ...]:
        return self.cards

    def advice(self) -> str:
        return "A warmer voice is one command away."

    def clips(self, voice: str, pace: int, own: Own | None = None) -> SpokenClips:
        voiced = None if voice == SILENT else self.voiced(voice, pace)
        return HeardClips(pace, voiced, own, set() if own is None else self.theirs(own))

    def voiced(self, voice: str, pace: int) -> set[str]:
        return self._voiced.setdefault((voice, pace), set())

    def theirs(self, own: Own) -> set[str]:
        """Return what was voiced for one person alone; nothing once their sitting is gone."""
        return set() if own.is_gone else self._own.setdefault(own, set())

    def voice_lines(
        self,
        texts: Sequence[str],
        *,
        voice: str,
        pace: int,
        progress: Callable[[int, int], None],
        stop: Callable[[], bool],
        own: Own | None = None,
    ) -> None:
        for done, text in enumerate(texts, 1):
            self.tick()
            if voice in self.hung:
                self.hung[voice].wait(timeout=20)
            if stop():
                return
            if voice in self.trouble:
                raise self.trouble[voice]
            with self._lock:
                voiced = self.voiced(voice, pace) if own is None else self.theirs(own)
                if text not in voiced:
                    self.spoken.append((voice, text))
                    voiced.add(text)
            progress(done, len(texts))

    def assemble(
        self, plan: Plan, clips: Clips, container: Container, *, audible: Audible
    ) -> Stream:
        if self.assembling is not None:
            self.assembling.wait(timeout=20)
        with self._lock:
            self.assembled += 1
        for event in plan.lines():
            clips.line(event.text)
        seed = f"{plan.total} {len(plan.events)} {container} {audible}".encode()
        block = sha256(seed).digest()
        content = (block * (self.size // len(block) + 1))[: self.size]
        stream = BytesStream(content, TYPES[container])
        stream.gone = self.stream_gone
        self.streams.append(stream)
        return stream

    def warm(self) -> None:
        self.warmed.set()

    def close(self) -> None:
        for voice in self.hung.values():
            voice.set()
