"""What a person keeps for when they need help, and what of it they let be read while locked."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from thaw.web.database.rows import SealedRow


class OwnHelp(SealedRow):
    """A person of one's own, a line to say, a safety plan and the country.

    One a person; a copy that was taken in may bring another, and then the newest counts.

    Attributes:
        body: Sealed: JSON, see ``thaw.web.help.body``.
    """

    SEALED = ("body",)

    body = models.BinaryField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "changed_at"], name="help_own_person_changed"),
        ]


class ShownHelp(models.Model):
    """A clear copy of what a person lets be read while locked; there only once they said so.

    Attributes:
        text: JSON as ``OwnHelp.body``, with nothing in it but the parts that were chosen.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    text = models.TextField()

    def __str__(self) -> str:
        return f"help shown of {self.person_id}"
