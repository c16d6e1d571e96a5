"""A plan and its clips to a virtual file: size and any byte range known before any byte.

Nothing is held but sizes: what a reader asks for is put together from cached packets when it
is asked for (docs/explanation/assembly.md). Only a sitting with a bed is encoded, and of it
only what is asked for (docs/explanation/beds.md).
"""

import zlib
from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Literal, get_args

from thaw.practice.plan import Plan
from thaw.sound.clip import Clips
from thaw.sound.containers.row import Row
from thaw.sound.loudness import integrated
from thaw.sound.tags import QUIET_TITLE, Tags, tags_of
from thaw.sound.timeline import Audible, Timeline, timeline_of
from thaw.units import InputError, Lufs

if TYPE_CHECKING:
    from thaw.sound.containers.packets import PacketPieces

Container = Literal["opus", "mp4", "mp3", "wav"]
"""The file formats a sitting can be, by their file name's ending."""

CONTENT_TYPES: Final[dict[Container, str]] = {
    "opus": "audio/ogg; codecs=opus",
    "mp4": "audio/mp4; codecs=opus",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
}

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
        audible: ``bells`` leaves out the lines, ``nothing`` the bells and the beds too; both
            keep the timing.
        title: What the file calls itself. A title of one's own names the sections too,
            as chapters.

    Raises:
        OutsideError: A line was not voiced, or was voiced anew with another length.
    """
    timeline = timeline_of(plan, clips, audible)
    tags = tags_of(plan, title)
    if plan.beds and audible != "nothing":
        row, etag = _mixed(container, timeline, tags, plan)
    else:
        row, etag = _assembled(container, timeline, tags)
    return Stream(row, CONTENT_TYPES[container], etag)


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


def _assembled(container: Container, timeline: Timeline, tags: Tags) -> tuple[Row, str]:
    """Return a sitting put together from its clips; only the format asked for is imported."""
    etag = _etag(
        container,
        tags,
        str(timeline.total),
        *(
            f"{sound.start} {sound.shape.key} {zlib.crc32(sound.shape.sizes):x}"
            for sound in timeline.sounds
        ),
    )
    if container == "mp3":
        from thaw.sound.containers.mp3 import Mp3

        return Mp3(timeline, tags), etag
    if container == "wav":
        from thaw.sound.containers.wav import Wav

        return Wav(timeline), etag
    from thaw.sound.containers.packets import packet_pieces

    return _of_packets(container, packet_pieces(timeline), tags, etag), etag


def _mixed(container: Container, timeline: Timeline, tags: Tags, plan: Plan) -> tuple[Row, str]:
    """Return a sitting that is encoded with its beds, at a constant rate."""
    from thaw.sound.borders import ABOUT, borders_of
    from thaw.sound.mix import Mix

    mix = Mix(timeline, plan.beds, plan.origin.choices.bed_volume)
    etag = _etag(container, tags, str(mix.total), mix.told(0, mix.total))
    if container == "wav":
        from thaw.sound.containers.mixed import MixedWav

        return MixedWav(mix), etag
    if container == "mp3":
        from thaw.sound.containers import mixed

        borders = borders_of(plan.events, mix.total, mixed.ABOUT)
        return mixed.MixedMp3(mix, borders, tags), etag
    from thaw.sound.containers.packets import mixed_pieces

    pieces = mixed_pieces(mix, borders_of(plan.events, mix.total, ABOUT))
    return _of_packets(container, pieces, tags, etag), etag


def _of_packets(container: Container, pieces: "PacketPieces", tags: Tags, etag: str) -> Row:
    if container == "opus":
        from thaw.sound.containers.ogg import OggOpus

        return OggOpus(pieces, tags, int(etag[:8], 16))
    from thaw.sound.containers.mp4 import Mp4Opus

    return Mp4Opus(pieces, tags, etag)


def _etag(container: Container, tags: Tags, *made_of: str) -> str:
    return sha256("\n".join((container, repr(tags), *made_of)).encode()).hexdigest()[:32]
