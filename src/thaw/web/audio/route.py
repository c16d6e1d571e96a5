"""The native route of sound: ``/audio/SITTING/REVISION.EXT`` and ``/voices/NAME/sample.mp4``."""

import asyncio
import re
from collections.abc import AsyncGenerator, Callable, Mapping
from typing import cast
from urllib.parse import parse_qs

from django.http import parse_cookie

from thaw.units import AccessError, InputError, ThawError
from thaw.web.audio.answer import Answer, answer_of
from thaw.web.audio.pacing import Listener, Pace, Receive, Scope, Send, send_paced
from thaw.web.audio.samples import make_sample, voice_of
from thaw.web.audio.streams import Streams
from thaw.web.house import House
from thaw.web.person import cookie_name, person_of
from thaw.web.plain import headers_of, say, start
from thaw.web.shelf import lists
from thaw.web.sit.sittings import Revision
from thaw.web.sound import Container, Stream

_AUDIO = re.compile(r"/audio/([A-Za-z0-9_-]{1,64})/([0-9]{1,6})\.(mp4|mp3|opus|wav)")
_SAMPLE = re.compile(r"/voices/([A-Za-z0-9][A-Za-z0-9_.-]{0,99})/sample\.mp4")

_DOWNLOADS = 4
"""So many downloads run as fast as they can; further ones at a listener's pace."""

Query = Mapping[str, list[str]]


def is_sound(path: str) -> bool:
    """Return whether this route answers a path."""
    return path.startswith("/audio/") or bool(_SAMPLE.fullmatch(path))


class SoundRoute:
    """Answers with any range of a sitting's sound, in its time, to whom it belongs.

    Samples have threads of their own: a voice that hangs holds up no sitting.
    """

    def __init__(self, house: Callable[[], House], *, pace: Pace | None = None) -> None:
        self._house, self._pace = house, pace or Pace()
        self._streams, self._samples = Streams(), Streams()
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
            streams, stream = await self._find(path, headers, query)
            answer = answer_of(stream, method, headers, _file_name(path) if is_download else None)
            chunks = self._chunks(streams, stream, answer)
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

    async def _find(
        self, path: str, headers: Mapping[str, str], query: Query
    ) -> tuple[Streams, Stream]:
        house = self._house()
        if sample := _SAMPLE.fullmatch(path):
            voice, pace = sample[1], _pace_of(query)
            return self._samples, await self._samples.stream(
                (voice, pace), lambda: make_sample(house, voice_of(house, voice), pace)
            )
        found = _AUDIO.fullmatch(path)
        if found is None:
            raise AccessError("sound.unknown", "There is no sound here.")
        # The pattern names just these containers.
        sitting, number, container = found[1], int(found[2]), cast("Container", found[3])
        revision = house.sittings.sitting(sitting, _person(house, headers)).revision(number)
        return self._streams, await self._streams.stream(
            (sitting, number, container), lambda: _assemble(house, revision, container)
        )

    async def _chunks(
        self, streams: Streams, stream: Stream, answer: Answer
    ) -> AsyncGenerator[bytes]:
        """Yield the bytes of an answer, read in a thread: they may come from the disk."""
        if answer.part is None:
            return
        pieces = stream.chunks(answer.part.start, answer.part.stop, size=self._pace.piece)
        while piece := await streams.run(next, pieces, b""):
            yield piece

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
            await send_paced(first, chunks, size, send, listener, None if is_fast else self._pace)
        finally:
            self._downloading -= is_fast
            listener.leave()
            await chunks.aclose()


def _assemble(house: House, revision: Revision, container: Container) -> Stream:
    choices = revision.plan.origin.choices
    clips = house.sound.clips(choices.voice, choices.pace)
    return house.sound.assemble(revision.plan, clips, container, audible=revision.audible)


def _person(house: House, headers: Mapping[str, str]) -> str:
    cookies = parse_cookie(headers.get("cookie", ""))
    return person_of(cookies.get(cookie_name(house.data))) or ""


def _pace_of(query: Query) -> int:
    given = query.get("pace", [str(lists.USUAL_PACE)])[-1]
    if given not in map(str, lists.PACES):
        raise InputError("choice.unknown", lists.PACE_SENTENCE, {"field": "pace"})
    return int(given)


def _file_name(path: str) -> str:
    return f"a-quiet-minute.{path.rpartition('.')[2]}"
