"""A tap during a sitting: what it proposes, what holds, and every way it can go wrong."""

import json
import shutil
import threading
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

from tests.web.conftest import let_in, new_visitor, seat_in
from tests.web.sit.conftest import Clock
from tests.web.sit.tapping import (
    begin,
    heard,
    logged,
    sent,
    sitting_at,
    tapped,
    took,
)
from thaw.library.content import content_folder
from thaw.library.shelf import Shelf
from thaw.practice.answers import RESPONSES
from thaw.units import FullError
from thaw.web.house import House

HELD_FIELDS = {
    "revision",
    "sources",
    "switch_s",
    "total_s",
    "cues",
    "closing_s",
    "captions_url",
    "transcript_url",
    "audible",
    "view_box",
    "strokes",
    "words",
}
TOLD_FIELDS = {"tap", "changes", "base", "answer", "is_spoken", "offers", "sentence"}


def held(client: Client, path: str) -> int:
    revision: int = client.get(path).context["sitting"].revision
    return revision


def test_a_tap_proposes_what_follows_and_the_sitting_goes_on_until_it_is_taken(
    seated: Client,
) -> None:
    path = begin(seated)
    told = tapped(seated, path, "nothing", 20.0)
    assert set(told) == HELD_FIELDS | TOLD_FIELDS
    assert (told["changes"], told["base"], told["revision"]) == (True, 1, 2)
    assert (told["is_spoken"], told["total_s"]) == (True, 180.0)
    assert 20 <= told["switch_s"] < 60
    spoken = [cue["text"] for cue in told["cues"]]
    assert told["answer"]
    assert set(told["answer"]) <= set(spoken)
    assert held(seated, path) == 1
    assert seated.get(told["captions_url"]).status_code == 200
    assert seated.get(told["transcript_url"]).status_code == 200

    assert took(seated, path, 2).json() == {"revision": 2}
    assert held(seated, path) == 2


def test_the_same_tap_sent_twice_is_told_the_same(house: House, seated: Client) -> None:
    path, tap = begin(seated), str(uuid4())
    first = tapped(seated, path, "restless", 20.0, tap=tap)
    assert tapped(seated, path, "restless", 20.0, tap=tap) == first
    took(seated, path, 2)
    assert tapped(seated, path, "restless", 24.0, tap=tap) == first
    assert sitting_at(house, seated, path).latest_number == 2
    assert [entry.kinds for entry in logged(house, seated)] == [("restless",)]


def test_an_id_that_was_another_response_is_refused(seated: Client) -> None:
    path, tap = begin(seated), str(uuid4())
    tapped(seated, path, "restless", 20.0, tap=tap)
    answer = sent(seated, f"{path}/respond", tap=tap, kind="bored", at_s=20.0, revision=1)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "response.tap")


def test_a_tap_that_was_told_of_something_superseded_catches_up(seated: Client) -> None:
    path, tap = begin(seated), str(uuid4())
    tapped(seated, path, "restless", 20.0, tap=tap)
    tapped(seated, path, "less-talk", 21.0)
    took(seated, path, 3)
    answer = sent(seated, f"{path}/respond", tap=tap, kind="restless", at_s=20.0, revision=1)
    assert (answer.status_code, answer.json()["revision"]) == (409, 3)


def test_who_holds_another_revision_is_told_what_is_held(seated: Client) -> None:
    path = begin(seated)
    tapped(seated, path, "nothing", 20.0)
    took(seated, path, 2)
    fields = {"tap": str(uuid4()), "kind": "nothing", "at_s": 25.0, "revision": 1}
    answer = sent(seated, f"{path}/respond", **fields)
    told = answer.json()
    assert answer.status_code == 409
    assert told["error"]["code"] == "sitting.other_revision"
    assert HELD_FIELDS | {"error"} == set(told)
    assert (told["revision"], told["total_s"]) == (2, 180.0)


def test_a_tap_that_overtakes_the_word_that_the_proposal_plays_is_believed(
    seated: Client,
) -> None:
    path = begin(seated)
    first = tapped(seated, path, "nothing", 20.0)
    second = tapped(seated, path, "less-talk", first["switch_s"] + 20, revision=2)
    assert (second["changes"], second["base"], second["revision"]) == (True, 2, 3)
    assert took(seated, path, 2).json() == {"revision": 2}
    assert took(seated, path, 3).json() == {"revision": 3}


