"""What is planned for each day, and the address at which a calendar may look."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from thaw.web.database.rows import SealedRow

MOST_ZONE = 40


class Plan(SealedRow):
    """A plan of days; of several, as an import may bring them, the one changed last counts.

    When it comes stands clear, so that a calendar can be told while Thaw is locked; what it is,
    after what, and every word stand sealed. Times are minutes since midnight.

    Attributes:
        day: The personal day from which on it counts.
        zone: A time zone by its name in the IANA database.
        at: When it comes.
        minutes: How long it takes.
        weekdays: A bit for each weekday, Monday as the lowest.
        day_ends: When a personal day ends.
        quiet_from, quiet_until: When nothing comes; both empty for no such hours.
        shrinks: Whether it becomes smaller after days without it.
        step: How often it has.
        is_paused: Whether nothing comes at all.
        body: Sealed: JSON, see ``thaw.web.days.body``.
    """

    SEALED = ("body",)

    day = models.DateField()
    zone = models.CharField(max_length=MOST_ZONE, default="UTC")
    at = models.PositiveSmallIntegerField(default=0)
    minutes = models.PositiveSmallIntegerField(default=0)
    weekdays = models.PositiveSmallIntegerField(default=0)
    day_ends = models.PositiveSmallIntegerField(default=0)
    quiet_from = models.PositiveSmallIntegerField(null=True)
    quiet_until = models.PositiveSmallIntegerField(null=True)
    shrinks = models.BooleanField(default=True)
    step = models.PositiveSmallIntegerField(default=0)
    is_paused = models.BooleanField(default=False)
    body = models.BinaryField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "changed_at"], name="days_plan_person_changed"),
        ]


class Feed(models.Model):
    """The address of a person's calendar; one each, and none before they make it.

    Attributes:
        token_hash: Follows from the address and finds the row; the address is not kept here.
        words: Sealed: what the calendar says, where its person chose words of their own. Only
            the address opens them.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    words = models.BinaryField(null=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"calendar of {self.person_id}"
