"""``thaw`` and ``thaw serve``: the pages."""

from http.client import NO_CONTENT, UNAUTHORIZED
from pathlib import Path

import click

from thaw.cli.browser import has_browser, open_page, status_of
from thaw.cli.choosing import Whole
from thaw.cli.folders import data_folder
from thaw.units import SettingError
from thaw.web.people.links import lay, new_token, running, take_back

HOST = "localhost"
PORT = 8427


def open_thaw(port: int = PORT) -> None:
    """Start Thaw for the one who sits here, or open a page of the one that runs."""
    link = link_to_running(data_folder(), port)
    if link is None:
        _serve(HOST, port, open_browser=has_browser())
        return
    click.echo(f"Thaw runs already: {link}")
    open_page(link)


def link_to_running(data: Path, port: int) -> str | None:
    """Return a link to what runs with this data folder; None where nothing does.

    Raises:
        SettingError: ``link.not_made``.
    """
    told = running(data)
    ports = dict.fromkeys([told.port, port] if told else [port])
    token = new_token()
    path = f"/open/{token}"
    try:
        lay(data, token)
    except SettingError:
        if any(status_of(HOST, each, path) == UNAUTHORIZED for each in ports):
            raise
        return None
    for each in ports:
        # Only who serves this very folder knows of the link.
        if status_of(HOST, each, path) == NO_CONTENT:
            return f"http://{HOST}:{each}{path}"
    take_back(data, token)
    return None


@click.command(short_help="Start the pages without opening a browser.")
@click.option(
    "--host", default=HOST, show_default=True, metavar="NAME", help="Where to listen: this machine."
)
@click.option(
    "--port",
    type=Whole(0, 65_535),
    default=PORT,
    show_default=True,
    metavar="NUMBER",
    help="The port to listen on; 0 takes any that is free.",
)
def serve(host: str, port: int) -> None:
    """Start the pages of Thaw and print a link to them, without opening a browser.

    The link lets one browser in, once; the command thaw makes another.

    Until there are accounts, only this machine can reach them: HOST is localhost, 127.0.0.1
    or ::1. End with Ctrl-C.

    \b
    Example:
      thaw serve --port 8500
    """
    _serve(host, port, open_browser=False)


def _serve(host: str, port: int, *, open_browser: bool) -> None:
    from thaw.web.server import serve as serve_pages

    serve_pages(
        host,
        port,
        data_folder(),
        open_browser=open_browser,
        ready=lambda link: click.echo(
            f"Thaw is ready: {link}\n"
            "The link works once, for ten minutes; thaw makes another. Ctrl-C ends Thaw."
        ),
    )
