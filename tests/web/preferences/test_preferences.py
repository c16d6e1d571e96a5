"""What every sitting begins with: shown, kept sealed, changed, and what it leaves to play."""

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from django.test import Client

from tests.fakes.sounding import FakeSound
from tests.web.conftest import seat_in
from thaw.practice.answers import RESPONSES
from thaw.units import DamageError
from thaw.web import sealed
from thaw.web.house import House
from thaw.web.ids import new_id
from thaw.web.preferences.actions import keep, prefer_voice
from thaw.web.preferences.body import Preferred, preferred_in, sealed_of
from thaw.web.preferences.models import Preferences
from thaw.web.preferences.queries import kept_of, preferred_of
from thaw.web.sealed import Row

PAGE = "/me/preferences"
ALL = {
    "voice": "espeak-ng",
    "pace": "100",
    "pauses": "longer",
    "guidance": "less",
    "bed": "rain",
    "bed_volume": "3",
    "avoid": ["chest", "breath", "silence"],
    "silence": "20",
    "anchor": "sounds",
    "posture": "standing",
    "left": "nothing",
    "right": "too-much",
}
LIKED = Preferred(
    voice="espeak-ng",
    pace=100,
    pauses="longer",
    guidance="less",
    bed="rain",
    bed_volume=3,
    avoid=("breath", "chest", "silence"),
    silence_s=20,
    anchor="sounds",
    posture="standing",
    halves={"left": "nothing", "right": "too-much"},
)
WRONG = [
    ("voice", "nobody"),
    ("pace", "116"),
    ("pauses", "none"),
    ("guidance", "more"),
    ("bed", "storm"),
    ("bed_volume", "4"),
    ("avoid", "everything"),
    ("silence", "4"),
    ("silence", "91"),
    ("silence", "quiet"),
    ("anchor", "the moon"),
    ("posture", "floating"),
    ("left", "joy"),
    ("right", "\x00"),
]
JSON = {"Accept": "application/json"}


def place(seated: Client) -> dict[str, Any]:
    """Return what the form of the page says of itself."""
    page = seated.get(PAGE).context["page"]
    return {"id": str(page.id), "version": str(page.version)}


def kept(seated: Client, **chosen: Any) -> Any:
    """Keep what is chosen and return the page that follows."""
    done = seated.post(PAGE, place(seated) | chosen)
    assert (done.status_code, done["Location"]) == (303, f"{PAGE}?kept"), done.content.decode()
    return seated.get(done["Location"])


def words_of(answer: Any) -> str:
    return " ".join(unescape(re.sub("<[^>]+>", " ", answer.content.decode())).split())


# --- Keeping --------------------------------------------------------------------------------


def test_nobody_has_preferred_anything_at_first(seated: Client, house: House) -> None:
    assert preferred_of(seat_in(house, seated)) == Preferred()
    page = seated.get(PAGE).context["page"]
    assert (page.version, page.left, page.voice) == (0, None, "")
    assert not any(voice.chosen for voice in page.voices)


def test_all_that_is_chosen_is_kept_and_shown_again(seated: Client, house: House) -> None:
    page = kept(seated, **ALL)
    assert "Kept." in words_of(page)
    assert preferred_of(seat_in(house, seated)) == LIKED
    shown = page.context["page"]
    assert shown.version == 1
    assert [voice.name for voice in shown.voices if voice.chosen] == ["espeak-ng"]
    for options, value in (
        (shown.paces, "100"),
        (shown.pauses, "longer"),
        (shown.guidance, "less"),
        (shown.beds, "rain"),
        (shown.volumes, "3"),
        (shown.anchors, "sounds"),
        (shown.postures, "standing"),
        (shown.left_half, "nothing"),
        (shown.right_half, "too-much"),
    ):
        assert [option.value for option in options if option.chosen] == [value]
    assert {o.value for o in shown.avoid if o.chosen} == {"breath", "chest", "silence"}
    assert shown.silence_s == 20


def test_a_later_choice_takes_the_place_of_the_one_before(seated: Client, house: House) -> None:
    kept(seated, **ALL)
    kept(seated, pace="90")
    assert preferred_of(seat_in(house, seated)) == Preferred(pace=90)
    assert Preferences.objects.count() == 1


def test_nothing_of_it_can_be_read_in_the_store(seated: Client) -> None:
    kept(seated, **ALL)
    row = Preferences.objects.get()
    assert b"breath" not in bytes(row.body)
    assert b"espeak" not in bytes(row.body)


def test_the_same_form_sent_twice_is_kept_once(seated: Client) -> None:
    form = place(seated) | ALL
    assert [seated.post(PAGE, form).status_code for _ in range(2)] == [303, 303]
    assert Preferences.objects.get().version == 1


