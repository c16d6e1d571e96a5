"""Preferences: what a person chose for every sitting to come."""

from typing import ClassVar

from django.db import models

from thaw.web.database.rows import SealedRow


class Preferences(SealedRow):
    """What a person prefers; of several, as an import may bring them, the one changed last counts.

    Attributes:
        body: Sealed: JSON with everything that was chosen.
    """

    SEALED = ("body",)

    body = models.BinaryField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person"], name="preferences_person"),
        ]
