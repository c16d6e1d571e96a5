"""Databases of a test's own, opened and closed as often as it likes."""

from tests.web.database.conftest import own_database

__all__ = ["own_database"]
