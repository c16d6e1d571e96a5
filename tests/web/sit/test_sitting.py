"""A sitting's page, its words, and what a player can ask of it."""

import json
import re

import pytest
from django.test import Client

from tests.web.conftest import let_in, new_visitor, until
from thaw.web.house import House

JSON = "application/json"


def begin(seated: Client, **choices: str) -> str:
    fields = {"voice": "none", "minutes": "3", "seed": "1", **choices}
    return str(seated.post("/library/five-things/sit", fields)["Location"])


def body_of(said: object) -> str | bytes:
    return said if isinstance(said, str | bytes) else json.dumps(said)


def told(seated: Client, path: str, said: object) -> dict[str, object]:
    answer = seated.post(path, body_of(said), JSON)
    assert answer.status_code == 200, answer.content
    shape: dict[str, object] = json.loads(answer.content)
    return shape


def test_the_page_holds_what_the_player_needs(seated: Client) -> None:
    path = begin(seated)
    sitting = seated.get(path).context["sitting"]
    name = path.removeprefix("/sit/")
    assert (sitting.id, sitting.revision, sitting.total_s) == (name, 1, 180.0)
    assert sitting.sources == [
        {"src": f"/audio/{name}/1.mp4", "type": "audio/mp4; codecs=opus"},
        {"src": f"/audio/{name}/1.mp3", "type": "audio/mpeg"},
    ]
    assert (sitting.captions_url, sitting.transcript_url) == (f"{path}/1.vtt", f"{path}/1.txt")
    assert {download.ext for download in sitting.downloads} == {"mp3", "mp4", "opus", "wav"}
    assert all(download.url.endswith("?download=1") for download in sitting.downloads)
    assert (sitting.audible, sitting.is_words) == ("all", True)
    assert 0 < sitting.closing_s < 180
    assert sitting.drawing.words.startswith("3 minutes")


def test_cues_are_the_lines_in_order_without_marks(seated: Client) -> None:
    cues = seated.get(begin(seated)).context["sitting"].cues
    times = [second for cue in cues for second in (cue["start_s"], cue["end_s"])]
    assert times == sorted(times)
    assert all(cue["text"] and "*" not in cue["text"] and cue["section"] for cue in cues)


def test_nothing_of_the_page_names_the_practice_outside_thaw(seated: Client) -> None:
    page = seated.get(begin(seated)).content.decode()
    found = re.search(r"<title>(.*?)</title>", page)
    assert found
    assert found[1] == "A quiet minute"


def test_captions_and_transcript_are_text_for_oneself_alone(seated: Client) -> None:
    path = begin(seated)
    captions, words = seated.get(f"{path}/1.vtt"), seated.get(f"{path}/1.txt")
    assert captions["Content-Type"] == "text/vtt; charset=utf-8"
    assert captions.content.startswith(b"WEBVTT")
    assert words["Content-Type"] == "text/plain; charset=utf-8"
    assert b"You can stop" in words.content or b"stop whenever" in words.content
    for answer in (captions, words):
        assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "path", ["", "/1.vtt", "/1.txt", "/2.vtt", "/0.txt", "/99999999999999999999.vtt"]
)
def test_another_browser_finds_nothing(house: House, seated: Client, path: str) -> None:
    sitting = begin(seated)
    stranger = let_in(house, new_visitor())
    for client in (stranger, let_in(house, new_visitor())):
        answer = client.get(f"{sitting}{path}")
        assert answer.status_code == 404
        assert b"five" not in answer.content.lower().replace(b"five things that you", b"")
    for action in ("end", "close", "audible"):
        assert stranger.post(
            f"{sitting}/{action}", body_of({"at_s": 1, "audible": "all"}), JSON
        ).status_code == (404)
    assert seated.get(sitting).context["sitting"].revision == 1


