"""From speech to a clip: one rate, no idle ends, one loudness, soft edges, packets.

What comes out depends on nothing but the speech: the same samples give the same bytes.
"""

from typing import TYPE_CHECKING

from thaw.sound.clip import Clip
from thaw.sound.encode import opus_packets
from thaw.sound.level import level
from thaw.sound.voices.port import Speech
from thaw.units import FRAME, SAMPLE_RATE, Samples

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mono = NDArray[np.float32]

RECIPE = "1"
"""Raised whenever this module or what it calls makes other samples or packets."""

TAIL = Samples(SAMPLE_RATE * 2 // 5)
"""Silence at a clip's end: 0.4 s, so that lines never touch."""

_WINDOW = SAMPLE_RATE // 100  # 10 ms.
_QUIETEST_DB = -50.0  # Below the loudest window: not speech.
_BEFORE = SAMPLE_RATE * 3 // 100  # Kept ahead of the first sound, for soft consonants.
_AFTER = SAMPLE_RATE * 8 // 100  # Kept after the last, for what dies away.
_FILTER = "filter_size=64:cutoff=0.95:linear_interp=0"
_FADE_IN = SAMPLE_RATE // 200
_FADE_OUT = SAMPLE_RATE // 50


def make_clip(speech: Speech, key: str) -> tuple[Clip, bytes]:
    """Return a line as a clip and as its samples (16 bit, little-endian, mono, 48 kHz).

    The clip is at -19 LUFS with a true peak below -1 dBTP, ends with at least ``TAIL`` of
    digital silence, and its last packet is ``SILENCE_PACKET``.

    Args:
        speech: What a voice gave; something can be heard in it.
        key: The clip's address in the cache.
    """
    import numpy as np

    spoken = _trim(_resample(speech))
    whole = -(-(len(spoken) + TAIL) // FRAME) * FRAME
    line, energies = level(np.pad(_fade(spoken), (0, whole - len(spoken))))
    pcm = np.rint(line * 32767).astype("<i2")
    return Clip(key, opus_packets(pcm), energies), pcm.tobytes()


def _resample(speech: Speech) -> "Mono":
    """Return the samples at 48 kHz, by FFmpeg's resampler (docs/adr/0031)."""
    import av
    import av.filter
    import numpy as np

    if speech.rate == SAMPLE_RATE:
        return speech.samples
    graph = av.filter.Graph()
    source = graph.add(
        "abuffer",
        f"sample_rate={speech.rate}:sample_fmt=flt:channel_layout=mono:time_base=1/{speech.rate}",
    )
    resampler = graph.add("aresample", f"{SAMPLE_RATE}:{_FILTER}")
    form = graph.add("aformat", "sample_fmts=flt")
    sink = graph.add("abuffersink")
    source.link_to(resampler)
    resampler.link_to(form)
    form.link_to(sink)
    graph.configure()
    frame = av.AudioFrame.from_ndarray(speech.samples[None, :], format="flt", layout="mono")
    frame.sample_rate = speech.rate
    frame.pts = 0
    graph.push(frame)
    graph.push(None)
    pieces: list[Mono] = []
    while True:
        try:
            pieces.append(_samples_of(graph.pull()))
        except (av.EOFError, av.BlockingIOError):
            return np.concatenate(pieces)


def _samples_of(frame: object) -> "Mono":
    import av
    import numpy as np

    if not isinstance(frame, av.AudioFrame):  # pragma: no cover
        raise TypeError("A graph of sound gave something else.")
    return np.ravel(frame.to_ndarray()).astype(np.float32, copy=False)


def _trim(samples: "Mono") -> "Mono":
    """Return what is spoken, without the silence before and after."""
    import numpy as np

    padded = np.pad(samples, (0, -len(samples) % _WINDOW))
    power = np.square(padded).reshape(-1, _WINDOW).mean(axis=1)
    loud = np.flatnonzero(power > power.max() * 10 ** (_QUIETEST_DB / 10))
    start = max(0, int(loud[0]) * _WINDOW - _BEFORE)
    return samples[start : (int(loud[-1]) + 1) * _WINDOW + _AFTER]


def _fade(samples: "Mono") -> "Mono":
    """Return samples that begin and end at zero, so that no edge clicks."""
    import numpy as np

    made = samples - np.float32(samples.mean())
    short = min(1.0, len(made) / (_FADE_IN + _FADE_OUT))
    rise, fall = int(_FADE_IN * short), int(_FADE_OUT * short)
    made[:rise] *= _slope(rise)
    made[len(made) - fall :] *= _slope(fall)[::-1]
    return made


def _slope(length: int) -> "Mono":
    """Return a raised cosine from 0 towards 1."""
    import numpy as np

    angle = np.linspace(0, np.pi, length, endpoint=False, dtype=np.float32)
    return np.sin(angle / 2) ** 2
