"""Check-ins: what a person said of how they feel, and how they like to be asked."""

from typing import ClassVar

from django.db import models

from thaw.web.database.rows import SealedRow


class CheckIn(SealedRow):
    """One answer to "How much do you feel?", with what was said beside it.

    Attributes:
        day: The local date it was given on.
        body: Sealed: JSON with every answer (``thaw.web.checkin.body``).
    """

    SEALED = ("body",)

    day = models.DateField()
    body = models.BinaryField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "day"], name="checkin_person_day"),
        ]


class Way(SealedRow):
    """How a person likes to be asked; one row each.

    Attributes:
        body: Sealed: JSON with the parts of the body that are not shown, and whether by steps.
    """

    SEALED = ("body",)

    body = models.BinaryField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person"], name="checkin_way_person"),
        ]
