"""Sound that cannot be heard or read is a sentence."""

import io
import wave

import numpy as np
import pytest

from thaw.sound.voices.wav import heard, speech_of
from thaw.units import OutsideError


def wav(samples: "np.typing.NDArray[np.int16]", *, channels: int = 1, rate: int = 16000) -> bytes:
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return made.getvalue()


TONE = (8000 * np.sin(np.arange(1600))).astype(np.int16)


def code_of(content: bytes) -> str:
    with pytest.raises(OutsideError) as caught:
        speech_of(content, voice="test")
    return caught.value.code


def test_samples_keep_their_value_and_rate() -> None:
    speech = speech_of(wav(TONE), voice="test")
    assert speech.rate == 16000
    assert np.array_equal(np.round(speech.samples * 32768), TONE)


def test_a_header_that_promises_more_is_read_as_far_as_it_goes() -> None:
    content = bytearray(wav(TONE))
    content[4:8] = content[40:44] = (0x7FFFFFFF).to_bytes(4, "little")
    assert len(speech_of(bytes(content), voice="test").samples) == len(TONE)


def test_a_lone_last_byte_is_left_out() -> None:
    content = bytearray(wav(TONE))
    content[40:44] = (0x7FFFFFFE).to_bytes(4, "little")
    assert len(speech_of(bytes(content[:-1]), voice="test").samples) == len(TONE) - 1


@pytest.mark.parametrize("content", [b"", b"RIFF", b"RIFFxxxxWAVEjunk", wav(TONE)[:30], b"\0" * 99])
def test_what_is_no_wav_is_broken(content: bytes) -> None:
    assert code_of(content) == "voice.broken"


def test_two_channels_are_broken() -> None:
    assert code_of(wav(TONE, channels=2)) == "voice.broken"


def test_an_impossible_rate_is_broken() -> None:
    assert code_of(wav(TONE, rate=1)) == "voice.broken"


@pytest.mark.parametrize("samples", [np.zeros(0, np.int16), np.ones(1000, np.int16)])
def test_silence_is_noticed(samples: "np.typing.NDArray[np.int16]") -> None:
    assert code_of(wav(samples)) == "voice.silent"


def test_values_that_are_no_numbers_are_broken() -> None:
    with pytest.raises(OutsideError) as caught:
        heard(np.array([0.5, np.nan], np.float32), 22050, voice="test")
    assert caught.value.code == "voice.broken"
