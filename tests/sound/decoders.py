"""What other people's decoders make of our files."""

import io
import shutil
import subprocess
from collections.abc import Callable, Iterable
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

import av
import numpy as np
import soundfile
from numpy.typing import NDArray

if TYPE_CHECKING:
    from av.container.core import Chapter

Pcm = NDArray[np.float32]
Decoder = Callable[[bytes], Pcm]

OPUS_HEAD = bytes.fromhex("4f707573486561640101780080bb0000000000")
FFMPEG = shutil.which("ffmpeg")


def by_pyav(file: bytes) -> Pcm:
    """Decode with FFmpeg's libraries as PyAV ships them."""
    with av.open(io.BytesIO(file), "r") as container:
        frames = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
        return np.concatenate(frames).astype(np.float32)


def by_libsndfile(file: bytes) -> Pcm:
    """Decode with libsndfile: libopus for Ogg, mpg123 for MP3."""
    samples, rate = soundfile.read(io.BytesIO(file), dtype="float32")
    assert rate == 48_000
    pcm: Pcm = samples
    return pcm


def by_ffmpeg(file: bytes) -> Pcm:
    """Decode with the ffmpeg program of this machine."""
    assert FFMPEG
    with NamedTemporaryFile() as whole:
        # From a pipe ffmpeg does not trim the end of an MP3.
        whole.write(file)
        whole.flush()
        command = [FFMPEG, "-v", "error", "-xerror", "-i", whole.name, "-f", "f32le", "-"]
        done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    assert done.stderr == b""
    return np.frombuffer(done.stdout, np.float32)


def decode_packets(packets: Iterable[bytes]) -> Pcm:
    """Decode bare Opus packets; what the decoder lags behind is left out."""
    decoder = av.CodecContext.create("opus", "r")
    assert isinstance(decoder, av.AudioCodecContext)
    decoder.extradata = OPUS_HEAD
    frames = [frame for packet in packets for frame in decoder.decode(av.Packet(packet))]
    return np.concatenate([frame.to_ndarray()[0] for frame in frames]).astype(np.float32)


def frames_in(packet: bytes) -> list[bytes]:
    """Return what an Opus packet holds as packets of one frame each (RFC 6716, 3.2)."""
    kind = packet[0] & 0xFC
    if packet[0] == kind:
        return [packet]
    assert packet[0] & 3 == 3
    count, at = packet[1] & 0x3F, 2
    assert not packet[1] & 0x40, "no padding"
    sizes = []
    if packet[1] & 0x80:
        for _ in range(count - 1):
            size, at = packet[at], at + 1
            if size >= 252:
                size, at = size + 4 * packet[at], at + 1
            sizes.append(size)
        sizes.append(len(packet) - at - sum(sizes))
    else:
        sizes = [(len(packet) - at) // count] * count
    frames = []
    for size in sizes:
        frames.append(bytes((kind,)) + packet[at : at + size])
        at += size
    assert at == len(packet)
    return frames


def start_of(chapter: "Chapter") -> float:
    """Return where a chapter starts, in seconds."""
    assert chapter["time_base"] is not None
    return float(chapter["start"] * chapter["time_base"])
