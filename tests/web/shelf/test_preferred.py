"""A practice begins with what a person prefers, as far as it has it."""

import re
import shutil
from html import unescape
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from tests.fakes.sounding import FakeSound
from tests.web.conftest import seat_in, until
from tests.web.shelf.test_choosing import BREATHING
from thaw.library.content import content_folder
from thaw.library.shelf import Shelf
from thaw.practice.parts import Practice
from thaw.practice.plan import Choices, Plan
from thaw.practice.read import read_practice
from thaw.units import FullError, OutsideError
from thaw.web.house import House
from thaw.web.ids import new_id
from thaw.web.preferences.actions import keep
from thaw.web.preferences.body import Preferred
from thaw.web.preferences.queries import preferred_of
from thaw.web.shelf import actions
from thaw.web.shelf.forms import ChoicesForm

PAGE = "/library/thawing"
SIT = f"{PAGE}/sit"
JSON = {"Accept": "application/json"}
LIKED = Preferred(
    voice="espeak-ng",
    pace=100,
    pauses="longer",
    guidance="less",
    bed="sea",
    bed_volume=1,
    avoid=("chest",),
    silence_s=20,
    anchor="sounds",
    posture="standing",
)


def choices_of(house: House, liked: Preferred, given: str = "", name: str = "thawing") -> Choices:
    practice = house.shelf.published(name)
    return ChoicesForm(house, practice, QueryDict(given), preferred=liked).choices()


def prefer(house: House, seated: Client, liked: Preferred) -> None:
    keep(seat_in(house, seated), liked, new_id(), 0)


def begun(house: House, seated: Client, given: dict[str, Any], sit: str = SIT) -> Plan:
    """Begin a sitting and return its plan; who should see someone first was read."""
    answer = seated.post(sit, given | {"read": "someone-first"})
    assert answer.status_code == 303, unescape(answer.content.decode())
    name = answer["Location"].rpartition("/")[2]
    return house.sittings.sitting(name, seat_in(house, seated).session).held.plan


def words_of(answer: Any) -> str:
    return " ".join(unescape(re.sub("<[^>]+>", " ", answer.content.decode())).split())


# --- Choices --------------------------------------------------------------------------------


def test_what_is_not_given_is_as_preferred(house: House) -> None:
    choices = choices_of(house, LIKED)
    assert choices == Choices(
        seconds=choices.seconds,
        level=choices.level,
        voice="espeak-ng",
        pace=100,
        posture="standing",
        anchor="sounds",
        avoid=("chest", "silence:20"),
        bed="sea",
        bed_volume=1,
        pauses="longer",
        guidance="less",
    )


def test_without_preferences_all_is_as_the_practice_has_it(house: House) -> None:
    choices = choices_of(house, Preferred())
    assert (choices.voice, choices.pace, choices.avoid) == ("flite-slt", 115, ())
    assert (choices.posture, choices.anchor, choices.bed) == (None, None, "")
    assert (choices.pauses, choices.guidance, choices.bed_volume) == ("usual", "usual", 2)


def test_what_is_given_goes_before_but_what_is_avoided_is_added(house: House) -> None:
    given = "voice=none&pace=90&posture=walking&anchor=hands&bed=off&bed_volume=3&avoid=breath"
    choices = choices_of(house, LIKED, f"{given}&silence=60")
    assert (choices.voice, choices.pace, choices.posture) == ("none", 90, "walking")
    assert (choices.anchor, choices.bed, choices.bed_volume) == ("hands", "off", 3)
    assert choices.avoid == ("breath", "chest", "silence:20")


def test_a_form_that_says_all_takes_away_what_it_leaves_out(house: House) -> None:
    choices = choices_of(house, LIKED, "chosen=1&avoid=breath")
    assert choices.avoid == ("breath",)
    assert (choices.posture, choices.anchor, choices.bed) == (None, None, "")
    assert (choices.pauses, choices.guidance) == ("longer", "less")
    assert choices_of(house, LIKED, "chosen=1&silence=30").avoid == ("silence:30",)


def test_what_a_practice_does_not_have_is_its_own(house: House) -> None:
    liked = Preferred(posture="lying", anchor="steps")
    choices = choices_of(house, liked, name="five-things")
    practice = house.shelf.published("five-things")
    assert not {"lying", "steps"} & {*practice.postures, *practice.anchors}
    assert (choices.posture, choices.anchor) == (None, None)