def test_a_proposal_that_was_superseded_is_not_taken_any_more(seated: Client) -> None:
    path = begin(seated)
    tapped(seated, path, "restless", 20.0)
    tapped(seated, path, "too-much", 21.0)
    answer = took(seated, path, 2)
    assert (answer.status_code, answer.json()["revision"]) == (409, 1)
    assert took(seated, path, 3).json() == {"revision": 3}
    assert took(seated, path, 3).json() == {"revision": 3}
    assert took(seated, path, 1).json() == {"revision": 3}
    assert took(seated, path, 2).status_code == 409
    assert took(seated, path, 9).status_code == 404


def test_what_an_earlier_tap_changed_stays_changed_by_the_next_one(seated: Client) -> None:
    path = begin(seated, "thawing", minutes="7", posture="standing")
    tapped(seated, path, "unreal", 30.0)
    told = tapped(seated, path, "restless", 31.0)
    sections = {cue["section"] for cue in told["cues"] if cue["start_s"] > told["switch_s"]}
    assert took(seated, path, told["revision"]).status_code == 200
    assert "Further in" not in sections


def test_taps_that_overtook_each_other_are_answered_where_the_sound_is(seated: Client) -> None:
    path = begin(seated)
    tapped(seated, path, "restless", 40.0)
    told = tapped(seated, path, "less-talk", 38.0)
    assert (told["changes"], told["base"]) == (True, 1)
    assert told["switch_s"] >= 40.0
    assert told["total_s"] == 180.0


def test_a_tap_that_is_asked_again_as_its_answer_came_too_late_is_one_tap(
    house: House, seated: Client
) -> None:
    path = begin(seated, "thawing", minutes="7")
    once = tapped(seated, path, "bored", 30.0)
    again = tapped(seated, path, "bored", 45.0)
    assert again["total_s"] > once["total_s"]  # What is left is halved once, a little later.
    assert took(seated, path, 3).status_code == 200
    assert [entry.kinds for entry in logged(house, seated)] == [("bored",)]


def test_who_taps_again_later_as_nothing_came_has_tapped_twice(
    house: House, seated: Client
) -> None:
    path = begin(seated, "thawing", minutes="7")
    tapped(seated, path, "unreal", 30.0)
    tapped(seated, path, "unreal", 100.0)
    assert [entry.kinds for entry in logged(house, seated)] == [("unreal", "unreal")]


def test_who_went_back_is_answered_where_they_are(seated: Client) -> None:
    path = begin(seated)
    first = tapped(seated, path, "nothing", 60.0)
    took(seated, path, first["revision"])
    told = tapped(seated, path, "less-talk", 12.0, revision=2)
    assert told["changes"]
    assert 12.0 <= told["switch_s"] < 60.0
    assert told["total_s"] == 180.0


@pytest.mark.parametrize("kind", RESPONSES)
def test_after_the_end_nothing_changes(seated: Client, kind: str) -> None:
    path = begin(seated)
    for at_s in (180.0, 7200.0):
        told = tapped(seated, path, kind, at_s)
        assert (told["changes"], told["revision"], told["offers"]) == (False, 1, [])
    assert held(seated, path) == 1


def test_once_the_closing_has_begun_the_answer_is_shown(seated: Client) -> None:
    path = begin(seated)
    closing_s = seated.get(path).context["sitting"].closing_s
    told = tapped(seated, path, "unreal", closing_s + 1)
    assert (told["changes"], told["is_spoken"], told["offers"]) == (False, False, [])
    assert told["answer"]
    assert told["sentence"] == ""


def test_an_end_is_held_at_once(house: House, seated: Client) -> None:
    path = begin(seated)
    tapped(seated, path, "restless", 19.0)
    told = tapped(seated, path, "end", 20.0)
    assert (told["changes"], told["base"], told["revision"]) == (True, 1, 3)
    assert 20 <= told["switch_s"] <= told["closing_s"] < told["total_s"] < 180
    assert held(seated, path) == 3
    assert took(seated, path, 3).json() == {"revision": 3}
    assert took(seated, path, 2).status_code == 409
    (entry,) = logged(house, seated)
    assert (entry.kinds, entry.body.how) == (("restless", "end"), "gently")


def test_a_stop_is_held_at_once_whatever_the_player_holds(house: House, seated: Client) -> None:
    path = begin(seated)
    told = tapped(seated, path, "nothing", 20.0)
    took(seated, path, told["revision"])
    stopped = tapped(seated, path, "stop", 33.0, revision=1)
    assert (stopped["changes"], stopped["total_s"], stopped["switch_s"]) == (True, 33.0, 33.0)
    later = tapped(seated, path, "fine", 33.0, revision=stopped["revision"])
    assert (later["changes"], later["total_s"]) == (False, 33.0)
    assert logged(house, seated)[0].body.how == "stopped"