def test_ending_gently_leads_into_the_close(seated: Client) -> None:
    path = begin(seated)
    before = seated.get(path).context["sitting"]
    after = told(seated, f"{path}/end", {"at_s": 20.0})
    assert after["revision"] == 2
    assert isinstance(after["total_s"], float)
    assert isinstance(after["switch_s"], float)
    assert 20.0 <= after["switch_s"] < after["total_s"] < before.total_s
    assert after["switch_s"] <= float(str(after["closing_s"]))
    assert after["sources"] == [
        {"src": f"/audio/{before.id}/2.mp4", "type": "audio/mp4; codecs=opus"},
        {"src": f"/audio/{before.id}/2.mp3", "type": "audio/mpeg"},
    ]
    assert after["captions_url"] == f"{path}/2.vtt"
    assert set(after) == {
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
    assert seated.get(path).context["sitting"].revision == 2
    assert seated.get(f"{path}/1.vtt").status_code == 200


def test_ending_twice_is_ending_once(seated: Client) -> None:
    path = begin(seated)
    first = told(seated, f"{path}/end", {"at_s": 20.0})
    again = told(seated, f"{path}/end", {"at_s": float(str(first["closing_s"])) + 1})
    assert (again["revision"], again["total_s"]) == (first["revision"], first["total_s"])


def test_ending_after_the_end_changes_nothing(seated: Client) -> None:
    path = begin(seated)
    assert told(seated, f"{path}/end", {"at_s": 7000})["revision"] == 1


def test_the_close_alone_begins_at_once(seated: Client) -> None:
    path = begin(seated)
    close = told(seated, f"{path}/close", {})
    assert (close["switch_s"], close["closing_s"]) == (0.0, 0.0)
    assert isinstance(close["total_s"], float)
    assert 0 < close["total_s"] < 120
    assert told(seated, f"{path}/close", {})["revision"] == close["revision"]


@pytest.mark.parametrize("audible", ["bells", "nothing"])
def test_what_is_heard_can_be_chosen_without_changing_the_length(
    seated: Client, audible: str
) -> None:
    path = begin(seated)
    now = told(seated, f"{path}/audible", {"audible": audible})
    assert (now["audible"], now["revision"], now["total_s"]) == (audible, 2, 180.0)
    assert told(seated, f"{path}/audible", {"audible": "all"})["revision"] == 3
    ended = told(seated, f"{path}/end", {"at_s": 20})
    assert ended["audible"] == "all"


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("end", {}),
        ("end", {"at_s": "soon"}),
        ("end", {"at_s": -1}),
        ("end", {"at_s": 7201}),
        ("end", {"at_s": None}),
        ("end", {"at_s": [1, 2]}),
        ("end", '{"at_s": NaN}'),
        ("end", '{"at_s": Infinity}'),
        ("end", "not json"),
        ("end", "[1]"),
        ("end", b"\xff\xfe"),
        ("end", "[" * 20_000),
        ("audible", {}),
        ("audible", {"audible": "everything"}),
        ("audible", {"audible": ["all"]}),
        ("audible", "{"),
    ],
)
def test_what_makes_no_sense_is_a_sentence(seated: Client, action: str, said: object) -> None:
    path = begin(seated)
    answer = seated.post(f"{path}/{action}", body_of(said), JSON)
    assert answer.status_code == 422, answer.content
    error = json.loads(answer.content)["error"]
    assert error["code"] == "choice.unknown"
    assert error["message"].endswith(".")
    assert seated.get(path).context["sitting"].revision == 1


def test_a_body_that_is_too_large_is_refused(seated: Client) -> None:
    assert seated.post(f"{begin(seated)}/end", body_of(" " * 5 * 2**20), JSON).status_code == 400


@pytest.mark.parametrize(
    ("action", "fields"),
    [("end", {"at_s": "20"}), ("close", {}), ("audible", {"audible": "bells"})],
)
def test_without_a_script_a_form_leads_back_to_the_page(
    seated: Client, action: str, fields: dict[str, str]
) -> None:
    path = begin(seated)
    answer = seated.post(f"{path}/{action}", fields)
    assert (answer.status_code, answer["Location"]) == (303, path)
    assert seated.get(path).context["sitting"].revision == 2


def test_sound_is_not_for_the_pages_to_answer(seated: Client) -> None:
    name = begin(seated).removeprefix("/sit/")
    assert seated.get(f"/audio/{name}/1.mp4").status_code == 404
    assert seated.get("/voices/flite-slt/sample.mp4").status_code == 404


def test_a_voiced_sitting_is_no_sitting_of_words(seated: Client) -> None:
    choices = {"voice": "flite-slt", "minutes": "3", "seed": "1"}
    seated.post("/library/five-things/voicing", choices)
    url = "/library/five-things/voicing"
    until(lambda: seated.get(url, choices).json(), lambda told: told["ready"])
    assert not seated.get(begin(seated, voice="flite-slt")).context["sitting"].is_words
