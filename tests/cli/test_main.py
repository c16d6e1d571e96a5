"""How the command ends: exit codes, one sentence, never a traceback."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import click
import pytest

from tests.cli.conftest import Thaw
from thaw.cli.folders import data_folder
from thaw.cli.main import cli, run
from thaw.units import OutsideError, PracticeError, Problem, SettingError, ThawError

COMMAND = Path(sys.executable).parent / "thaw"


@pytest.fixture
def failing(request: pytest.FixtureRequest) -> Callable[[BaseException], str]:
    """Return a function that adds a command which ends with an error, for this test."""

    def add(error: BaseException) -> str:
        @click.command()
        def falter() -> NoReturn:
            raise error

        cli.add_command(falter)
        request.addfinalizer(lambda: cli.commands.pop("falter"))
        return "falter"

    return add


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (SettingError("setting.example", "Mend the setting."), 78),
        (OutsideError("voice.example", "The voice is gone."), 1),
    ],
)
def test_each_error_is_one_sentence_with_its_exit_code(
    thaw: Thaw, failing: Callable[[BaseException], str], error: ThawError, code: int
) -> None:
    ended = thaw(failing(error))
    assert (ended.code, ended.err, ended.out) == (code, f"{error.message}\n", "")


def test_an_interrupt_is_exit_130_without_a_word(
    thaw: Thaw, failing: Callable[[BaseException], str]
) -> None:
    ended = thaw(failing(KeyboardInterrupt()))
    assert (ended.code, ended.err.strip(), ended.out) == (130, "", "")


def test_every_problem_of_a_practice_is_said(
    thaw: Thaw, failing: Callable[[BaseException], str]
) -> None:
    problems = [
        Problem("a.md", line, 1, "practice.example", "error", "Wrong.", "Mend it.")
        for line in (3, 9)
    ]
    ended = thaw(failing(PracticeError(problems)))
    assert ended.code == 2
    assert ended.err.splitlines() == [str(problem) for problem in problems]


def test_what_nobody_foresaw_is_one_sentence(
    thaw: Thaw, failing: Callable[[BaseException], str]
) -> None:
    ended = thaw(failing(KeyError("private words")))
    assert (ended.code, ended.err.count("\n")) == (1, 1)
    assert "KeyError" in ended.err
    assert "private words" not in ended.err
    assert "Traceback" not in ended.err


@pytest.fixture
def as_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., int]]:
    """Return a function that runs the command as its own process would, in this one."""
    before = signal.getsignal(signal.SIGTERM)

    def start(*arguments: str) -> int:
        monkeypatch.setattr(sys, "argv", ["thaw", *arguments])
        with pytest.raises(SystemExit) as ended:
            run()
        assert isinstance(ended.value.code, int)
        return ended.value.code

    yield start
    signal.signal(signal.SIGTERM, before)


def test_a_process_ends_with_the_code_of_its_command(as_process: Callable[..., int]) -> None:
    assert as_process("--version") == 0
    assert as_process("plan", "nothing-like-it", "--minutes", "1", "--voice", "none") == 2


def test_what_ends_a_process_comes_as_an_exception(
    as_process: Callable[..., int], request: pytest.FixtureRequest
) -> None:
    @click.command()
    def falter() -> None:
        signal.raise_signal(signal.SIGTERM)

    cli.add_command(falter)
    request.addfinalizer(lambda: cli.commands.pop("falter"))
    assert as_process("falter") == 143


def test_colours_can_be_refused(thaw: Thaw, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in thaw("lint", "no-such-file.md").err


def test_a_system_that_refuses_is_one_sentence(
    thaw: Thaw, failing: Callable[[BaseException], str]
) -> None:
    ended = thaw(failing(OSError(28, "No space left on device")))
    assert (ended.code, ended.err.count("\n")) == (1, 1)
    assert "No space left on device" in ended.err


def test_without_thaw_data_the_system_says_where_data_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("THAW_DATA")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    folder = data_folder()
    assert folder.is_dir()
    assert folder.is_relative_to(tmp_path)


def test_an_unknown_command_points_to_the_help(thaw: Thaw) -> None:
    ended = thaw("renderr")
    assert ended.code == 2
    assert "thaw --help" in ended.err


@pytest.mark.parametrize("word", ["--help", "-h"])
def test_help_names_every_command(thaw: Thaw, word: str) -> None:
    ended = thaw(word)
    assert ended.code == 0
    assert all(name in ended.out for name in cli.commands)


def test_the_version_is_said(thaw: Thaw) -> None:
    ended = thaw("--version")
    assert (ended.code, ended.out[:5]) == (0, "thaw ")


def test_help_imports_nothing_heavy() -> None:
    heavy = {"av", "django", "numpy", "rich", "scipy", "yaml"}
    code = f"import sys, thaw.cli.main; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_interrupted_command_ends_with_130() -> None:
    with subprocess.Popen(
        [COMMAND, "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert process.returncode in (0, 130)
    assert "Traceback" not in err


def test_a_reader_who_goes_away_is_no_traceback() -> None:
    with subprocess.Popen(
        [COMMAND, "practices", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        err = process.stderr.read()
    assert err == b""
    assert process.returncode in (0, 1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk always full")
def test_output_that_cannot_be_written_is_one_sentence() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [COMMAND, "practices", "--json"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr.count(b"\n")) == (1, 1)
    assert b"No space left" in done.stderr


def test_a_data_folder_that_cannot_be_used_is_exit_78(
    thaw: Thaw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    monkeypatch.setenv("THAW_DATA", str(blocked))
    ended = thaw("plan", "five-things", "--minutes", "3")
    assert (ended.code, ended.err.count("\n")) == (78, 1)
    assert "THAW_DATA" in ended.err
