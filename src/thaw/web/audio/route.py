"""The native route of sound: ``/audio/SITTING/REVISION.EXT``, and samples.

``/voices/NAME/sample.mp4`` lets a voice be heard, ``/beds/NAME/sample.mp4`` a bed.
"""

import asyncio
import re
from collections.abc import AsyncGenerator, Callable, Hashable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import cast
from urllib.parse import parse_qs

from django.http import parse_cookie

from thaw.units import AccessError, InputError, ThawError, seconds_of
from thaw.vault.session import SessionKey
from thaw.web.audio.answer import Answer, answer_of
from thaw.web.audio.pacing import Listener, Pace, Receive, Scope, Send, send_paced
from thaw.web.audio.samples import bed_of, make_bed_sample, make_sample, voice_of
from thaw.web.audio.streams import Streams
from thaw.web.house import House
from thaw.web.own import Own
from thaw.web.person import cookie_name
from thaw.web.plain import headers_of, say, start
from thaw.web.shelf import lists
from thaw.web.sit.sittings import Revision, unknown
from thaw.web.sound import Container, Stream

_AUDIO = re.compile(r"/audio/([A-Za-z0-9_-]{1,64})/([0-9]{1,6})\.(mp4|mp3|opus|wav)")
_SAMPLE = re.compile(r"/voices/([A-Za-z0-9][A-Za-z0-9_.-]{0,99})/sample\.mp4")
_BED = re.compile(r"/beds/([a-z]{1,20})/sample\.mp4")

_DOWNLOADS = 4
"""So many downloads run as fast as they can; further ones at a listener's pace."""

_LATE_S = 60
"""A sitting may begin to be heard so long after its sound was asked for."""

Query = Mapping[str, list[str]]


class _Shut(Exception):  # noqa: N818 - no failure.
    """The session of who listens was locked, or has ended."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A stream, the session it is for, and its length as sound; None for a sample."""

    streams: Streams
    stream: Stream
    session: str
    total_s: float | None


def is_sound(path: str) -> bool:
    """Return whether this route answers a path."""
    return path.startswith("/audio/") or bool(_SAMPLE.fullmatch(path) or _BED.fullmatch(path))


