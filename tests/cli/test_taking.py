"""``thaw backup``, ``restore``, ``export``, ``import``: beside a Thaw that runs, or alone."""

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import click
import pytest

from tests.cli.conftest import Thaw
from tests.web.conftest import own_database  # noqa: F401 - a fixture.
from tests.web.take.conftest import Home, texts, write
from tests.web.take.conftest import home as home_folder  # noqa: F401 - a fixture.
from thaw.cli import asking
from thaw.exchange.opening import open_with_code, read_head
from thaw.units import InputError
from thaw.vault.keys import next_data_key
from thaw.vault.recovery import new_code, parse
from thaw.vault.stretch import Cost
from thaw.web.folder import open_folder
from thaw.web.people import keyring

PASSPHRASE = "quiet water under an old bridge"
CODE = new_code()


@pytest.fixture
def home(home_folder: Home) -> Home:  # noqa: F811 - the fixture of that name.
    """A folder with a note in it, not open."""
    write(home_folder.seat, "words")
    home_folder.close()
    return home_folder


def lock(home: Home) -> None:
    """Let ``PASSPHRASE`` and ``CODE`` open it."""
    home.open()
    seat = home.seat
    assert seat.key
    new = next_data_key(seat.key)
    wrap = keyring.wrapped(new, PASSPHRASE, seat.person_id, Cost.OWN)
    keyring.set_passphrase(seat.person_id, seat.key, new, wrap, CODE, data=home.data)
    home.close()


