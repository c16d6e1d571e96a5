"""A life in a few minutes: words put wherever words can be put, through a real server."""

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from tests.house.tree import ROOT
from tests.proof.canary import Canaries
from tests.proof.matrix import table
from tests.web.serving import Guest, Reply
from thaw.vault import recovery
from thaw.web.help.body import STEPS
from thaw.web.ids import new_id

JSON = {"Content-Type": "application/json"}
BOUNDARY = "thawthawthaw"

_FORM = re.compile(rb'name="csrf" content="([^"]+)"')
_VERSION = re.compile(rb'name="version" value="(\d+)"')
_ID = re.compile(rb'name="id" value="([^"]+)"')
_ADDRESS = re.compile(rb'value="http://localhost:\d+(/feed/([\w-]{43})\.ics)"')
_WORD = re.compile(r"<li>([a-z]+)</li>")
_ASKED = re.compile(r"Word (\d+)</label>")
_NAMED = re.compile(r'<(?:input|textarea|select|button)[^>]* name="(\w+)"')
_TEMPLATES = ROOT / "src" / "thaw" / "web" / "templates"

# What ends the life that is lived here; each is asked for by itself.
_BY_ITSELF = {"lock", "unlock"}


@dataclass
class Life:
    """Someone at a browser, and all they ever typed."""

    data: Path
    guest: Guest
    canaries: Canaries
    passphrase: str = ""
    code: str = ""
    bundles: list[bytes] = field(default_factory=list)

    def write_notes(self, count: int) -> None:
        """Keep notes with words in each of their fields, by script and by form."""
        for number in range(count):
            new = self.canaries.new
            tags = [new("a tag"), new("a tag")]
            note = {"version": 0, "text": f"so {new('text')} it was", "kind": "note", "tags": tags}
            if number % 3 == 1:
                note |= {"kind": "word", "word": new("word")}
            if number % 3 == 2:
                note |= {"kind": "colour", "colour": new("colour")}
            if number % 2:
                assert self.put(id_ := str(new_id()), note).status == 200
                assert (
                    self.put(id_, note | {"version": 1, "text": new("changed text")}).status == 200
                )
            else:
                form = note | {"tags": ", ".join(tags), "colour_own": new("own colour")}
                assert self.post(f"/write/notes/{new_id()}", form).status == 303

    def write_what_is_refused(self) -> None:
        """Send what cannot be kept."""
        new = self.canaries.new
        path = f"/write/notes/{new_id()}"
        for wrong in (
            {"version": "x", "text": new("text of no version")},
            {"version": 0, "text": new("text of a day that is none"), "day": new("day")},
            {"version": 0, "text": new("text of no kind"), "kind": new("kind")},
            {"version": 0, "text": f"{new('text with a null')}\0"},
            {"version": 0, "text": f"{new('text with half a character')}\ud800"},
            {"version": 0, "text": new("text"), "tags": [new("a tag of many") for _ in range(21)]},
            {"version": 0, "text": new("long text") + "x" * 2**20},
            {"version": 0, "text": new("text of a sitting"), "sitting": new("sitting")},
            {"version": 7, "text": new("text of a note that is not there")},
        ):
            assert self.put(str(new_id()), wrong).status in (404, 413, 422), wrong
            form = {name: _typed(value) for name, value in wrong.items()}
            assert self.post(path, form).status in (303, 404, 409, 413, 422), wrong
        broken = self.send("PUT", path, JSON, f'{{"text": "{new("broken JSON")}'.encode())
        assert broken.status == 422
        cross = {"X-CSRFToken": "", "Origin": "https://example.org"}
        assert (
            self.send("POST", path, cross, f"text={new('cross-site text')}".encode()).status == 403
        )

    def check_in(self) -> None:
        """Keep a check-in, and send words where only those of a list are taken."""
        new = self.canaries.new
        path = f"/check-in/{new_id()}"
        mark = {"region": "chest", "side": "front", "mark": "empty"}
        answers = {"version": 0, "felt": 1, "words": ["numb"], "marks": [mark]}
        raw = json.dumps(answers).encode()
        assert self.send("PUT", path, JSON, raw).status == 200
        assert self.post("/check-in", {"felt": 2, "unreal": "yes"}).status == 303
        for wrong in (
            {"felt": new("how much")},
            {"felt": 1, "below": new("what lies below")},
            {"pleasant": new("pleasant or not")},
            {"words": [new("a word of no list")]},
            {"words": [new("a word twice").lower().replace(" ", "-")]},
            {"marks": [mark | {"region": new("a place of no body")}]},
            {"felt": 1, "tag": new("a tag of the day")},
        ):
            raw = json.dumps({"version": 0} | wrong).encode()
            assert self.send("PUT", f"/check-in/{new_id()}", JSON, raw).status == 422, wrong
            form = {name: _typed(value) for name, value in wrong.items()}
            assert self.post("/check-in", form).status in (303, 422), wrong
        hidden = json.dumps({"hidden": [new("a part of no body")]}).encode()
        assert self.send("PUT", "/check-in/way", JSON, hidden).status == 422

    def sit_and_say(self) -> None:
        """Sit for a moment, write a line after it, and send words where only answers are taken."""
        new = self.canaries.new
        begun = self.post("/first", {"voice": "none"}).headers["location"]
        heard = json.dumps({"heard_s": 0.1, "at_s": 0.1, "how": "stopped"}).encode()
        answer = self.send(
            "POST", f"{begun}/heard", {**JSON, "Accept": JSON["Content-Type"]}, heard
        )
        after = json.loads(answer.body)["after"]
        line, note = new("line after a sitting"), str(new_id())
        said = {"felt": "further", "line": line, "note": note}
        assert self.post(after, said).status == 303
        assert self.post(after, said | {"line": new("another line")}).status == 422
        assert line.encode() in self.guest.get(f"/write/notes/{note}").body
        for name in ("felt", "kinds"):
            assert self.post(after, {name: new(f"{name} after a sitting")}).status == 422
        unknown = {"kinds": "low", "lasted": new("how long it lasted")}
        assert self.post(after, unknown).status == 422
        assert self.post(after, {"kinds": "low", "lasted": "hours"}).status == 303
        assert self.post("/after/steps", {"skip": new("a step")}).status == 422

    def meet_oneself(self) -> None:
        """Change a note in two tabs, choose, throw away and delete for good."""
        new, id_ = self.canaries.new, str(new_id())
        note = {"version": 0, "text": new("first text"), "kind": "note"}
        assert self.put(id_, note).status == 200
        assert self.put(id_, note | {"version": 1, "text": new("their text")}).status == 200
        late = note | {"version": 1, "text": new("late text")}
        assert self.put(id_, late).status == 409
        assert self.post(f"/write/notes/{id_}", late).status == 409
        for choice in ("both", "theirs", "yours"):
            chosen = {**late, "version": 2, "text": new(f"settled, {choice}"), "choice": choice}
            assert self.post(f"/write/notes/{id_}/settle", chosen).status == 303
        assert self.post(f"/write/notes/{id_}/trash", {}).status == 303
        assert self.post(f"/write/notes/{id_}/purge", {}).status == 303

    def prefer(self) -> None:
        """Set what every sitting begins with, wrong words and right ones; give a word to one."""
        new = self.canaries.new
        fields = ("id", "version", "voice", "pace", "avoid", "silence", "anchor", "posture", "left")
        wrong = {name: new(f"{name} of preferences") for name in fields}
        assert self.post("/me/preferences", wrong).status == 422
        right = {"id": str(new_id()), "version": "0", "voice": "none", "avoid": "chest"}
        assert self.post("/me/preferences", right).status == 303
        begun = {"minutes": "3", "asked-being": new("word that is asked for")}
        assert self.post("/library/five-things/sit", begun).status == 303

    def do_a_course(self) -> None:
        """Write on a day of a course and keep a word; send what is refused, and take one back."""
        new, path = self.canaries.new, "/course/out-of-numbness/2"
        text = new("text of a day")
        note = str(new_id())
        assert self.post(path, {"how": "written", "text": text, "note": note}).status == 303
        assert text.encode() in self.guest.get(f"/write/notes/{note}").body
        for how in ("paper", new("how a day was done")):
            assert (
                self.post(path, {"how": how, "text": new("text of a day, refused")}).status == 422
            )
        assert self.post(f"{path}/back", {"how": new("how it is taken back")}).status == 303
        assert self.post(path, {"how": "paper"}).status == 303
        picked = {"scene": "late-bus", "picked": new("a word that is picked")}
        assert self.post("/words/practice", picked).status == 422
        kept = {"scene": "late-bus", "picked": "none", "word": new("a word to keep")}
        assert self.post("/words/practice/keep", kept).status == 303

    def keep_own_help(self) -> None:
        """Keep a person, words and a plan for Help now; then others, and what is refused."""
        new, path = self.canaries.new, "/help/mine/edit"
        fields = ("name", "line", *(step.name for step in STEPS))
        for _ in range(2):
            typed = {name: new(f"{name} of own help") for name in fields}
            known = _VERSION.search(self.guest.get(path).body)
            assert known
            form = {**typed, "version": known[1].decode(), "number": "+49 30 123", "country": "de"}
            assert self.post(path, form).status == 303
            late = {**form, "version": "999", "line": new("line, late")}
            assert self.post(path, late).status == 409
            assert self.post(path, {**form, "number": new("number")}).status == 422
        assert self.post("/help/country", {"country": new("country")}).status == 422
        unread = {"part": "person", "read": new("not read")}
        assert self.post("/help/mine/locked", unread).status == 422
        assert typed["name"].encode() in self.guest.get("/help/mine").body

    def plan_days(self) -> None:
        """Plan something in words, let a calendar say some, and send words where none belong."""
        new = self.canaries.new
        page = self.guest.get("/days").body
        if b'name="version"' not in page:
            page = self.guest.get("/days/change").body
        known = {name: found[1].decode() for name, found in _place_in(page)}
        names = ("at", "anchor", "own", "quiet_from", "day_ends", "zone", "minutes", "what")
        wrong = {name: new(f"{name} of the plan of days") for name in names}
        assert self.post("/days/change", known | wrong).status == 422
        words = {"anchor": new("what a plan comes after"), "own": new("what is planned")}
        when = {"at": "20:15", "minutes": "4", "weekdays": "2", "zone": "Europe/Berlin"}
        assert self.post("/days/change", {**known, **when, **words}).status == 303
        assert words["anchor"].encode() in self.guest.get("/days").body
        told = {"do": "say", "words": new("what a calendar says")}
        assert self.post("/days/calendar", told).status == 422
        assert self.post("/days/calendar", {"do": "make"}).status == 303
        assert self.post("/days/calendar", told | {"read": "yes"}).status == 303
        found = _ADDRESS.search(self.guest.get("/days/calendar").body)
        assert found
        self.canaries.secrets[f"address of a calendar {len(self.canaries.secrets)}"] = found[2]
        assert told["words"].encode() in self.guest.get(found[1].decode()).body

    def look_for(self) -> None:
        """Look for words that are there, and for words that are not."""
        there = next(word for word, place in self.canaries.words.items() if place == "text")
        assert b"<mark>" in self.post("/write/search", {"words": there}).body
        assert (
            b"<mark>" not in self.post("/write/search", {"words": self.canaries.new("search")}).body
        )
        more = {
            "words": self.canaries.new("search"),
            "before": self.canaries.new("place of a search"),
        }
        assert self.post("/write/search", more).status in (200, 404)
        for phrase in ("nothing is fun", "I want to die"):
            typed = f"{phrase} {self.canaries.new('what one feels')}"
            assert b"Nearest to it" in self.post("/find", {"words": typed}).body
        for path in ("/write", "/write/list", "/write/calendar", "/write/trash", "/me/privacy"):
            assert self.guest.get(path).status == 200

    def break_down(self) -> None:
        """Let what nobody foresaw happen while words are at hand."""
        new = self.canaries.new
        for broken in ("write_note", "people_person", "people_session"):
            note = {"version": 0, "text": new("text as it broke"), "word": new("word as it broke")}
            told = {**JSON, "X-Break": broken}
            path = f"/write/notes/{new_id()}"
            assert self.send("PUT", path, told, json.dumps(note).encode()).status == 500
            for where, fields in (
                (path, note),
                ("/write/search", {"words": new("search as it broke")}),
                ("/find", {"words": new("what one feels as it broke")}),
                ("/me/privacy/passphrase", {"new": new("new as it broke"), "again": "x"}),
            ):
                answer = self.post(where, fields, {"X-Break": broken})
                assert answer.status in (200, 422, 500), (where, answer.status)

    def fill_every_form(self) -> None:
        """Put a word into every field that any form has, at every address that takes forms."""
        for route, methods in table().items():
            if route in _BY_ITSELF or methods["POST"]["own"] == 405:
                continue
            path = "/" + re.sub(r"<[^>]+:note>", str(new_id()), route)
            path = re.sub(r"<\w+:practice>", "five-things", path)
            path = re.sub(r"<[^>]+>", "none", path)
            fields = {name: self.canaries.new(f"{name} at {route}") for name in every_field()}
            assert self.post(path, fields).status < 500, route
            assert self.send("POST", path, _multipart(), _in_parts(fields)).status < 500, route

    def set_passphrase(self) -> None:
        """Set a first passphrase, with its recovery code."""
        self.passphrase = self.canaries.new("first passphrase")
        chosen = {"new": self.passphrase, "again": self.passphrase}
        assert self.post("/me/privacy/passphrase", chosen).status == 303
        self._keep_code("/me/privacy/code", "/me/privacy/words")

    def change_keys(self) -> None:
        """Change the passphrase and the recovery code, after wrong ones."""
        new = self.canaries.new
        before, self.passphrase = self.passphrase, new("second passphrase")
        wrong = {"passphrase": new("wrong passphrase"), "new": self.passphrase}
        assert self.post("/me/privacy/passphrase", wrong | {"again": self.passphrase}).status == 422
        right = {"passphrase": before, "new": self.passphrase, "again": self.passphrase}
        assert self.post("/me/privacy/passphrase", right).status == 303
        assert self.post("/me/privacy/code", {"passphrase": self.passphrase}).status == 303
        self._keep_code("/me/privacy/code", "/me/privacy/words")

    def lock(self) -> None:
        """Lock, and try what is locked."""
        new = self.canaries.new
        assert self.post("/lock", {}).headers["location"] == "/unlock"
        path = f"/write/notes/{new_id()}"
        assert (
            self.put(path.rpartition("/")[2], {"version": 0, "text": new("text, locked")}).status
            == 423
        )
        assert self.post(path, {"version": "0", "text": new("text, locked")}).status == 423
        assert self.post("/write/search", {"words": new("search, locked")}).status == 423
        assert self.post("/unlock", {"passphrase": new("wrong passphrase")}).status == 422
        assert (
            self.post("/unlock", {"code": " ".join(new("wrong code") for _ in range(12))}).status
            == 422
        )

    def unlock(self, **by: str) -> None:
        """Unlock by ``passphrase`` or ``code``."""
        answer = self.post("/unlock", by)
        assert answer.status == 303, answer.body
        self._note_secrets()

    def take_along(self) -> None:
        """Make a backup in the page."""
        made = self.post("/me/take/backup", {})
        if made.status == 303:
            assert self.post("/me/take/code", {}).status == 303
            self._keep_code("/me/take/code", "/me/take/words")
            made = self.post("/me/take/backup", {})
        assert made.status == 200
        self.bundles.append(made.body)

    def take_in(self) -> None:
        """Export, and take in what was exported, with other words in it."""
        exported = self.post("/me/take/export", {})
        assert exported.status == 200
        new = self.canaries.new("text of an import")
        there = next(word for word, place in self.canaries.words.items() if place == "changed text")
        changed = repacked(exported.body, there.encode(), new.encode())
        answer = self.send("POST", "/me/take/import", _multipart(), _in_parts({}, changed))
        assert answer.status == 200, answer.body

    def erase(self) -> None:
        """Erase everything."""
        assert self.post("/me/erase", {"words": self.canaries.new("not meant")}).status == 422
        assert self.post("/me/erase", {"words": "erase everything"}).status == 200

    def put(self, note: str, body: Mapping[str, object]) -> Reply:
        """Send a note as the island does."""
        raw = json.dumps(body, ensure_ascii=True).encode()
        return self.send("PUT", f"/write/notes/{note}", JSON, raw)

    def post(
        self, path: str, fields: Mapping[str, object], headers: Mapping[str, str] | None = None
    ) -> Reply:
        """Send a form."""
        told = {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
        return self.send("POST", path, told, urlencode(dict(fields)).encode())

    def send(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """Send something as a page of ours would, but for what ``headers`` say otherwise."""
        token = _FORM.search(self.guest.get("/help").body)
        assert token
        ours = {"Origin": f"http://localhost:{self.guest.port}", "X-CSRFToken": token[1].decode()}
        answer = self.guest.ask(method, path, {**ours, **headers}, body)
        self._note_secrets()
        return answer

    def _keep_code(self, shown: str, asked: str) -> None:
        words = _WORD.findall(self.guest.get(shown).body.decode())
        assert len(words) == recovery.WORDS, words
        self.code = " ".join(words)
        self.canaries.secrets[f"recovery code {len(self.canaries.secrets)}"] = self.code.encode()
        places = [int(place) for place in _ASKED.findall(self.guest.get(asked).body.decode())]
        typed = dict(zip(("first", "second"), (words[place - 1] for place in places), strict=True))
        assert self.post(asked, typed).status == 303
        self._note_secrets()

    def _note_secrets(self) -> None:
        for name, value in self.guest.cookies.items():
            self.canaries.secrets[f"cookie {name} {value[:4]}"] = value.encode()


def _place_in(page: bytes) -> Iterator[tuple[str, re.Match[bytes]]]:
    """Yield which row a form was made from."""
    for name, pattern in (("id", _ID), ("version", _VERSION)):
        found = pattern.search(page)
        assert found, name
        yield name, found


def every_field() -> set[str]:
    """Return the name of every field of every form."""
    pages = [page.read_text(encoding="utf-8") for page in _TEMPLATES.rglob("*.html")]
    return {name for page in pages for name in _NAMED.findall(page)} - {"replace"}


def repacked(packed: bytes, old: bytes, new: bytes) -> bytes:
    """Return a zip in which some words are others."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as before, zipfile.ZipFile(out, "w") as after:
        for told in before.infolist():
            after.writestr(told, before.read(told).replace(old, new))
    return out.getvalue()


def _typed(value: object) -> str:
    """Return a value as a form's field; a browser sends no half characters."""
    return str(value).encode("utf-8", "replace").decode()


def _multipart() -> dict[str, str]:
    return {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}


def _in_parts(fields: Mapping[str, str], file: bytes = b"") -> bytes:
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n'
    return b"".join(parts) + head.encode() + file + f"\r\n--{BOUNDARY}--\r\n".encode()