class SoundRoute:
    """Answers with any range of a sitting's sound, in its time, to whom it belongs.

    Samples have threads of their own: a voice that hangs holds up no sitting. So have
    sittings with a bed, which are encoded as they are read: they hold up none without.
    """

    def __init__(self, house: Callable[[], House], *, pace: Pace | None = None) -> None:
        self._house, self._pace = house, pace or Pace()
        self._streams, self._samples, self._mixed = Streams(), Streams(), Streams(workers=2)
        self._downloading = 0
        self._closing = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        method, path, headers = scope["method"], scope["path"], headers_of(scope)
        if method not in ("GET", "HEAD"):
            await say(send, 405, "Sound can only be listened to.", {"Allow": "GET, HEAD"})
            return
        query = parse_qs(scope["query_string"].decode("ascii"), keep_blank_values=True)
        is_download = "download" in query
        try:
            found = await self._find(path, headers, query)
            name = _file_name(path) if is_download else None
            answer = answer_of(found.stream, method, headers, name)
            chunks = self._chunks(found, answer, is_heard=not is_download)
            # Before the headers: what is gone is said, not cut off.
            first = await anext(chunks, b"")
        except ThawError as error:
            await say(send, error.status, error.message)
            return
        await start(send, answer.status, answer.headers)
        if not first:
            await send({"type": "http.response.body", "body": b""})
            return
        size = answer.part.stop - answer.part.start if answer.part else 0
        await self._send(first, chunks, size, receive, send, is_download=is_download)

    def close(self) -> None:
        """Let every listener go."""
        self._closing.set()
        self._streams.close()
        self._samples.close()
        self._mixed.close()

    async def _find(self, path: str, headers: Mapping[str, str], query: Query) -> _Found:
        house = self._house()
        session = _session(house, headers)
        # Asked of the memory: no thread waits for the store before there is sound.
        if not house.idle.is_open(session):
            raise unknown() if _AUDIO.fullmatch(path) else _no_sound()
        if sample := _SAMPLE.fullmatch(path):
            voice, pace = sample[1], _pace_of(query)
            stream = await self._samples.stream(
                (voice, pace), lambda: make_sample(house, voice_of(house, voice), pace)
            )
            return _Found(self._samples, stream, session, None)
        if bed := _BED.fullmatch(path):
            name, volume = bed_of(bed[1]), _volume_of(query)
            stream = await self._samples.stream(
                ("bed", name, volume), lambda: make_bed_sample(house, name, volume)
            )
            return _Found(self._samples, stream, session, None)
        found = _AUDIO.fullmatch(path)
        if found is None:
            raise _no_sound()
        # The pattern names just these containers.
        sitting, number, container = found[1], int(found[2]), cast("Container", found[3])
        playing = house.sittings.sitting(sitting, session)
        revision = playing.revision(number)
        for kept in (self._streams, self._mixed):
            kept.drop(lambda key: not _is_there(house, key))
        streams = self._mixed if revision.plan.beds else self._streams
        stream = await streams.stream(
            (sitting, number, container), lambda: _assemble(house, revision, playing.own, container)
        )
        return _Found(streams, stream, session, seconds_of(revision.plan.total))

    async def _chunks(
        self, found: _Found, answer: Answer, *, is_heard: bool
    ) -> AsyncGenerator[bytes]:
        """Yield the bytes of an answer, read in a thread: they may come from the disk."""
        if answer.part is None:
            return
        at, stop = answer.part.start, answer.part.stop
        pieces = found.stream.chunks(at, stop, size=self._pace.piece)
        while piece := await found.streams.run(next, pieces, b""):
            self._attend(found, at / found.stream.size, is_heard=is_heard)
            at += len(piece)
            only = [piece]
            del piece  # It is held by who sends it, and not here until the next is asked for.
            yield only.pop()

    def _attend(self, found: _Found, part: float, *, is_heard: bool) -> None:
        """Send nothing to who was locked; let who listens be someone who is there."""
        idle = self._house().idle
        if not idle.is_open(found.session):
            raise _Shut
        if is_heard and found.total_s is not None:
            idle.play(found.session, found.total_s * (1 - part) + _LATE_S)

    async def _send(
        self,
        first: bytes,
        chunks: AsyncGenerator[bytes],
        size: int,
        receive: Receive,
        send: Send,
        *,
        is_download: bool,
    ) -> None:
        is_fast = is_download and self._downloading < _DOWNLOADS
        self._downloading += is_fast
        listener = Listener(receive, self._closing)
        try:
            with suppress(_Shut):  # What is left unsaid tells the browser that it was cut off.
                speed = None if is_fast else self._pace
                await send_paced(first, chunks, size, send, listener, speed)
        finally:
            self._downloading -= is_fast
            listener.leave()
            await chunks.aclose()


def _assemble(house: House, revision: Revision, own: Own | None, container: Container) -> Stream:
    choices = revision.plan.origin.choices
    clips = house.sound.clips(choices.voice, choices.pace, own)
    return house.sound.assemble(revision.plan, clips, container, audible=revision.audible)


def _is_there(house: House, key: Hashable) -> bool:
    """Return whether the sitting of a stream is kept: with it goes all that was said in it."""
    return isinstance(key, tuple) and house.sittings.is_there(key[0])


def _session(house: House, headers: Mapping[str, str]) -> str:
    """Return the name of the session that a cookie would open."""
    cookie = parse_cookie(headers.get("cookie", "")).get(cookie_name(house.data), "")
    return SessionKey.of(cookie).id_hash.hex()


def _no_sound() -> AccessError:
    return AccessError("sound.unknown", "There is no sound here.")


def _pace_of(query: Query) -> int:
    given = query.get("pace", [str(lists.USUAL_PACE)])[-1]
    if given not in map(str, lists.PACES):
        raise InputError("choice.unknown", lists.PACE_SENTENCE, {"field": "pace"})
    return int(given)


def _volume_of(query: Query) -> lists.Volume:
    volume = lists.volume_of(query.get("volume", ["2"])[-1])
    if volume is None:
        raise InputError("choice.unknown", lists.VOLUME_SENTENCE, {"field": "bed_volume"})
    return volume


def _file_name(path: str) -> str:
    return f"a-quiet-minute.{path.rpartition('.')[2]}"
