"""Two tabs at a real server: what was acknowledged is there at the end, in the note or beside."""

import json
import re
import threading
from collections.abc import Callable
from urllib.parse import urlencode
from uuid import UUID

from tests.web.conftest import new_visitor
from tests.web.serving import Guest, Reply, serving
from tests.web.write.notes import DAY
from thaw.web.house import House
from thaw.web.ids import new_id
from thaw.web.write.body import MOST_TEXT
from thaw.web.write.models import Note

ROUNDS = 200


class Tab:
    """A page that has a note open, and saves it as its island does."""

    def __init__(self, guest: Guest, note: UUID) -> None:
        self._guest, self._note = guest, note
        page = guest.get("/write")
        found = re.search(rb'name="csrf" content="([^"]+)"', page.body)
        assert found, page.status
        self._headers = {
            "X-CSRFToken": found[1].decode(),
            "Origin": f"http://localhost:{guest.port}",
        }
        self.version = 0

    def save(self, text: str) -> Reply:
        body = {"version": self.version, "text": text, "kind": "note", "day": DAY.isoformat()}
        reply = self._send("PUT", "", "application/json", json.dumps(body))
        if reply.status == 200:
            self.version = json.loads(reply.body)["version"]
        return reply

    def settle(self, choice: str, text: str, version: int) -> Reply:
        """End a conflict as a person does who pressed that button."""
        fields = {"choice": choice, "text": text, "version": str(version), "kind": "note"}
        fields |= {"other": str(new_id()), "day": DAY.isoformat()}
        return self._send("POST", "/settle", "application/x-www-form-urlencoded", urlencode(fields))

    def _send(self, method: str, path: str, kind: str, body: str) -> Reply:
        headers = self._headers | {"Content-Type": kind}
        return self._guest.ask(method, f"/write/notes/{self._note}{path}", headers, body.encode())


def write_rounds(
    tab: Tab, name: str, meet: Callable[[], object], kept: list[str], late: list[int]
) -> None:
    """Add a word in each round; where it comes too late, take both texts together."""
    text = "begun"
    for round_ in range(ROUNDS):
        meet()  # Both write at the same moment.
        word = f"{name}{round_}"
        wanted = f"{text} {word}"
        while (reply := tab.save(wanted)).status == 409:
            late.append(round_)
            told = json.loads(reply.body)
            assert told["yours"] == wanted
            wanted, tab.version = f"{told['theirs']} {word}", told["version"]
        assert reply.status == 200, reply.body
        text = wanted
        kept.append(word)


def test_two_tabs_lose_no_acknowledged_word_in_200_rounds(house: House) -> None:
    note = new_id()
    with serving(house) as guest:
        guest.come_in(house)
        tabs = {name: Tab(guest, note) for name in ("a", "b")}
        assert tabs["a"].save("begun").status == 200
        tabs["b"].version = 1
        barrier = threading.Barrier(2, timeout=60)
        kept: dict[str, list[str]] = {"a": [], "b": []}
        late: list[int] = []
        writers = [
            threading.Thread(target=write_rounds, args=(tab, name, barrier.wait, kept[name], late))
            for name, tab in tabs.items()
        ]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        page = guest.get(f"/write/notes/{note}").body.decode()
    assert [len(each) for each in kept.values()] == [ROUNDS, ROUNDS]
    words = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    assert words
    assert sorted(words[1].split()) == sorted(["begun", *kept["a"], *kept["b"]])
    assert late, "They never met; this proves nothing."


def test_two_tabs_that_choose_lose_neither_text(house: House) -> None:
    note = new_id()
    with serving(house) as guest:
        guest.come_in(house)
        one, other = Tab(guest, note), Tab(guest, note)
        assert one.save("begun").status == 200
        for round_, choice in enumerate(("yours", "theirs", "both") * 4):
            other.version = one.version
            assert one.save(f"one {round_}").status == 200
            told = json.loads(other.save(f"other {round_}").body)
            reply = other.settle(choice, f"other {round_}", told["version"])
            assert reply.status == 303, reply.body
            one.version = Note.objects.get(id=note).version
        listed = guest.get("/write/list").body + guest.get("/write/trash").body
    # What was not chosen is there; what was written over by its own writer is not.
    for round_ in range(12):
        assert f"other {round_}".encode() in listed or round_ % 3 == 0
        assert f"one {round_}".encode() in listed or round_ % 3 != 0
    assert Note.objects.count() == 1 + 12


def test_the_largest_note_passes_the_gate_and_a_larger_one_is_told(house: House) -> None:
    with serving(house) as guest:
        tab = Tab(guest.come_in(house), new_id())
        assert tab.save("é\n" * (MOST_TEXT // 3)).status == 200
        for text in ("x" * (MOST_TEXT + 1), "x" * 2 * MOST_TEXT):
            reply = tab.save(text)
            assert (reply.status, json.loads(reply.body)["error"]["code"]) == (413, "note.too_long")
        assert tab.save("x" * 5 * MOST_TEXT).status == 413
    assert new_visitor().get("/write").status_code == 401


def test_what_is_found_comes_as_it_is_found(house: House) -> None:
    with serving(house) as guest:
        tab = Tab(guest.come_in(house), new_id())
        tab.save("a quincunx of stones")
        reply = guest.post("/write/search", {"words": "Quincunx"})
    assert reply.status == 200
    assert reply.headers.get("transfer-encoding") == "chunked"
    assert b"<mark>quincunx</mark>" in reply.body
    assert reply.body.rstrip().endswith(b"</html>")
