"""The command ``thaw``: its commands, and how every one of them ends.

A command's module imports what is heavy where it is used, so that ``thaw --help`` is quick.
"""

import os
import signal
import sys
import traceback
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click

import thaw
from thaw.cli.backup import backup
from thaw.cli.export import export
from thaw.cli.import_ import import_
from thaw.cli.lint import lint
from thaw.cli.plan import plan
from thaw.cli.practices import practices
from thaw.cli.render import render
from thaw.cli.restore import restore
from thaw.cli.serve import open_thaw, serve
from thaw.cli.terminal import tell
from thaw.cli.voices import voices
from thaw.units import PracticeError, ThawError

INTERRUPTED = 130
ENDED = 143


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="thaw", message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context) -> None:
    """A private companion for people who feel emotionally numb.

    Without a command, Thaw starts on this machine and opens its page in the browser; if it
    runs already, only the page is opened. Nothing leaves this machine.

    \b
    Examples:
      thaw
      thaw render five-things --minutes 3 -o five.opus
      thaw plan thawing --minutes 15 --posture standing
    """
    # The convention of no-color.org; click itself looks only at whether a terminal reads.
    if os.environ.get("NO_COLOR"):
        context.color = False
    if context.invoked_subcommand is None:
        open_thaw()


for command in (
    *(serve, practices, lint, plan, render, voices),
    *(backup, restore, export, import_),
):
    cli.add_command(command)


def run() -> NoReturn:
    """Run ``thaw`` as a process: ends with an exit code and never with a traceback."""
    signal.signal(signal.SIGTERM, _end)
    code = run_to_code(sys.argv[1:])
    try:
        sys.stdout.flush()
    except OSError:
        # A reader who went away is met here, not by the interpreter at its exit.
        _close_output()
        code = code or 1
    sys.exit(code)


def _end(_signal: int, _frame: FrameType | None) -> NoReturn:
    # As an exception, so that half-written files are taken away on the way out.
    raise SystemExit(ENDED)


def run_to_code(arguments: list[str]) -> int:
    """Run the command with these arguments and return the exit code it earned."""
    try:
        code = cli.main(arguments, prog_name="thaw", standalone_mode=False)
    except click.ClickException as error:
        tell(_sentence_of(error))
        return error.exit_code
    except PracticeError as error:
        for problem in error.problems:
            tell(str(problem))
        return error.exit_code
    except ThawError as error:
        tell(error.message)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        _close_output()
        return 1
    except OSError as error:
        tell(f"The system refused ({error.strerror}). Check that the disk has room.")
        return 1
    except Exception as error:  # noqa: BLE001 - the top of the command line: nothing passes.
        tell(_unforeseen(error))
        return 1
    return code if isinstance(code, int) else 0


def _sentence_of(error: click.ClickException) -> str:
    message = error.format_message()
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return message
    if isinstance(error, click.UsageError) and error.ctx is not None:
        return f"{message} See '{error.ctx.command_path} --help'."
    return message


def _close_output() -> None:
    """Let nothing more be written to a reader who went away (Python's own note on SIGPIPE)."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


def _unforeseen(error: Exception) -> str:
    """Return a sentence for what should not happen: what, where; no private words."""
    ours = Path(thaw.__file__).parent
    places = [
        f"{Path(frame.filename).relative_to(ours.parent)}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(ours)
    ]
    where = f" at {places[-1]}" if places else ""
    return (
        f"Thaw met something it did not foresee ({type(error).__name__}{where}). "
        "Nothing of yours was changed; please report it with this sentence."
    )
