"""What every row of a person's own has, whatever it holds."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class SealedRow(models.Model):
    """A row that belongs to one person, with fields that only their key opens.

    Written and read through ``thaw.web.sealed`` only. A subclass names its sealed fields, each
    a ``BinaryField``; every other field it adds stands clear, and is bound to the sealed ones:
    changed behind our back, the row no longer opens.

    Attributes:
        id: A UUID of version 7, made by who wrote the row.
        version: Counted from 1; each change has the next.
        key_version: Which of the person's data keys opens it.
        trashed_at: Since when it lies in the trash.
    """

    SEALED: ClassVar[tuple[str, ...]]

    id = models.UUIDField(primary_key=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,  # Each table has indexes of its own that begin with the person.
        editable=False,
    )
    version = models.PositiveIntegerField()
    key_version = models.PositiveBigIntegerField()
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    trashed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.db_table} {self.pk}"
