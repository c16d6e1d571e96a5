"""``thaw`` and ``thaw serve``: the pages."""

import click

from thaw.cli.browser import has_browser, is_thaw_at, open_page
from thaw.cli.choosing import Whole
from thaw.cli.folders import data_folder

HOST = "localhost"
PORT = 8427


def open_thaw(port: int = PORT) -> None:
    """Start Thaw for the one who sits here, or open the page of the one that runs."""
    if is_thaw_at(HOST, port):
        address = f"http://{HOST}:{port}"
        click.echo(f"Thaw runs already at {address}")
        open_page(address)
        return
    _serve(HOST, port, open_browser=has_browser())


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
    """Start the pages of Thaw and print their address, without opening a browser.

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
        ready=lambda address: click.echo(f"Thaw is ready at {address} (Ctrl-C ends it)."),
    )