@pytest.mark.parametrize(
    ("liked", "name", "taken"),
    [
        ("walking", "thawing", "walking"),
        ("moving", "thawing", "walking"),
        ("walking", "breathing", "moving"),
        ("sitting", "breathing", "sitting"),
        ("lying", "breathing", None),
    ],
)
def test_one_way_of_moving_stands_in_for_another(
    house: House, liked: str, name: str, taken: str | None
) -> None:
    found = breathing(house) if name == "breathing" else house.shelf.published(name)
    form = ChoicesForm(house, found, QueryDict(), preferred=Preferred(posture=liked))
    assert form.choices().posture == taken


def breathing(house: House) -> Practice:
    return read_practice(BREATHING, file="breathing.md", words=house.words)


def test_what_an_import_may_bring_is_taken_as_near_as_can_be(house: House) -> None:
    odd = Preferred(pace=7, bed="storm", avoid=("clouds", "chest"), silence_s=1)
    choices = choices_of(house, odd)
    assert (choices.pace, choices.bed, choices.avoid) == (115, "", ("chest", "silence:5"))
    assert choices_of(house, Preferred(silence_s=900)).avoid == ("silence:90",)


# --- The page -------------------------------------------------------------------------------


def test_the_page_begins_with_what_is_preferred(seated: Client, house: House) -> None:
    prefer(house, seated, LIKED)
    form = seated.get(PAGE).context["form"]
    assert (form.voice, form.pace, form.silence) == ("espeak-ng", 100, 20)
    for options, wanted in (
        (form.postures, {"standing"}),
        (form.anchors, {"sounds"}),
        (form.avoid, {"chest", "silence"}),
        (form.beds, {"sea"}),
        (form.volumes, {"1"}),
    ):
        assert {option.value for option in options if option.chosen} == wanted
    assert 'name="chosen" value="1"' in seated.get(PAGE).content.decode()


def test_the_slider_is_told_what_is_preferred_without_being_told(
    seated: Client, house: House
) -> None:
    usual = seated.get(f"{PAGE}/plan.json").json()
    prefer(house, seated, Preferred(voice="none", pauses="longer"))
    longer = seated.get(f"{PAGE}/plan.json").json()
    assert longer["voicing"]["voice"] == "none"
    assert longer["total_s"] == usual["total_s"]
    assert longer["words"] != usual["words"]


def test_a_sitting_begins_with_what_is_preferred_and_no_more_is_asked(
    seated: Client, house: House
) -> None:
    prefer(house, seated, Preferred(voice="none", avoid=("chest",), posture="standing"))
    plan = begun(house, seated, {"minutes": "10", "level": "1"})
    assert plan.voice == "none"
    assert plan.origin.choices.avoid == ("chest",)
    assert plan.origin.choices.posture == "standing"
    assert not any("chest" in event.text or "heart" in event.text for event in plan.lines())


def test_what_cannot_be_played_names_another_without_scripts_too(
    seated: Client, house: House, tmp_path: Any
) -> None:
    shutil.copytree(content_folder(), tmp_path / "content")
    (tmp_path / "content" / "practices" / "breathing.md").write_text(BREATHING)
    house.shelf = Shelf(tmp_path / "content")
    prefer(house, seated, Preferred(voice="none", avoid=("breath",)))
    for page in (seated.get("/library/breathing"), seated.post("/library/breathing/sit")):
        assert "Too little of Breathing is left" in words_of(page)
        another = page.context["another"]
        assert f"{another.title} can be played like this" in words_of(page)
        assert seated.get(another.url).status_code == 200


# --- The voice ------------------------------------------------------------------------------


def test_a_voice_that_is_gone_is_said_before_another_speaks(
    seated: Client, house: House, sound: FakeSound
) -> None:
    prefer(house, seated, Preferred(voice="piper-alba"))
    page = seated.get(PAGE)
    assert "The voice you chose, piper-alba, is not here any more" in words_of(page)
    assert page.context["form"].voice == "flite-slt"
    told = seated.post(SIT, {"minutes": "10"}, headers=JSON)
    assert (told.status_code, told.json()["error"]["code"]) == (422, "voice.gone")
    again = seated.post(SIT, {"minutes": "10"})
    assert again.status_code == 422
    assert [voice.name for voice in again.context["voices"] if voice.chosen] == ["flite-slt"]
    assert seated.post(SIT, {"minutes": "10", "voice": "flite-slt"}).status_code == 202
    assert "not here any more" not in words_of(seated.get(PAGE, {"voice": "none"}))
    sound.cards = ()
    assert "words on the screen" in words_of(seated.get(PAGE))


def test_a_voice_that_was_sat_with_is_there_the_next_time(seated: Client, house: House) -> None:
    begun(house, seated, {"voice": "none", "minutes": "10"})
    assert preferred_of(seat_in(house, seated)) == Preferred(voice="none")
    begun(house, seated, {"minutes": "10"})
    prefer_other = {"voice": "espeak-ng", "minutes": "10"}
    seated.post(f"{PAGE}/voicing", prefer_other)
    until(lambda: seated.get(f"{PAGE}/voicing", prefer_other).json(), lambda told: told["ready"])
    begun(house, seated, prefer_other)
    assert preferred_of(seat_in(house, seated)).voice == "none"


