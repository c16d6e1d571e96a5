"""``script/bench``: the figures of the design, measured here and now."""

import json
import os
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich.console import Console
from rich.table import Table

from tests.bench import (
    assembly,
    checking,
    crowding,
    finding,
    guiding,
    listening,
    mixing,
    planning,
    ranges,
    rendering,
    responding,
    restoring,
    returning,
    saving,
    searching,
    shelving,
    starting,
    unlocking,
)
from tests.bench.figure import Figure
from tests.bench.studio import Studio

MEASURES: dict[str, Callable[[Studio], Iterator[Figure]]] = {
    "assembly": assembly.measure,
    "planning": planning.measure,
    "guiding": guiding.measure,
    "ranges": ranges.measure,
    "mixing": mixing.measure,
    "responding": responding.measure,
    "rendering": rendering.measure,
    "starting": starting.measure,
    "listening": listening.measure,
    "crowding": crowding.measure,
    "saving": saving.measure,
    "searching": searching.measure,
    "finding": finding.measure,
    "shelving": shelving.measure,
    "unlocking": unlocking.measure,
    "returning": returning.measure,
    "restoring": restoring.measure,
    "checking": checking.measure,
}


@click.command()
@click.option("--only", type=click.Choice(list(MEASURES)), multiple=True, help="Only these.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def bench(only: tuple[str, ...], as_json: bool) -> None:
    """Measure what Thaw promises in figures, each beside its rivals in the same run."""
    told = Console(stderr=True, style="dim")
    with TemporaryDirectory(prefix="thaw-bench-") as folder:
        studio = Studio(Path(folder), told.print)
        figures = [figure for name in only or MEASURES for figure in MEASURES[name](studio)]
    if as_json:
        click.echo(json.dumps([_as_json(figure) for figure in figures], indent=2))
    else:
        _show(figures)
    sys.exit(0 if all(figure.is_reached for figure in figures) else 1)


def _as_json(figure: Figure) -> dict[str, object]:
    return {**asdict(figure), "reached": figure.is_reached}


def _show(figures: list[Figure]) -> None:
    table = Table(
        title=f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}",
        show_lines=True,
    )
    for name in ("what", "measured", "asked", "rivals in the same run", "reached", "how"):
        table.add_column(name, justify="right" if name in ("measured", "asked") else "left")
    for figure in figures:
        reached = "yes" if figure.is_reached else "no"
        rivals = "\n".join(
            f"{rival.name}: {_number(rival.value)} {figure.unit}, {rival.times:,.0f}x"
            + (f" (must be {rival.must:g}x)" if rival.must else "")
            for rival in figure.rivals
        )
        value = f"{_number(figure.value)} {figure.unit}"
        table.add_row(figure.what, value, _asked(figure), rivals, reached, figure.how)
    console = Console()
    if not console.is_terminal:
        console = Console(width=160)
    console.print(table)


def _asked(figure: Figure) -> str:
    most = "" if figure.limit is None else f"at most {figure.limit:g} {figure.unit}"
    least = "" if figure.least is None else f"at least {figure.least:g} {figure.unit}"
    return "\n".join(filter(None, (most, least)))


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


bench()