def words_in(home: Home) -> list[str]:
    home.open()
    found = texts(home.seat)
    home.close()
    return found


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Return a function that says what a person will answer, and what they were asked."""

    def answer(reply: Callable[[str, str], str]) -> list[str]:
        asked: list[str] = []

        def prompt(question: str, **_: object) -> str:
            asked.append(question)
            return reply(question, "\n".join(shown))

        shown: list[str] = []
        real = click.echo

        def echo(text: str = "", *, err: bool = False) -> None:
            shown.append(text)
            real(text, err=err)

        monkeypatch.setattr(asking, "is_terminal", lambda: True)
        monkeypatch.setattr("thaw.cli.backup.is_terminal", lambda: True)
        monkeypatch.setattr(click, "prompt", prompt)
        monkeypatch.setattr(click, "echo", echo)
        return asked

    return answer


def from_paper(question: str, shown: str) -> str:
    """Answer with the word that was shown at the place asked for."""
    if not question.startswith("Word"):
        return ""
    place = int(question.removeprefix("Word "))
    lines = [line for line in shown.splitlines() if line.strip().startswith(f"{place}  ")]
    return lines[-1].split()[1]


def test_a_backup_without_a_passphrase_shows_a_code_and_asks_two_words_back(
    home: Home, thaw: Thaw, tmp_path: Path, typed: Callable[..., list[str]]
) -> None:
    asked = typed(from_paper)
    done = thaw("backup", tmp_path / "one.bin")
    assert (done.code, len(asked)) == (0, 3)
    assert "1 entry" in done.out
    assert "opened again and is whole" in done.out
    code = parse(
        " ".join(line.split()[1] for line in done.err.splitlines() if line[:4].strip().isdigit())
    )
    with (tmp_path / "one.bin").open("rb") as file:
        open_with_code(read_head(file), code)
    again = thaw("backup", tmp_path / "two.bin")
    assert (again.code, len(asked)) == (0, 3)
    with (tmp_path / "two.bin").open("rb") as file:
        open_with_code(read_head(file), code)
    assert thaw("backup", tmp_path / "three.bin", "--new-code").code == 0
    assert len(asked) == 6
    assert home.data.exists()


def test_words_that_are_not_on_the_paper_make_no_backup(
    home: Home, thaw: Thaw, tmp_path: Path, typed: Callable[..., list[str]]
) -> None:
    asked = typed(lambda *_: "zebra")
    done = thaw("backup", tmp_path / "one.bin")
    assert (done.code, len(asked)) == (2, 7)
    assert not (tmp_path / "one.bin").exists()
    assert home.data.exists()


def test_without_a_terminal_it_names_the_option_that_helps(
    home: Home, thaw_process: Thaw, tmp_path: Path
) -> None:
    done = thaw_process("backup", tmp_path / "one.bin")
    assert done.code == 2
    assert "--code-to" in done.err
    lock(home)
    for command in ("backup", "export"):
        done = thaw_process(command, tmp_path / "one")
        assert done.code == 2
        assert "--passphrase-from" in done.err
    assert not (tmp_path / "one").exists()


def test_a_code_can_be_written_into_a_file_and_restores_an_empty_machine(
    home: Home, thaw: Thaw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = thaw("backup", tmp_path / "one.bin", "--code-to", tmp_path / "code")
    assert done.code == 0, done.err
    if sys.platform != "win32":
        assert (tmp_path / "code").stat().st_mode & 0o777 == 0o600
        assert (tmp_path / "one.bin").stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("THAW_DATA", str(tmp_path / "new"))
    done = thaw("restore", tmp_path / "one.bin", "--code-from", tmp_path / "code")
    assert (done.code, done.out) == (0, "1 entry is back. Start Thaw with the command thaw.\n")
    home.data = tmp_path / "new"
    assert words_in(home) == ["words"]


def test_a_file_that_is_there_is_not_written_over_unasked(
    home: Home, thaw: Thaw, tmp_path: Path
) -> None:
    (tmp_path / "one.bin").write_text("mine")
    (tmp_path / "code").write_text("mine")
    assert thaw("backup", tmp_path / "one.bin", "--code-to", tmp_path / "code").code == 2
    done = thaw("backup", tmp_path / "one.bin", "--code-to", tmp_path / "code2")
    assert done.code == 2
    assert "--overwrite" in done.err
    assert (tmp_path / "one.bin").read_text() == "mine"
    assert thaw("backup", tmp_path / "one.bin", "--overwrite").code == 0
    assert (tmp_path / "one.bin").read_bytes().startswith(b"thaw backup\n")
    assert not [path for path in tmp_path.iterdir() if path.suffix == ".part"]
    assert home.data.exists()


def test_locked_it_asks_for_the_passphrase_or_the_code(
    home: Home, thaw: Thaw, tmp_path: Path, typed: Callable[..., list[str]]
) -> None:
    lock(home)
    answers = {"Recovery code": " ".join(CODE.words)}
    asked = typed(lambda question, _: answers.get(question, ""))
    assert thaw("export", tmp_path / "one").code == 0
    assert len(asked) == 2
    (tmp_path / "words").write_text(PASSPHRASE + "\n")
    done = thaw("backup", tmp_path / "one.bin", "--passphrase-from", tmp_path / "words")
    assert (done.code, done.err) == (0, "")
    assert "your passphrase or the recovery code" in done.out
    (tmp_path / "words").write_text("something else")
    done = thaw("backup", tmp_path / "two.bin", "--passphrase-from", tmp_path / "words")
    assert done.code == 2
    done = thaw("backup", tmp_path / "two.bin", "--new-code", "--code-from", tmp_path / "words")
    assert done.code == 2
    assert not (tmp_path / "two.bin").exists()


def test_with_a_passphrase_a_new_code_is_made_in_the_page(
    home: Home, thaw: Thaw, tmp_path: Path
) -> None:
    lock(home)
    (tmp_path / "code").write_text(" ".join(CODE.words))
    done = thaw("backup", tmp_path / "one.bin", "--new-code", "--code-from", tmp_path / "code")
    assert done.code == 2
    assert "Privacy" in done.err


def test_a_restore_by_passphrase_over_something_needs_replace(
    home: Home, thaw: Thaw, tmp_path: Path
) -> None:
    lock(home)
    (tmp_path / "words").write_text(PASSPHRASE)
    source = ("--passphrase-from", tmp_path / "words")
    assert thaw("backup", tmp_path / "one.bin", *source).code == 0
    done = thaw("restore", tmp_path / "one.bin", *source)
    assert done.code == 2
    assert "--replace" in done.err
    done = thaw("restore", tmp_path / "one.bin", "--replace", *source)
    assert done.code == 0, done.err
    assert "What was here before lies in" in done.out


def test_beside_a_thaw_that_runs_backup_and_export_work_and_restore_says_to_end_it(
    home: Home, thaw: Thaw, thaw_process: Thaw, tmp_path: Path
) -> None:
    assert thaw("backup", tmp_path / "one.bin", "--code-to", tmp_path / "code").code == 0
    with closing(open_folder(home.data)):
        assert thaw_process("backup", tmp_path / "two.bin").code == 0
        assert thaw_process("export", tmp_path / "copy").code == 0
        assert thaw_process("import", tmp_path / "copy").code == 0
        done = thaw_process("restore", tmp_path / "one.bin", "--code-from", tmp_path / "code")
        assert done.code == 78
        assert "End it there" in done.err


def test_an_export_is_read_without_us_and_taken_in_elsewhere(
    home: Home, thaw: Thaw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = thaw("export", tmp_path / "copy")
    assert "1 entry" in done.out
    assert "open to whoever" in done.out
    assert thaw("export", tmp_path / "copy").code == 2
    monkeypatch.setenv("THAW_DATA", str(tmp_path / "new"))
    assert thaw("import", tmp_path / "copy").out.startswith("1 new, 0 here already")
    assert thaw("import", tmp_path / "copy").out.startswith("0 new, 1 here already")
    home.data = tmp_path / "new"
    assert words_in(home) == ["words"]


@pytest.mark.parametrize("command", ["restore", "import"])
def test_what_is_not_there_or_not_ours_is_said_to_be_so(
    home: Home, thaw: Thaw, tmp_path: Path, command: str
) -> None:
    assert thaw(command, tmp_path / "nowhere").code == 2
    (tmp_path / "other").write_bytes(b"something else")
    done = thaw(command, tmp_path / "other")
    assert done.code == 2
    assert done.err.count("\n") == 1
    assert words_in(home) == ["words"]


def test_what_is_damaged_is_named_by_every_command(home: Home, thaw: Thaw, tmp_path: Path) -> None:
    from django.db import connection

    home.open()
    write(home.seat, "lost")
    write(home.seat, "worse")
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM write_note ORDER BY id")
        _, lost, worse = (row[0] for row in cursor.fetchall())
        cursor.execute("UPDATE write_note SET body = x'0102' WHERE id = %s", [lost])
        cursor.execute("UPDATE write_note SET day = 'never' WHERE id = %s", [worse])
    home.close()
    done = thaw("backup", tmp_path / "one.bin", "--code-to", tmp_path / "code")
    assert "can no longer be read" in done.err
    assert "not in the backup" in done.err
    done = thaw("export", tmp_path / "copy")
    assert done.err.count("damaged") == 2


def test_words_come_from_standard_input_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("a few words\n"))
    assert asking.Words(passphrase_from=Path("-")).given() == ("a few words", "")
    for name, content in [("nowhere", None), ("bytes", b"\xff\xfe")]:
        if content:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(InputError) as refusal:
            asking.Words(code_from=tmp_path / name).given()
        assert refusal.value.code == "file.not_read"


@pytest.fixture(autouse=True)
def _no_folder_stays_open() -> Iterator[None]:
    yield
    from thaw.web.folder import the_folder

    assert the_folder() is None
