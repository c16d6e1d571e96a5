"""What a person without a passphrase has on paper to open their backups with."""

from django.db import models

from thaw.web.people.models import Person


class BackupCode(models.Model):
    """The data key, wrapped so that a recovery code opens it; it locks nothing here.

    While there is no passphrase the key lies beside the data and no code is asked for. A backup
    must open elsewhere, so one is made for the first of them, and counts for those that follow.

    Attributes:
        key_version: Of the key inside; with another key of the person it opens nothing more.
    """

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    wrap = models.BinaryField()
    key_version = models.PositiveBigIntegerField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"backup code of {self.person_id}"
