"""The folder's own row: which folder this database belongs to."""

from django.db import models


class Instance(models.Model):
    """One row, and a copy of it in the file ``instance`` beside the database.

    When the two disagree, one of them was put there by someone or something else.

    Attributes:
        id: What the folder is called by nobody but itself.
        epoch: How often a backup was restored into it.
        starts: How often it was opened; a database that was put back knows of fewer.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    epoch = models.PositiveIntegerField(default=1)
    starts = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"instance {self.id}"
