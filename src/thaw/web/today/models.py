"""What a person decided about what is offered, and what came of sitting that was unwelcome."""

from typing import ClassVar

from django.db import models

from thaw.web.database.rows import SealedRow


class Decision(SealedRow):
    """Something a person chose: not this one, not today, go on anyway, do not ask again.

    Attributes:
        body: Sealed: JSON with the kind of decision and what it is about.
    """

    SEALED = ("body",)

    body = models.BinaryField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "created_at"], name="today_decision_created"),
            models.Index(fields=["person", "trashed_at"], name="today_decision_trashed"),
        ]


class Unwelcome(SealedRow):
    """An answer to "Did anything unwelcome come, then or later?"; "no" is one too.

    Attributes:
        body: Sealed: JSON with the kinds, how long it lasted, and the sitting it followed.
    """

    SEALED = ("body",)

    body = models.BinaryField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "created_at"], name="today_unwelcome_created"),
            models.Index(fields=["person", "trashed_at"], name="today_unwelcome_trashed"),
        ]
