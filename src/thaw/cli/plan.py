"""``thaw plan``: one practice fitted to one sitting, as a table or as JSON."""

import json
from typing import TYPE_CHECKING

import click

from thaw.cli.choosing import Wanted, sitting_options
from thaw.cli.terminal import table_console, tell
from thaw.units import clock_of, seconds_of

if TYPE_CHECKING:
    from thaw.practice.plan import Event, Plan


@click.command(short_help="Show a sitting: what is said when, exact to the sample.")
@sitting_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
def plan(wanted: Wanted, *, as_json: bool) -> None:
    """Show one sitting: every line, silence and bell, and when it comes.

    PRACTICE is an id of the library ('thaw practices') or the path of a text. With a voice
    its lines are voiced first, as their lengths shape the sitting; --voice none takes the
    lengths from the pace alone.

    \b
    Examples:
      thaw plan five-things --minutes 3 --voice none
      thaw plan thawing --minutes 12 --seconds 30 --avoid breath --json
    """
    from thaw.cli.sounding import prepare

    prepared = prepare(wanted)
    for sentence in prepared.plan.origin.notices:
        tell(sentence)
    if as_json:
        click.echo(json.dumps(prepared.plan.as_json(), ensure_ascii=False, indent=2))
    else:
        _print_table(prepared.plan)


def _print_table(plan: "Plan") -> None:
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    table = Table(
        title=f"{escape(plan.title)}, {clock_of(plan.total)}, voice: {escape(plan.voice)}",
        box=box.SIMPLE_HEAD,
        title_justify="left",
    )
    table.add_column("at", justify="right")
    table.add_column("seconds", justify="right")
    table.add_column("section", style="dim")
    table.add_column("what is heard")
    section = None
    beds = list(plan.beds)
    for event in plan.events:
        while beds and beds[0].start <= event.start:
            bed = beds.pop(0)
            seconds = f"{seconds_of(bed.length):.1f}"
            table.add_row(clock_of(bed.start), seconds, "", f"({bed.bed}, beneath)")
        shown = escape(event.section) if event.section != section else ""
        section = event.section
        seconds = f"{seconds_of(event.length):.1f}"
        table.add_row(clock_of(event.start), seconds, shown, escape(_heard(event)))
    table_console().print(table)


def _heard(event: "Event") -> str:
    if event.kind == "rest":
        return "(rest)"
    if event.kind == "bell":
        return f"(bell, {event.text})"
    return event.text
