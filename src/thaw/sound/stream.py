"""A plan and its clips to a virtual file: size and any byte range known before any byte.

Nothing is encoded here and nothing is held but sizes: what a reader asks for is put
together from cached packets when it is asked for (docs/explanation/assembly.md).
"""

import zlib
from collections.abc import Iterator
from hashlib import sha256
from typing import Literal, get_args

from thaw.practice.plan import Plan
from thaw.sound.clip import Clips
from thaw.sound.containers.row import Row
from thaw.sound.loudness import integrated
from thaw.sound.tags import QUIET_TITLE, Tags, tags_of
from thaw.sound.timeline import Audible, Timeline, timeline_of
from thaw.units import InputError, Lufs

Container = Literal["opus", "mp4", "mp3", "wav"]
"""The file formats a sitting can be, by their file name's ending."""

CHUNK_BYTES = 1 << 16


class Stream:
    """A sitting as a file that is never built.

    Attributes:
        size: Bytes of the whole file.
        content_type: Its media type.
        etag: Changes whenever a byte might; hexadecimal, without the quotes of HTTP.
    """

    def __init__(self, row: Row, content_type: str, etag: str) -> None:
        self._row = row
        self.size = row.size
        self.content_type = content_type
        self.etag = etag

    def read(self, start: int, stop: int) -> bytes:
        """Return the bytes from ``start`` up to ``stop``, as the whole file's slice would be.

        Raises:
            OutsideError: A clip is gone or was made anew since the stream was assembled.
        """
        return self._row.read(start, stop)

    def chunks(self, start: int, stop: int, *, size: int = CHUNK_BYTES) -> Iterator[bytes]:
        """Yield the bytes from ``start`` up to ``stop`` in pieces of ``size``."""
        stop = min(stop, self.size)
        for at in range(start, stop, size):
            yield self.read(at, min(at + size, stop))


def assemble(
    plan: Plan,
    clips: Clips,
    container: Container,
    *,
    audible: Audible = "all",
    title: str = QUIET_TITLE,
) -> Stream:
    """Return ``plan`` as a file that lasts exactly ``plan.total`` samples.

    Args:
        plan: The sitting.
        clips: Where its lines and bells are found; asked again when the stream is read.
        container: The file format.
        audible: ``bells`` leaves out the lines, ``nothing`` the bells too; both keep the
            timing.
        title: What the file calls itself. A title of one's own names the sections too,
            as chapters.

    Raises:
        OutsideError: A line was not voiced, or was voiced anew with another length.
    """
    timeline = timeline_of(plan, clips, audible)
    tags = tags_of(plan, title)
    etag = _etag(container, timeline, tags)
    row, content_type = _row(container, timeline, tags, etag)
    return Stream(row, content_type, etag)


def sitting_loudness(plan: Plan, clips: Clips) -> Lufs:
    """Return the gated loudness of a whole sitting, from the energies of its clips."""
    timeline = timeline_of(plan, clips, "all")
    energies: list[float] = []
    for sound in timeline.sounds:
        energies += [0.0] * (sound.start - len(energies))
        energies += sound.fetch().energies
    energies += [0.0] * (timeline.total - len(energies))
    return integrated(energies)


def container_of(name: str) -> Container:
    """Return the container a file name ends with; a bare ending is one too.

    Raises:
        InputError: The ending names no container.
    """
    ending = name.rpartition(".")[2].lower()
    for container in get_args(Container):
        if ending == container:
            known: Container = container
            return known
    raise InputError(
        "stream.unknown_container",
        f"Thaw does not write such a file: {name}. "
        "Let the name end with .opus, .mp4, .mp3 or .wav.",
    )


def _etag(container: Container, timeline: Timeline, tags: Tags) -> str:
    made_of = [container, repr(tags), str(timeline.total)]
    made_of += [
        f"{sound.start} {sound.shape.key} {zlib.crc32(sound.shape.sizes):x}"
        for sound in timeline.sounds
    ]
    return sha256("\n".join(made_of).encode()).hexdigest()[:32]


def _row(container: Container, timeline: Timeline, tags: Tags, etag: str) -> tuple[Row, str]:
    """Return the file and its media type; only the format asked for is imported."""
    if container == "opus":
        from thaw.sound.containers import ogg

        return ogg.OggOpus(timeline, tags, int(etag[:8], 16)), ogg.CONTENT_TYPE
    if container == "mp4":
        from thaw.sound.containers import mp4

        return mp4.Mp4Opus(timeline, tags, etag), mp4.CONTENT_TYPE
    if container == "mp3":
        from thaw.sound.containers import mp3

        return mp3.Mp3(timeline, tags), mp3.CONTENT_TYPE
    from thaw.sound.containers import wav

    return wav.Wav(timeline), wav.CONTENT_TYPE
