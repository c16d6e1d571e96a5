"""``thaw serve`` with every log at its loudest, and with failures where they are asked for.

``python -m tests.proof.loud LOG``: everything that anything logs goes to LOG, tracebacks and SQL
too. A request with the header ``X-Break`` fails at the first sight of that table, wherever the code
is then.
"""

import sys
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from thaw.vault.stretch import Cost
from thaw.web.house import House

CHEAP = Cost(64, passes=1, lanes=1)

LEVEL = {"level": "DEBUG", "propagate": True, "handlers": []}
LOGGERS = ("django", "django.db.backends", "uvicorn", "uvicorn.error", "thaw", "asyncio")


class ForcedError(Exception):
    """What nobody foresaw."""


class BreakingMiddleware:
    """The innermost layer: logs what the database is asked, and breaks what is to break."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        connection.force_debug_cursor = True
        table = request.headers.get("X-Break")
        if not table:
            return self._get_response(request)

        def broken(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            if table in sql:
                raise ForcedError("the database is not what it was")
            return execute(sql, params, many, context)

        with connection.execute_wrapper(broken):
            return self._get_response(request)


def main(log: str) -> None:
    """Serve until a signal; Django must not be set up before."""
    from thaw.web import settings

    settings.LOGGING |= {
        "handlers": {"all": {"class": "logging.FileHandler", "filename": log}},
        "loggers": settings.LOGGING["loggers"] | dict.fromkeys(LOGGERS, LEVEL),  # type: ignore[operator] # A dict of several shapes.
        "root": {"level": "DEBUG", "handlers": ["all"]},
    }
    settings.MIDDLEWARE.append("tests.proof.loud.BreakingMiddleware")
    House.cost = CHEAP  # type: ignore[assignment] # As if it had been reckoned already.
    from thaw.cli.main import run

    sys.argv = ["thaw", "serve", "--port", "0"]
    run()


if __name__ == "__main__":
    main(sys.argv[1])
