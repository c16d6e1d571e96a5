"""Notes: what a person writes in the journal."""

from typing import ClassVar

from django.db import models

from thaw.web.database.rows import SealedRow


class Note(SealedRow):
    """An entry of the journal.

    Attributes:
        day: The local date it belongs to.
        body: Sealed: JSON with the text and everything said about it.
    """

    SEALED = ("body",)

    day = models.DateField()
    body = models.BinaryField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "day"], name="write_note_person_day"),
            models.Index(fields=["person", "trashed_at"], name="write_note_person_trashed"),
        ]
