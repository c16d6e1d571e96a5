"""Persons, what wraps their keys, their open sessions, and the little of them that is clear."""

from typing import ClassVar

from django.db import models

from thaw.web.ids import new_id

IDLE_MINUTES = 10


class Person(models.Model):
    """Someone whom rows belong to; nothing here says who.

    Stands as Django's user model so that accounts can come later without moving a row; the
    attributes below are what Django asks of one.

    Attributes:
        key_version: The data key that rows are sealed with now; none is written with another.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    key_version = models.PositiveBigIntegerField(default=1)

    USERNAME_FIELD = "id"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    is_anonymous = False
    is_authenticated = True

    def __str__(self) -> str:
        return f"person {self.id}"


class KeySlot(models.Model):
    """A person's data key, wrapped so that one thing opens it (``thaw.vault.wraps``)."""

    class Kind(models.TextChoices):
        PASSPHRASE = "passphrase"  # noqa: S105 - a kind, not one of them.
        RECOVERY = "recovery"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="key_slots", db_index=False
    )
    kind = models.CharField(max_length=16, choices=Kind)
    wrap = models.BinaryField()
    key_version = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person", "kind", "key_version"], name="people_keyslot_one_of_a_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"


class KeyState(models.Model):
    """What is still to be done after a change of a person's keys.

    Attributes:
        older: The data key before, wrapped by the one now; None once nothing needs it.
        drafts: What drafts were sealed with before, sealed with the data key now.
        is_unfinished: Whether rows, or gaps of the file, may still hold what was before.
    """

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    older = models.BinaryField(null=True)
    drafts = models.BinaryField(null=True)
    is_unfinished = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"keys of {self.person_id}"


class Guesses(models.Model):
    """How often in a row someone tried to unlock and could not, and when last."""

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"guesses at {self.person_id}"


class Session(models.Model):
    """A browser that was let in; the key in it opens with that browser's cookie only.

    Attributes:
        id_hash: ``SessionKey.id_hash`` in hex.
        sealed_key: By ``thaw.vault.session``; None while locked.
    """

    id_hash = models.CharField(max_length=64, primary_key=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sessions")
    sealed_key = models.BinaryField(null=True)
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    locked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"session of {self.person_id}"


class Setting(models.Model):
    """What a person set that must be known before their key is: it stands clear."""

    class Look(models.TextChoices):
        SYSTEM = "system"
        LIGHT = "light"
        DARK = "dark"

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, primary_key=True, related_name="setting"
    )
    idle_minutes = models.PositiveSmallIntegerField(default=IDLE_MINUTES)
    country = models.CharField(max_length=2, blank=True, default="")
    language = models.CharField(max_length=35, blank=True, default="")
    look = models.CharField(max_length=8, choices=Look, default=Look.SYSTEM)

    def __str__(self) -> str:
        return f"settings of {self.person_id}"