def test_a_stop_at_the_first_moment_leaves_a_page_and_its_close(seated: Client) -> None:
    path = begin(seated)
    assert tapped(seated, path, "stop", 0.0)["total_s"] == 0.0
    assert seated.get(path).status_code == 200
    close = sent(seated, f"{path}/close").json()
    assert (close["closing_s"], close["switch_s"]) == (0.0, 0.0)
    assert close["total_s"] > 20


def test_after_a_stop_the_close_can_still_be_heard(
    house: House, seated: Client, clock: Clock
) -> None:
    path = begin(seated)
    clock.now = 60.0
    told = tapped(seated, path, "stop", 33.0)
    close = sent(seated, f"{path}/close").json()
    assert close["cues"]
    assert close["revision"] == told["revision"] + 1
    clock.now = 100.0
    heard(seated, path, 60.0, at_s=27.0, how="ended")
    (entry,) = logged(house, seated)
    assert (entry.body.how, entry.body.sat_s) == ("stopped", 60.0)


def test_too_much_closes_by_itself_unless_one_goes_on(house: House, seated: Client) -> None:
    path = begin(seated)
    told = tapped(seated, path, "too-much", 20.0)
    assert told["total_s"] < 180
    assert told["offers"] == [{"kind": "fine", "label": "Go on, eyes open"}]
    assert told["sentence"].startswith("It was too much")
    assert [entry.kinds for entry in logged(house, seated)] == [("too-much",)]
    took(seated, path, 2)
    on = tapped(seated, path, "fine", 24.0, revision=2)
    assert (on["changes"], on["total_s"]) == (True, 180.0)


def test_one_goes_on_also_where_the_close_was_not_taken_yet(seated: Client) -> None:
    path = begin(seated)
    tapped(seated, path, "too-much", 20.0)
    assert tapped(seated, path, "fine", 21.0)["total_s"] == 180.0


@pytest.mark.parametrize(
    ("kind", "offers"),
    [
        ("unreal", [("fine", "Go on with sounds, sight, standing"), ("end", "End gently")]),
        ("angry", [("help", "Help now"), ("end", "End gently")]),
        ("memory", [("end", "End gently")]),
        ("pain", [("end", "End gently")]),
        ("nothing", []),
    ],
)
def test_beside_an_answer_stands_what_may_be_chosen(
    seated: Client, kind: str, offers: list[tuple[str, str]]
) -> None:
    told = tapped(seated, begin(seated), kind, 20.0)
    assert told["offers"] == [{"kind": kind, "label": label} for kind, label in offers]
    assert bool(told["sentence"]) == bool(offers)


def test_a_mind_that_wanders_again_and_again_is_offered_less(seated: Client) -> None:
    path, revision = begin(seated, "thawing", minutes="12"), 1
    for at_s, kinds in ((30.0, []), (90.0, []), (150.0, ["bored", "end"])):
        told = tapped(seated, path, "wandering", at_s, revision=revision)
        assert [offer["kind"] for offer in told["offers"]] == kinds
        revision = told["revision"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "hungry"},
        {"kind": ""},
        {"kind": None},
        {"kind": ["nothing"]},
        {"at_s": -1},
        {"at_s": 7201},
        {"at_s": "soon"},
        {"at_s": None},
        {"at_s": float("nan")},
        {"at_s": float("inf")},
        {"tap": "me"},
        {"tap": None},
        {"revision": 0},
        {"revision": "first"},
        {"revision": None},
        {"revision": 10**9},
    ],
)
def test_what_makes_no_sense_is_a_sentence_and_changes_nothing(
    house: House, seated: Client, wrong: dict[str, object]
) -> None:
    path = begin(seated)
    right = {"tap": str(uuid4()), "kind": "nothing", "at_s": 20.0, "revision": 1}
    answer = sent(seated, f"{path}/respond", **(right | wrong))
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert (error["code"], error["field"]) == ("choice.unknown", next(iter(wrong)))
    assert error["message"].endswith(".")
    assert logged(house, seated) == ()
    assert sitting_at(house, seated, path).latest_number == 1


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("took", {}),
        ("took", {"revision": -1, "at_s": 1}),
        ("took", {"revision": 1}),
        ("heard", {}),
        ("heard", {"heard_s": -1, "at_s": 1, "how": "on"}),
        ("heard", {"heard_s": 1, "at_s": 1, "how": "asleep"}),
        ("heard", {"heard_s": 10**9, "at_s": 1, "how": "on"}),
    ],
)
def test_a_report_that_makes_no_sense_is_a_sentence(
    seated: Client, action: str, said: dict[str, object]
) -> None:
    answer = sent(seated, f"{begin(seated)}/{action}", **said)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "choice.unknown")


