"""A clip is heard as it was spoken: one loudness, soft edges, silence at its end."""

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.fakes.spoken import hum
from tests.sound.listening import decoded, heard_opus
from thaw.sound.clip import SILENCE_PACKET
from thaw.sound.clips import TAIL, make_clip
from thaw.sound.encode import MP3_DELAY, flac_of, mp3_frames, pcm_of
from thaw.sound.loudness import energies_of, integrated, integrated_of, true_peak_of
from thaw.sound.voices.espeak import Espeak
from thaw.sound.voices.flite import Flite, is_installed
from thaw.sound.voices.port import Speech
from thaw.units import FRAME

RATES = [8_000, 16_000, 22_050, 24_000, 44_100, 48_000]


def samples_of(pcm: bytes) -> NDArray[np.float32]:
    return (np.frombuffer(pcm, "<i2") / 32768).astype(np.float32)


def spoken() -> list[object]:
    flite = pytest.mark.skipif(not is_installed(), reason="flite is not installed")
    lines = {"word": "Yes.", "short": "Let it be.", "usual": "Perhaps warm, perhaps empty."}
    return [
        pytest.param(voice, line, id=f"{voice.name} {name}", marks=marks)
        for voice, marks in ((Flite(), [flite]), (Espeak(), []))
        for name, line in lines.items()
    ]


@pytest.mark.parametrize(("voice", "line"), spoken())
def test_lines_of_real_voices_reach_one_loudness_and_no_peak_clips(
    voice: Flite | Espeak, line: str
) -> None:
    clip, pcm = make_clip(voice.speak(line, pace=115), "key")
    heard = heard_opus(clip.packets)
    assert integrated_of(heard) == pytest.approx(-19, abs=0.5)
    assert true_peak_of(heard) < -1
    assert true_peak_of(samples_of(pcm)) < -1.9


@pytest.mark.parametrize("seconds", [0.06, 0.2, 0.4, 3.0])
def test_very_short_lines_reach_the_same_loudness(seconds: float) -> None:
    clip, pcm = make_clip(hum(seconds), "key")
    assert integrated_of(samples_of(pcm)) == pytest.approx(-19, abs=0.5)
    assert integrated(clip.energies) == pytest.approx(-19, abs=0.5)


@pytest.mark.parametrize("peak", [0.01, 0.9])
def test_quiet_and_loud_speech_end_up_alike(peak: float) -> None:
    assert integrated_of(samples_of(make_clip(hum(2, peak=peak), "key")[1])) == pytest.approx(
        -19, abs=0.1
    )


def test_a_click_in_the_speech_does_not_reach_the_listener() -> None:
    speech = hum(2, peak=0.05)
    speech.samples[16_000] = 1.0
    clip, _ = make_clip(speech, "key")
    assert true_peak_of(heard_opus(clip.packets)) < -1
    assert integrated_of(heard_opus(clip.packets)) == pytest.approx(-19, abs=0.5)


def test_one_lone_click_stays_below_the_ceiling() -> None:
    samples = np.zeros(16_000, np.float32)
    samples[8_000] = 1.0
    clip, _ = make_clip(Speech(samples, 16_000), "key")
    assert true_peak_of(heard_opus(clip.packets)) < -1


@pytest.mark.parametrize("rate", RATES)
def test_every_rate_keeps_its_length_and_pitch(rate: int) -> None:
    at = np.arange(rate) / rate
    speech = Speech((0.5 * np.sin(2 * np.pi * 440 * at)).astype(np.float32), rate)
    samples = samples_of(make_clip(speech, "key")[1])
    loud = np.flatnonzero(np.abs(samples) > 0.001)
    assert loud[-1] - loud[0] == pytest.approx(48_000, abs=480)
    spectrum = np.abs(np.fft.rfft(samples[:48_000] * np.hanning(48_000)))
    assert int(spectrum.argmax()) == 440
    assert spectrum[round(rate / 2) + 800 :].max(initial=0) < spectrum.max() * 1e-4


def test_a_clip_is_whole_frames_and_ends_in_silence() -> None:
    clip, pcm = make_clip(hum(1.234), "key")
    assert len(clip.packets) == len(clip.energies) == clip.length // FRAME
    assert len(pcm) == 2 * clip.length
    assert not any(pcm[-2 * TAIL :])
    assert clip.packets[-1] == SILENCE_PACKET
    # CELT alone, fullband, mono, 20 ms: the first byte of every packet (RFC 6716, 3.1).
    assert {packet[0] for packet in clip.packets} == {0xF8}
    assert clip.energies[-1] == pytest.approx(0, abs=1e-9)


def test_silence_around_the_speech_is_left_out() -> None:
    inner = hum(1.0)
    quiet = np.zeros(8_000, np.float32)
    around = Speech(np.concatenate([quiet, inner.samples, quiet]), inner.rate)
    assert abs(make_clip(around, "key")[0].length - make_clip(inner, "key")[0].length) <= 6 * FRAME


def test_edges_do_not_click() -> None:
    clip, pcm = make_clip(Speech(np.full(16_000, 0.2, np.float32) + hum(1).samples, 16_000), "key")
    samples = samples_of(pcm)
    assert samples[0] == 0
    inside = np.abs(np.diff(samples, 2)).max()
    edges = np.concatenate([[0, 0], samples[:480]]), samples[-TAIL - 2000 : -TAIL + 480]
    for edge in edges:
        assert np.abs(np.diff(edge, 2)).max() <= inside
    heard = heard_opus([SILENCE_PACKET, *clip.packets, SILENCE_PACKET])
    assert np.abs(heard[:840]).max() < 1e-3


def test_what_is_heard_is_what_was_encoded() -> None:
    clip, pcm = make_clip(hum(2), "key")
    heard, wanted = heard_opus(clip.packets), samples_of(pcm)
    off = heard - wanted[: len(heard)]
    assert 10 * np.log10(np.square(wanted).sum() / np.square(off).sum()) > 20


def test_the_same_speech_gives_the_same_clip() -> None:
    assert make_clip(hum(1), "key") == make_clip(hum(1), "key")


def test_energies_are_those_of_the_samples() -> None:
    clip, pcm = make_clip(hum(2), "key")
    measured = energies_of(np.frombuffer(pcm, "<i2"))
    assert clip.energies == pytest.approx(measured, rel=1e-3, abs=1e-6)


@pytest.mark.parametrize("frames", [20, 57, 173])
def test_mp3_frames_stand_alone_and_hold_all_of_it(frames: int) -> None:
    pcm = np.frombuffer(make_clip(hum(4), "key")[1], "<i2")[: frames * FRAME]
    made = mp3_frames(pcm)
    assert len(made) == -(-(len(pcm) + MP3_DELAY) // 1152)
    for frame in made:
        assert len(frame) == 192  # 64 kb/s at 48 kHz.
        assert frame[:2] in (b"\xff\xfb", b"\xff\xfa")
        begin = 4 if frame[1] & 1 else 6
        # main_data_begin (ISO 11172-3, 2.4.1.7): nothing is borrowed from earlier frames.
        assert (frame[begin] << 1 | frame[begin + 1] >> 7) == 0
    heard = decoded("mp3float", made)[MP3_DELAY : MP3_DELAY + len(pcm)]
    whole = pcm[: len(heard)] / 32768
    assert 10 * np.log10(np.square(whole).sum() / np.square(heard - whole).sum()) > 12


def test_flac_gives_every_sample_back() -> None:
    pcm = np.frombuffer(make_clip(hum(1), "key")[1], "<i2")
    assert np.array_equal(pcm_of(flac_of(pcm)), pcm)