@pytest.mark.parametrize(("field", "value"), WRONG)
def test_what_is_wrong_is_a_sentence_and_the_rest_stays_chosen(
    seated: Client, house: House, field: str, value: str
) -> None:
    answer = seated.post(PAGE, place(seated) | ALL | {field: value})
    assert answer.status_code == 422
    shown = answer.context["page"]
    assert shown.problems[field].endswith(".")
    assert words_of(answer).count(shown.problems[field]) >= 1
    other = "pace" if field != "pace" else "pauses"
    assert [o.value for o in getattr(shown, f"{other.removesuffix('s')}s") if o.chosen]
    assert preferred_of(seat_in(house, seated)) == Preferred()


@pytest.mark.parametrize(
    "wrong", [{"id": "x"}, {"version": "x"}, {"version": "-1"}, {"version": "9" * 12}, {"id": ""}]
)
def test_a_form_that_is_none_of_ours_is_a_sentence(seated: Client, wrong: dict[str, str]) -> None:
    answer = seated.post(PAGE, place(seated) | wrong)
    assert answer.status_code == 422
    assert "Load it again" in words_of(answer)
    assert answer.context["page"].version == 0


def test_an_id_of_another_kind_is_a_sentence(seated: Client) -> None:
    form = {"id": "00000000-0000-4000-8000-000000000000", "version": "0"}
    assert seated.post(PAGE, form).status_code == 422


# --- Two windows ----------------------------------------------------------------------------


def test_a_change_that_comes_too_late_overwrites_nothing_until_it_is_meant(
    seated: Client, house: House
) -> None:
    kept(seated, **ALL)
    late = place(seated) | {"pace": "90"}
    kept(seated, pace="140")
    answer = seated.post(PAGE, late)
    assert answer.status_code == 409
    assert "changed in another window" in words_of(answer)
    assert preferred_of(seat_in(house, seated)).pace == 140
    shown = answer.context["page"]
    assert [o.value for o in shown.paces if o.chosen] == ["90"]
    again = late | {"id": str(shown.id), "version": str(shown.version)}
    assert seated.post(PAGE, again).status_code == 303
    assert preferred_of(seat_in(house, seated)).pace == 90


def test_two_first_windows_meet_as_well(seated: Client, house: House) -> None:
    one, other = place(seated), place(seated)
    assert seated.post(PAGE, one | {"pace": "100"}).status_code == 303
    answer = seated.post(PAGE, other | {"pace": "90"})
    assert answer.status_code == 409
    assert preferred_of(seat_in(house, seated)).pace == 100
    shown = answer.context["page"]
    again = {"id": str(shown.id), "version": str(shown.version), "pace": "90"}
    assert seated.post(PAGE, again).status_code == 303
    assert Preferences.objects.count() == 1


def test_the_first_form_sent_again_with_other_words_is_a_conflict_too(seated: Client) -> None:
    form = place(seated)
    assert seated.post(PAGE, form | {"pace": "100"}).status_code == 303
    assert seated.post(PAGE, form | {"pace": "90"}).status_code == 409


def test_what_is_gone_is_kept_anew(seated: Client, house: House) -> None:
    kept(seated, **ALL)
    form = place(seated) | {"pace": "90"}
    Preferences.objects.all().delete()
    answer = seated.post(PAGE, form)
    assert answer.status_code == 404
    shown = answer.context["page"]
    assert shown.version == 0
    assert seated.post(PAGE, form | {"id": str(shown.id), "version": "0"}).status_code == 303
    assert preferred_of(seat_in(house, seated)).pace == 90


# --- Damage ---------------------------------------------------------------------------------


def damage() -> None:
    row = Preferences.objects.get()
    Preferences.objects.update(body=bytes(row.body)[:-1] + b"\x00")


def test_what_can_no_longer_be_read_stops_sittings_and_is_set_again(
    seated: Client, house: House
) -> None:
    kept(seated, **ALL)
    damage()
    with pytest.raises(DamageError, match="Open Me, then Preferences"):
        preferred_of(seat_in(house, seated))
    stopped = seated.post("/library/five-things/sit", {"voice": "none"})
    assert stopped.status_code == 500
    assert "Open Me, then Preferences" in words_of(stopped)
    page = seated.get(PAGE)
    assert page.status_code == 200
    assert "can no longer be read" in words_of(page)
    kept(seated, pace="90")
    assert preferred_of(seat_in(house, seated)) == Preferred(pace=90)


def test_a_body_of_another_shape_is_damage_too(seated: Client, house: House) -> None:
    seat = seat_in(house, seated)
    sealed.create(Preferences, seat, new_id(), {"body": b'{"avoid": 7}'})
    with pytest.raises(DamageError, match="Preferences"):
        preferred_of(seat)


def test_a_change_of_what_was_damaged_meanwhile_can_be_sent_again(
    seated: Client, house: House
) -> None:
    kept(seated, **ALL)
    form = place(seated) | {"pace": "90"}
    Preferences.objects.update(version=7)
    answer = seated.post(PAGE, form)
    assert answer.status_code == 500
    shown = answer.context["page"]
    assert seated.post(PAGE, form | {"id": str(shown.id), "version": "0"}).status_code == 303
    assert preferred_of(seat_in(house, seated)).pace == 90