def test_nobody_taps_in_the_sitting_of_another(house: House, seated: Client) -> None:
    path = begin(seated)
    tap = {"tap": str(uuid4()), "kind": "stop", "at_s": 1.0, "revision": 1}
    for where in (path, "/sit/nothing-here"):
        client = let_in(house, new_visitor()) if where == path else seated
        assert sent(client, f"{where}/respond", **tap).status_code == 404
        assert sent(client, f"{where}/took", revision=1, at_s=1.0).status_code == 404
        assert sent(client, f"{where}/heard", heard_s=1, at_s=1, how="on").status_code == 404
        assert client.post(f"{where}/respond", tap).status_code == 404
    assert held(seated, path) == 1
    assert logged(house, seated) == ()


def test_two_tabs_meet_in_what_was_taken_last(seated: Client) -> None:
    path = begin(seated)
    one = tapped(seated, path, "restless", 20.0)
    other = tapped(seated, path, "less-talk", 22.0)
    assert took(seated, path, one["revision"]).status_code == 409
    assert took(seated, path, other["revision"]).status_code == 200
    late = {"tap": str(uuid4()), "kind": "fine", "at_s": 40.0, "revision": 1}
    caught = sent(seated, f"{path}/respond", **late)
    assert (caught.status_code, caught.json()["revision"]) == (409, other["revision"])
    late["revision"] = caught.json()["revision"]
    assert sent(seated, f"{path}/respond", **late).json()["changes"]


def test_taps_from_many_threads_are_each_answered_once(house: House, seated: Client) -> None:
    path = begin(seated, "thawing", minutes="12")
    kinds = ("nothing", "restless", "sleepy", "tears")
    clients = [new_visitor() for _ in kinds]
    for client in clients:
        client.cookies = seated.cookies
    told: list[dict[str, object]] = []

    def tap(client: Client, kind: str) -> None:
        told.extend(tapped(client, path, kind, 20.0 + number) for number in range(4))

    threads = [threading.Thread(target=tap, args=pair) for pair in zip(clients, kinds, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    changed = [each["revision"] for each in told if each["changes"]]
    assert len(told) == 16
    assert len(set(changed)) == len(changed)
    sitting = sitting_at(house, seated, path)
    assert sitting.latest_number == 1 + len(changed)
    assert took(seated, path, sitting.latest_number).status_code == 200


def test_a_text_that_is_edited_changes_nothing_for_a_sitting_under_way(
    house: House, seated: Client, tmp_path: Path
) -> None:
    path = begin(seated)
    content = tmp_path / "content"
    shutil.copytree(content_folder(), content)
    text = content / "practices" / "five-things.md"
    text.write_text(text.read_text().replace("[rest", "And one more line.\n\n[rest", 1))
    house.shelf = Shelf(content)
    assert begin(seated) != path
    told = tapped(seated, path, "restless", 20.0)
    assert (told["changes"], told["is_spoken"], told["total_s"]) == (True, True, 180.0)
    assert "And one more line." not in json.dumps(told["cues"])


def test_what_is_audible_stays_so(seated: Client) -> None:
    path = begin(seated)
    sent(seated, f"{path}/audible", audible="bells")
    told = tapped(seated, path, "nothing", 20.0, revision=2)
    assert (told["audible"], told["revision"]) == ("bells", 3)


def test_a_full_disk_takes_no_answer_away(seated: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    path = begin(seated)
    with monkeypatch.context() as full:
        full.setattr("thaw.web.sealed._check_newest", _full)
        assert tapped(seated, path, "unreal", 20.0)["changes"]
        report = {"heard_s": 1.0, "at_s": 1.0, "how": "on"}
        assert sent(seated, f"{path}/heard", **report).status_code == 507


def _full(*_: object) -> None:
    raise FullError("store.full", "The disk is full.")


def test_a_session_that_is_locked_answers_no_tap(locked: Client) -> None:
    tap = {"tap": str(uuid4()), "kind": "stop", "at_s": 1.0, "revision": 1}
    assert sent(locked, "/sit/any/respond", **tap).status_code == 423
    assert sent(locked, "/sit/any/heard", heard_s=1, at_s=1, how="on").status_code == 423


def test_a_seat_is_told_apart_from_another_by_its_session(house: House, seated: Client) -> None:
    path = begin(seated)
    same_person = let_in(house, new_visitor())
    assert seat_in(house, same_person).person_id == seat_in(house, seated).person_id
    assert took(same_person, path, 1).status_code == 404
