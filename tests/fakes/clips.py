"""Clips of tones instead of voices: real packets and frames, made in a few milliseconds."""

import math
from functools import cache
from hashlib import sha256

import av
import numpy as np
from numpy.typing import NDArray

from thaw.sound.clip import SILENCE_PACKET, Clip
from thaw.sound.loudness import energies_of
from thaw.units import FRAME, SAMPLE_RATE, OutsideError

TAIL = 20
"""Silent frames that a clip ends with: 0.4 s."""

Pcm = NDArray[np.float32]


class ToneClips:
    """Every line is a tone whose pitch and length follow from its text."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._pcm: dict[str, Pcm] = {}
        self._missing: set[str] = set()

    def line(self, text: str) -> Clip:
        self.asked.append(text)
        if text in self._missing:
            raise OutsideError("voice.not_voiced", "This line was not voiced yet.")
        return self._clip(_tone(_pitch(text), frames_of(text)))

    def bell(self, bowl: str, *, first: bool) -> Clip:
        return self._clip(_bell({"low": 110, "middle": 220, "high": 330}[bowl], rises=first))

    def mp3(self, clip: Clip) -> tuple[bytes, ...]:
        return _mp3(self._pcm[clip.key].tobytes())

    def pcm(self, clip: Clip) -> bytes:
        return (self._pcm[clip.key] * 32767).astype("<i2").tobytes()

    def lose(self, text: str) -> None:
        """Forget a line, as if its file had been removed."""
        self._missing.add(text)

    def _clip(self, pcm: Pcm) -> Clip:
        clip = _packed(pcm.tobytes())
        self._pcm[clip.key] = pcm
        return clip


class NoiseClips:
    """Clips of random bytes, for what needs no ears: sizes of every kind, at once."""

    def __init__(self, sizes: tuple[int, ...] = (1, 3, 160, 253, 254, 255, 256, 510, 1276)) -> None:
        self._sizes = sizes

    def line(self, text: str) -> Clip:
        chance = _chance(text)
        heard, silent = int(chance.integers(200)), int(chance.integers(1, TAIL))
        return self._clip(chance, heard, silent)

    def bell(self, bowl: str, *, first: bool) -> Clip:
        return self._clip(_chance(f"{bowl} {first}"), 399, 1)

    def mp3(self, clip: Clip) -> tuple[bytes, ...]:
        chance = _chance(clip.key)
        return tuple(chance.bytes(192) for _ in range(-(-(clip.length + 1105) // 1152)))

    def pcm(self, clip: Clip) -> bytes:
        return _chance(clip.key).bytes(2 * clip.length)

    def _clip(self, chance: np.random.Generator, heard: int, silent: int) -> Clip:
        sizes = chance.choice(self._sizes, heard).tolist()
        packets = [SILENCE_PACKET[:1] + chance.bytes(size - 1) for size in sizes]
        return _named((*packets, *[SILENCE_PACKET] * silent))


def frames_of(text: str) -> int:
    """Return the length of a text's tone: half a second, and a tenth for each letter."""
    return 25 + 5 * len(text)


def _chance(word: str) -> np.random.Generator:
    return np.random.default_rng(list(word.encode()))


def _named(packets: tuple[bytes, ...]) -> Clip:
    key = sha256(b"".join(packets)).hexdigest()
    return Clip(key, packets, tuple(float(len(packet)) for packet in packets))


def _pitch(text: str) -> float:
    return 200 + 20 * (sum(text.encode()) % 30)


@cache
def _tone(pitch: float, frames: int) -> Pcm:
    """Return a tone with soft edges, then the tail."""
    heard = (frames - TAIL) * FRAME
    time = np.arange(heard) / SAMPLE_RATE
    edges = np.clip(np.minimum(time, time[::-1]) / 0.02, 0, 1)
    tone = 0.25 * np.sin(2 * math.pi * pitch * time) * edges
    return np.concatenate([tone, np.zeros(TAIL * FRAME)]).astype(np.float32)


@cache
def _bell(pitch: float, *, rises: bool) -> Pcm:
    time = np.arange(8 * SAMPLE_RATE) / SAMPLE_RATE
    fade = np.clip((7.9 - time) / 2, 0, 1) * np.clip(time / (2 if rises else 0.02), 0, 1)
    return (0.2 * np.sin(2 * math.pi * pitch * time) * np.exp(-time / 3) * fade).astype(np.float32)


@cache
def _packed(pcm: bytes) -> Clip:
    samples = np.frombuffer(pcm, np.float32)
    silent = int(np.argmax(samples[::-1] != 0)) // FRAME
    packets = _encoded("libopus", samples, {"application": "lowdelay", "b": "60000"})
    frames = len(samples) // FRAME
    # The encoder lags 2.5 ms, so the last sound may reach into the first silent frame.
    heard = packets[: frames - silent + 1]
    packets = heard + [SILENCE_PACKET] * (frames - len(heard))
    return Clip(sha256(b"".join(packets)).hexdigest(), tuple(packets), energies_of(samples))


@cache
def _mp3(pcm: bytes) -> tuple[bytes, ...]:
    samples = np.frombuffer(pcm, np.float32)
    return tuple(_encoded("libmp3lame", samples, {"b": "64000", "reservoir": "0"}))


def _encoded(codec: str, samples: Pcm, options: dict[str, str]) -> list[bytes]:
    encoder = av.CodecContext.create(codec, "w")
    assert isinstance(encoder, av.AudioCodecContext)
    encoder.sample_rate = SAMPLE_RATE
    encoder.layout = "mono"
    encoder.format = "fltp" if codec == "libmp3lame" else "flt"
    encoder.options = options
    encoder.open()
    packets: list[bytes] = []
    size = encoder.frame_size
    for at in range(0, len(samples), size):
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(samples[at : at + size].reshape(1, -1)),
            format=encoder.format.name,
            layout="mono",
        )
        frame.sample_rate = SAMPLE_RATE
        frame.pts = at
        packets += map(bytes, encoder.encode(frame))
    return packets + [bytes(packet) for packet in encoder.encode(None)]
