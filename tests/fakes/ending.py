"""A process that ends at a chosen write: to the database, or to the names in a folder."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|VACUUM)", re.IGNORECASE)
_NAMES = ("os.rename", "os.remove")

_LISTENERS: list["Ending"] = []


class EndedError(BaseException):
    """The process is gone; nobody is there to catch it."""


class Ending:
    """Ends right before write number ``at``, counted from 1; or has it fail with ``error``."""

    def __init__(self, data: Path, at: int, error: OSError | None = None) -> None:
        self._data, self._at, self._error = str(data), at, error
        self.count = 0

    @property
    def came(self) -> bool:
        """Whether there were so many writes."""
        return self.count >= self._at

    @contextmanager
    def ending(self) -> Iterator[None]:
        """Count the writes in a ``with`` block, which ends at the chosen one without a sound."""
        _LISTENERS.append(self)
        try:
            with connection.execute_wrapper(self._statement):
                yield
        except EndedError:
            pass
        finally:
            _LISTENERS.remove(self)

    def name(self, event: str, paths: tuple[object, ...]) -> None:
        if event in _NAMES and str(paths[0]).startswith(self._data):
            self._step()

    def _statement(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:  # As Django hands them on.
        if _WRITES.match(sql):
            self._step()
        return execute(sql, params, many, context)

    def _step(self) -> None:
        self.count += 1
        if self.count == self._at:
            raise self._error or EndedError


def _listen(event: str, args: tuple[object, ...]) -> None:
    for each in _LISTENERS:
        each.name(event, args)


sys.addaudithook(_listen)  # It cannot be taken away; without listeners it does nothing.
