"""Which voices are here, which come next, and how a better one comes to be here."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.file_server import Files, served
from tests.fakes.piper_voice import build
from thaw.sound.voices import catalogue, espeak, flite, piper
from thaw.sound.voices.download import Wanted
from thaw.sound.voices.offered import Offer, offer_of, offers
from thaw.units import InputError, OutsideError


@pytest.fixture(autouse=True)
def _all_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every engine counts as installed, on any machine."""
    for engine in (flite, espeak, piper):
        monkeypatch.setattr(engine, "is_installed", lambda: True)


def without(monkeypatch: pytest.MonkeyPatch, *engines: object) -> None:
    for engine in engines:
        monkeypatch.setattr(engine, "is_installed", lambda: False)


def names(data: Path) -> list[str]:
    return [voice.name for voice in catalogue.voices(data)]


@pytest.fixture
def offer(tmp_path: Path) -> Iterator[tuple[Files, Offer]]:
    """A tiny voice served on loopback."""
    model = build(tmp_path / "server")
    content = {
        "/voice.onnx": model.read_bytes(),
        "/voice.onnx.json": model.with_name(f"{model.name}.json").read_bytes(),
    }
    with served(Files(content)) as files:
        of_model, of_config = (
            Wanted(files.url + path, len(body), hashlib.sha256(body).hexdigest())
            for path, body in content.items()
        )
        yield files, Offer("en_US-buzz-low", "Buzz", "none", of_model, of_config)


def test_voices_are_listed_best_first_each_with_the_next_as_its_fallback(thaw_data: Path) -> None:
    build(thaw_data / "voices", "en_US-joe-medium")
    build(thaw_data / "voices", "en_US-kristin-medium")
    build(thaw_data / "voices", "another")
    found = catalogue.voices(thaw_data)
    assert [voice.name for voice in found] == [
        "piper-en_US-kristin-medium",
        "piper-en_US-joe-medium",
        "piper-another",
        "flite-slt",
        "espeak-ng",
    ]
    assert [voice.fallback for voice in found] == [*names(thaw_data)[1:], None]
    assert catalogue.default_voice(thaw_data) == found[0]


def test_a_model_without_its_configuration_is_no_voice(thaw_data: Path) -> None:
    model = build(thaw_data / "voices")
    model.with_name(f"{model.name}.json").unlink()
    assert names(thaw_data) == ["flite-slt", "espeak-ng"]


def test_a_voice_is_found_by_name(thaw_data: Path) -> None:
    assert catalogue.voice("espeak-ng", thaw_data).title == "Robot voice (espeak-ng)"


def test_an_unknown_voice_names_those_there_are(thaw_data: Path) -> None:
    with pytest.raises(InputError, match="flite-slt, espeak-ng, none") as caught:
        catalogue.voice("hal", thaw_data)
    assert caught.value.code == "voice.unknown"


def test_a_piper_voice_without_piper_says_how_to_get_it(
    thaw_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(thaw_data / "voices")
    without(monkeypatch, piper)
    assert names(thaw_data) == ["flite-slt", "espeak-ng"]
    with pytest.raises(OutsideError, match="--extra piper"):
        catalogue.voice("piper-en_US-buzz-low", thaw_data)


def test_without_any_voice_there_are_words_on_the_screen(
    thaw_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without(monkeypatch, flite, espeak)
    assert catalogue.voices(thaw_data) == ()
    with pytest.raises(OutsideError, match="words on the screen"):
        catalogue.default_voice(thaw_data)


def test_advice_leads_to_the_next_better_voice(
    thaw_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert catalogue.advice(thaw_data) == (
        "For a more natural voice, run: thaw voices add en_US-kristin-medium"
    )
    build(thaw_data / "voices")
    assert catalogue.advice(thaw_data) == ""
    without(monkeypatch, piper)
    assert "script/bootstrap --no-dev --extra piper" in catalogue.advice(thaw_data)
    without(monkeypatch, flite)
    assert "install flite" in catalogue.advice(thaw_data)


def test_an_added_voice_is_there_and_speaks(thaw_data: Path, offer: tuple[Files, Offer]) -> None:
    seen: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        seen.append((done, total))

    added = catalogue.add("buzz", thaw_data, progress, given=offer[1])
    assert added.name == "piper-en_US-buzz-low"
    assert seen[-1] == (offer[1].size, offer[1].size)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert len(added.speak("Rest.", pace=115).samples)


def test_a_voice_that_is_not_right_is_not_added(
    thaw_data: Path, offer: tuple[Files, Offer]
) -> None:
    files, right = offer
    files.content["/voice.onnx"] = files.content["/voice.onnx"][::-1]
    with pytest.raises(OutsideError):
        catalogue.add("buzz", thaw_data, lambda _done, _total: None, given=right)
    assert names(thaw_data) == ["flite-slt", "espeak-ng"]


def test_nothing_is_fetched_where_piper_could_not_speak(
    thaw_data: Path, offer: tuple[Files, Offer], monkeypatch: pytest.MonkeyPatch
) -> None:
    without(monkeypatch, piper)
    with pytest.raises(OutsideError, match="Piper is not installed"):
        catalogue.add("buzz", thaw_data, lambda _done, _total: None, given=offer[1])
    assert not offer[0].asked


def test_a_voice_that_is_not_on_offer_names_those_that_are(thaw_data: Path) -> None:
    with pytest.raises(InputError, match="en_US-kristin-medium"):
        catalogue.add("hal", thaw_data, lambda _done, _total: None)


@pytest.mark.parametrize("name", ["../up", "a/b", "", "-o", "x" * 65, "a.b"])
def test_a_name_never_leads_out_of_the_folder(
    thaw_data: Path, offer: tuple[Files, Offer], name: str
) -> None:
    odd = Offer(name, "odd", "none", offer[1].model, offer[1].config)
    with pytest.raises(InputError) as caught:
        catalogue.add(name, thaw_data, lambda _done, _total: None, given=odd)
    assert caught.value.code == "voice.bad_name"
    assert not offer[0].asked


@pytest.mark.parametrize("name", ["en_US-joe-medium", "joe", "piper-en_US-joe-medium"])
def test_an_added_voice_can_be_removed(thaw_data: Path, name: str) -> None:
    build(thaw_data / "voices", "en_US-joe-medium")
    build(thaw_data / "voices", "mine")
    catalogue.remove(name, thaw_data)
    catalogue.remove("mine", thaw_data)
    assert not list((thaw_data / "voices").iterdir())


@pytest.mark.parametrize("name", ["joe", "flite-slt", "../x"])
def test_only_what_was_added_can_be_removed(thaw_data: Path, name: str) -> None:
    with pytest.raises(InputError, match="thaw voices list"):
        catalogue.remove(name, thaw_data)


def test_every_offer_has_facts_to_check_it_by() -> None:
    assert len({offer.model.sha256 for offer in offers()}) == len(offers()) >= 3
    for offer in offers():
        assert offer.model.url.startswith("https://huggingface.co/rhasspy/piper-voices/resolve/")
        assert offer.model.url.endswith(f"/{offer.name}.onnx")
        assert offer.config.url == f"{offer.model.url}.json"
        assert offer.licence.startswith(("public domain", "CC0"))
        assert offer_of(offer.name) is offer
