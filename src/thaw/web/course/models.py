"""Which days of a course a person has done."""

from typing import ClassVar

from django.db import models

from thaw.web.database.rows import SealedRow


class Done(SealedRow):
    """A day of a course that was done; taken back, the row is gone.

    Attributes:
        body: Sealed: JSON with the course, the day, how its small thing was done, and the note.
    """

    SEALED = ("body",)

    body = models.BinaryField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "created_at"], name="course_done_created"),
            models.Index(fields=["person", "trashed_at"], name="course_done_trashed"),
        ]
