"""The process in which espeak-ng speaks one line: text in, a WAV file out.

``python -m thaw.sound.voices.espeak_child LANGUAGE RATE`` reads UTF-8 text from standard
input and writes the WAV to standard output. The calls are those of espeak-ng's
``speak_lib.h`` (version 1.52); only ``espeakCHARS_UTF8`` is asked for, so neither SSML nor
``[[phonemes]]`` are read as such.
"""

import ctypes
import io
import sys
import wave

RETRIEVE = 1  # AUDIO_OUTPUT_RETRIEVAL: hand samples to the callback, play nothing.
DO_NOT_EXIT = 0x8000  # espeakINITIALIZE_DONT_EXIT
RATE = 1  # espeakRATE
WORD_GAP = 7  # espeakWORDGAP, in units of 10 ms at the usual rate.
BY_CHARACTER = 1  # POS_CHARACTER
UTF8 = 1  # espeakCHARS_UTF8
WELL = 0  # EE_OK

Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


def speak(text: bytes, language: str, rate: int) -> bytes:
    """Return ``text`` as WAV bytes.

    Raises:
        OSError: The library cannot be loaded or refuses what it is asked.
    """
    import espeakng_loader

    library = ctypes.CDLL(espeakng_loader.get_library_path())
    heard = bytearray()

    def hear(samples: int | None, count: int, _events: int | None) -> int:
        if samples and count > 0:
            heard.extend(ctypes.string_at(samples, 2 * count))
        return 0

    callback = Callback(hear)
    data = espeakng_loader.get_data_path().encode()
    sample_rate = library.espeak_Initialize(RETRIEVE, 0, data, DO_NOT_EXIT)
    if sample_rate <= 0:
        raise OSError("espeak-ng did not start")
    library.espeak_SetSynthCallback(callback)
    _sure(library.espeak_SetVoiceByName(language.encode()))
    _sure(library.espeak_SetParameter(RATE, rate, 0))
    _sure(library.espeak_SetParameter(WORD_GAP, 1, 0))
    given = ctypes.create_string_buffer(text)
    size = ctypes.c_size_t(len(given))
    _sure(library.espeak_Synth(given, size, 0, BY_CHARACTER, 0, UTF8, None, None))
    _sure(library.espeak_Synchronize())
    return _wav(bytes(heard), sample_rate)


def _sure(status: int) -> None:
    if status != WELL:
        raise OSError(f"espeak-ng refused ({status})")


def _wav(samples: bytes, rate: int) -> bytes:
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples)
    return made.getvalue()


if __name__ == "__main__":
    sys.stdout.buffer.write(speak(sys.stdin.buffer.read(), sys.argv[1], int(sys.argv[2])))
