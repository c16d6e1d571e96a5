"""The sitting log: what was sat, how it was answered, and how it was afterwards."""

from typing import ClassVar

from django.db import models

from thaw.web.database.rows import SealedRow


class Sat(SealedRow):
    """One sitting that was begun to be heard or read.

    Attributes:
        day: The local date on which it began.
        body: Sealed: JSON with all that ``thaw.web.sit.body`` names.
    """

    SEALED = ("body",)

    day = models.DateField()
    body = models.BinaryField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "day"], name="sit_sat_person_day"),
            models.Index(fields=["person", "trashed_at"], name="sit_sat_person_trashed"),
        ]