# --- What is sealed -------------------------------------------------------------------------


def test_a_body_comes_back_as_it_was() -> None:
    assert preferred_in(sealed_of(LIKED)) == LIKED
    assert preferred_in(sealed_of(Preferred())) == Preferred()


def test_what_a_later_thaw_added_is_passed_over_and_unknown_words_are_as_not_chosen() -> None:
    later = b'{"avoid": ["chest"], "pauses": "none", "bed_volume": 9, "halves": {"left": "joy"}}'
    assert preferred_in(later) == Preferred(avoid=("chest",))


@pytest.mark.parametrize(
    "shape",
    [
        b"",
        b"[]",
        b"{}",
        b'{"avoid": "chest", "pace": "quick"}',
        b'{"avoid": [1]}',
        b'{"avoid": [], "voice": 1}',
        b'{"avoid": [], "pace": true}',
        b'{"avoid": [], "halves": []}',
    ],
)
def test_what_is_no_body_is_damage(shape: bytes) -> None:
    with pytest.raises(DamageError):
        preferred_in(shape)


def test_what_is_avoided_is_told_to_a_plan_with_its_cap() -> None:
    assert LIKED.avoided == ("breath", "chest", "silence:20")
    assert replace(LIKED, silence_s=None).avoided == ("breath", "chest", "silence")
    assert Preferred(silence_s=12).avoided == ("silence:12",)
    assert Preferred().avoided == ()


def test_the_longest_silence_is_as_said_or_as_the_term_has_it() -> None:
    assert LIKED.longest_silence == 20
    assert Preferred(avoid=("silence",)).longest_silence == 15
    assert Preferred().longest_silence is None


# --- Several, and a voice chosen elsewhere --------------------------------------------------


def test_of_several_the_one_changed_last_counts(seated: Client, house: House) -> None:
    seat = seat_in(house, seated)
    keep(seat, Preferred(pace=100), first := new_id(), 0)
    body = {"body": sealed_of(Preferred(pace=90))}
    there = sealed.row_of(Preferences, seat, first)
    older = Row(new_id(), 3, there.created_at, there.created_at.replace(year=2020), None, body, {})
    sealed.adopt(Preferences, seat, older)
    assert preferred_of(seat).pace == 100


def test_a_voice_that_was_chosen_elsewhere_is_remembered(seated: Client, house: House) -> None:
    seat = seat_in(house, seated)
    prefer_voice(seat, "espeak-ng")
    prefer_voice(seat, "espeak-ng")
    found = kept_of(seat)
    assert found is not None
    assert (found.preferred, found.version) == (Preferred(voice="espeak-ng"), 1)
    prefer_voice(seat, "none")
    assert preferred_of(seat).voice == "none"


# --- The page -------------------------------------------------------------------------------


def test_a_voice_that_is_gone_is_said_and_another_stands_in(
    seated: Client, sound: FakeSound
) -> None:
    kept(seated, **ALL)
    sound.cards = sound.cards[:1]
    page = seated.get(PAGE)
    assert "The voice you chose, espeak-ng, is not here any more" in words_of(page)
    assert [voice.name for voice in page.context["page"].voices if voice.chosen] == ["flite-slt"]


def test_a_term_that_is_no_longer_on_the_list_is_said(seated: Client, house: House) -> None:
    keep(seat_in(house, seated), Preferred(avoid=("clouds",)), new_id(), 0)
    assert "no longer on the list" in words_of(seated.get(PAGE))


def test_every_answer_can_be_given_by_either_half(seated: Client) -> None:
    page = seated.get(PAGE).context["page"]
    for half in (page.left_half, page.right_half):
        values = [option.value for option in half]
        assert values[0] == ""
        assert sorted(values[1:]) == sorted(RESPONSES)
        assert all(option.label for option in half)


def test_every_term_stands_there_with_its_plain_name(seated: Client, house: House) -> None:
    page = seated.get(PAGE).context["page"]
    assert {option.value: option.label for option in page.avoid} == house.avoid_names


def test_what_can_be_heard_has_its_sample(seated: Client) -> None:
    page = seated.get(PAGE).context["page"]
    assert [voice.sample_url for voice in page.voices] == [
        "/voices/flite-slt/sample.mp4",
        "/voices/espeak-ng/sample.mp4",
    ]
    assert {bed.value: bed.sample_url for bed in page.beds} == {
        "": "",
        "off": "",
        "rain": "/beds/rain/sample.mp4",
        "sea": "/beds/sea/sample.mp4",
        "brown": "/beds/brown/sample.mp4",
    }


def test_me_leads_here(seated: Client) -> None:
    assert f'href="{PAGE}"' in seated.get("/me").content.decode()


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(seated: Client, method: str) -> None:
    assert getattr(seated, method)(PAGE, headers=JSON).status_code == 405