def test_a_full_disk_keeps_nobody_from_sitting(
    seated: Client, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise FullError("store.full", "The disk is full.")

    monkeypatch.setattr(actions, "prefer_voice", full)
    begun(house, seated, {"voice": "none", "minutes": "10"})
    assert preferred_of(seat_in(house, seated)) == Preferred()


# --- Words of one's own ---------------------------------------------------------------------

NEAR = BREATHING.replace(
    "moving: self",
    "moving: self\nasks: {being: {question: Who is easy to be near?, otherwise: this being}}",
).replace("One breath.", "Perhaps {being} is here.")
CANARY = "Aunt Xerxes"


@pytest.fixture
def near(house: House, tmp_path: Any) -> str:
    """The address of a practice that asks for a word."""
    shutil.copytree(content_folder(), tmp_path / "content")
    (tmp_path / "content" / "practices" / "near.md").write_text(NEAR)
    house.shelf = Shelf(tmp_path / "content")
    return "/library/near"


def test_a_practice_asks_and_nothing_has_to_be_said(
    seated: Client, house: House, near: str
) -> None:
    page = seated.get(near)
    assert [(ask.field, ask.question) for ask in page.context["form"].asks] == [
        ("asked-being", "Who is easy to be near?")
    ]
    assert "Left empty, it says “this being”." in words_of(page)
    plan = begun(house, seated, {"voice": "none", "asked-being": "  "}, f"{near}/sit")
    assert "Perhaps this being is here." in [event.text for event in plan.lines()]


def test_a_word_is_said_in_the_sitting(seated: Client, house: House, near: str) -> None:
    plan = begun(house, seated, {"voice": "none", "asked-being": CANARY}, f"{near}/sit")
    assert f"Perhaps {CANARY} is here." in [event.text for event in plan.lines()]


def test_a_word_in_an_address_is_not_looked_at(seated: Client, near: str) -> None:
    for path in (near, f"{near}/plan.json", f"{near}/voicing"):
        answer = seated.get(path, {"asked-being": CANARY})
        assert answer.status_code == 200
        assert CANARY not in answer.content.decode()


def test_a_word_stays_typed_while_something_else_is_missing(seated: Client, near: str) -> None:
    page = seated.post(f"{near}/sit", {"asked-being": CANARY})
    assert page.status_code == 422
    assert f'value="{CANARY}"' in page.content.decode()


def test_a_word_that_is_too_long_is_a_sentence(seated: Client, near: str) -> None:
    page = seated.post(f"{near}/sit", {"voice": "none", "asked-being": "x" * 61})
    assert page.status_code == 422
    assert "up to 60 signs" in words_of(page)


def test_a_line_with_a_word_is_voiced_for_its_owner_alone(
    seated: Client, house: House, sound: FakeSound, near: str
) -> None:
    given = {"voice": "espeak-ng", "minutes": "2", "asked-being": CANARY}
    first = seated.post(f"{near}/sit", given)
    assert first.status_code == 202
    assert f'value="{CANARY}"' in first.content.decode()
    without = {"voice": "espeak-ng", "minutes": "2"}
    until(
        lambda: seated.get(f"{near}/voicing", without).json(),
        lambda told: told["done"] == told["total"],
    )
    plan = begun(house, seated, given, f"{near}/sit")
    assert f"Perhaps {CANARY} is here." in [event.text for event in plan.lines()]
    assert not any(CANARY in text for text in sound.voiced("espeak-ng", 115))


def test_a_voice_that_fails_at_a_word_is_a_sentence(
    seated: Client, sound: FakeSound, near: str
) -> None:
    sound.trouble["espeak-ng"] = OutsideError("voice.crashed", "The voice failed. Choose another.")
    given = {"voice": "espeak-ng", "minutes": "2", "asked-being": CANARY}
    page = seated.post(f"{near}/sit", given)
    assert page.status_code == 503
    assert "The voice failed" in words_of(page)
    told = seated.post(f"{near}/sit", given, headers=JSON)
    assert (told.status_code, told.json()["error"]["code"]) == (503, "voice.crashed")


def test_a_voice_that_says_nothing_is_not_asked_for_ever(
    house: House, sound: FakeSound, near: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    del near
    monkeypatch.setattr(sound, "voice_lines", lambda *_, **__: None)
    choices = Choices(120, voice="espeak-ng", asked=(("being", CANARY),))
    own = actions.make_own(house, house.shelf.published("near"), choices)
    assert own is not None
