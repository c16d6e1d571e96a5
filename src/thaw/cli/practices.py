"""``thaw practices``: what is on the shelf."""

import json
from typing import TYPE_CHECKING

import click

from thaw.cli.terminal import table_console, tell

if TYPE_CHECKING:
    from thaw.practice.parts import Practice


@click.command(short_help="List the practices of the library.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
def practices(*, as_json: bool) -> None:
    """List the practices of the library: what each is for, its lengths and its level.

    Level 1 is for first steps, 2 for steadier days, 3 for spacious ones.

    \b
    Examples:
      thaw practices
      thaw practices --json
    """
    from thaw.library.content import content_folder
    from thaw.library.shelf import Shelf

    shelf = Shelf(content_folder())
    found = shelf.practices()
    for error in shelf.broken():
        tell(f"One practice cannot be played: {error.message}")
    if as_json:
        click.echo(json.dumps([_json_of(each) for each in found], ensure_ascii=False, indent=2))
    else:
        _print_table(found)


def _json_of(practice: "Practice") -> dict[str, object]:
    return {
        "id": practice.id,
        "title": practice.title,
        "summary": practice.summary,
        "level": practice.level,
        "minutes": {
            "least": practice.minutes.least,
            "usual": practice.minutes.usual,
            "most": practice.minutes.most,
        },
        "themes": list(practice.themes),
        "anchors": list(practice.anchors),
        "postures": list(practice.postures),
    }


def _print_table(found: tuple["Practice", ...]) -> None:
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    table = Table("practice", "minutes", "level", "postures", "for", box=box.SIMPLE_HEAD)
    for each in found:
        table.add_row(
            escape(each.id),
            f"{each.minutes.least} to {each.minutes.most}, usually {each.minutes.usual}",
            str(each.level),
            ", ".join(each.postures),
            escape(each.suits),
        )
    table_console().print(table)
