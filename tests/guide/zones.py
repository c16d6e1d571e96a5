"""Time zones for tests, and what their wall clocks show, found from UTC alone.

What is tested asks a zone which moment a wall clock means. Here it is the other way round: a zone
is asked for its offsets at moments only, and everything else is counted.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

NOT_OF_A_PLACE = {"Factory", "localtime", "posixrules"}

ODD = (
    "Africa/Cairo",  # from midnight on a Friday
    "Africa/Casablanca",  # back for Ramadan
    "Africa/El_Aaiun",
    "Africa/Johannesburg",
    "Africa/Monrovia",
    "America/Adak",
    "America/Anchorage",
    "America/Argentina/Buenos_Aires",
    "America/Asuncion",
    "America/Boise",
    "America/Caracas",
    "America/Chicago",
    "America/Havana",  # at midnight, and back to midnight
    "America/Lima",
    "America/Los_Angeles",
    "America/Metlakatla",
    "America/Miquelon",
    "America/New_York",
    "America/Nuuk",  # forward over midnight: the last hour of a date is left out
    "America/Phoenix",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/Scoresbysund",  # as Nuuk
    "America/St_Johns",
    "Antarctica/Casey",
    "Antarctica/Macquarie",
    "Antarctica/Troll",  # two hours at once
    "Antarctica/Vostok",
    "Asia/Almaty",
    "Asia/Amman",
    "Asia/Beirut",  # at midnight
    "Asia/Famagusta",
    "Asia/Gaza",
    "Asia/Hebron",
    "Asia/Jerusalem",
    "Asia/Kabul",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Pyongyang",
    "Asia/Tehran",
    "Asia/Tokyo",
    "Atlantic/Azores",  # at midnight, and back over it
    "Australia/Adelaide",
    "Australia/Eucla",
    "Australia/Lord_Howe",  # half an hour
    "Australia/Sydney",
    "Etc/GMT+12",
    "Etc/GMT-14",
    "Europe/Berlin",
    "Europe/Chisinau",
    "Europe/Dublin",  # winter is what is saved
    "Europe/Istanbul",
    "Europe/Lisbon",
    "Europe/London",
    "Pacific/Apia",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Easter",
    "Pacific/Kiritimati",
    "Pacific/Kwajalein",
    "Pacific/Marquesas",
    "Pacific/Norfolk",
    "Pacific/Tongatapu",
    "UTC",
)


@cache
def all_zones() -> tuple[str, ...]:
    """Return the name of every zone of a place."""
    return tuple(sorted(available_timezones() - NOT_OF_A_PLACE))


@dataclass(frozen=True)
class Stretch:
    """Moments, all of one offset: from ``start`` up to the next stretch."""

    start: datetime
    end: datetime
    offset: timedelta

    def holds(self, wall: datetime) -> bool:
        return self.start <= (wall - self.offset).replace(tzinfo=UTC) < self.end


@dataclass(frozen=True)
class Walls:
    """What the wall clocks of a zone show between two moments."""

    stretches: tuple[Stretch, ...]

    @classmethod
    def of(cls, zone: tzinfo, since: datetime, until: datetime) -> "Walls":
        """Look at a zone every six hours, and where it changed to the second."""
        starts, offset = [(since, offset_at(zone, since))], offset_at(zone, since)
        at = since
        while at < until:
            step = at + 6 * HOUR
            if (new := offset_at(zone, step)) != offset:
                starts.append((changed_between(zone, at, step), new))
                offset = new
            at = step
        ends = [start for start, _ in starts[1:]] + [at]
        told = zip(starts, ends, strict=True)
        return cls(tuple(Stretch(start, end, offset) for (start, offset), end in told))

    def moments(self, day: date, at: time) -> list[datetime]:
        """Return every moment at which the clock shows this."""
        wall = datetime.combine(day, at)
        return [
            (wall - each.offset).replace(tzinfo=UTC)
            for each in self._near(wall)
            if each.holds(wall)
        ]

    def wanted(self, day: date, at: time) -> datetime | None:
        """Return the first such moment, else the next of the date, else the last before."""
        if moments := self.moments(day, at):
            return min(moments)
        wall = datetime.combine(day, at)
        near = self._near(wall)
        onsets = [each.start for each in near[1:] if self.shown(each.start) > wall]
        ends = [each.end - MINUTE for each in near if self.shown(each.end - MINUTE) < wall]
        for moment in (*onsets[:1], *ends[-1:]):
            if self.shown(moment).date() == day:
                return moment
        return None

    def shown(self, moment: datetime) -> datetime:
        """Return what the clock shows."""
        each = self.stretches[bisect_right(self.stretches, moment, key=lambda s: s.start) - 1]
        return (moment + each.offset).replace(tzinfo=None)

    def dates(self, since: date, until: date) -> list[date]:
        """Return the dates that there are."""
        days = [since + number * DAY for number in range((until - since).days)]
        return [day for day in days if self._is_there(day)]

    def oddest_time(self) -> time:
        """Return a time that some date lacks; midnight where none lacks any."""
        for before, after in pairwise(self.stretches):
            jump = after.offset - before.offset
            if jump > timedelta():
                return (after.start + before.offset + jump / 2).time().replace(second=0)
        return time()

    def _is_there(self, day: date) -> bool:
        midnight = datetime.combine(day, time())
        return any(
            max(midnight, self.shown(each.start)) < min(midnight + DAY, self._last(each) + MINUTE)
            for each in self._near(midnight)
        )

    def _last(self, stretch: Stretch) -> datetime:
        return (stretch.end - MINUTE + stretch.offset).replace(tzinfo=None)

    def _near(self, wall: datetime) -> list[Stretch]:
        moment = wall.replace(tzinfo=UTC)
        return [s for s in self.stretches if s.start - 2 * DAY < moment < s.end + 2 * DAY]


def offset_at(zone: tzinfo, moment: datetime) -> timedelta:
    offset = moment.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


def changed_between(zone: tzinfo, before: datetime, after: datetime) -> datetime:
    """Return the first second of the new offset."""
    was = offset_at(zone, before)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before).total_seconds() // 2)
        if offset_at(zone, middle) == was:
            before = middle
        else:
            after = middle
    return after


@cache
def dates_in(walls: Walls, since: date, until: date) -> tuple[date, ...]:
    """Return the dates that there are; found once for all zones whose clocks show the same."""
    return tuple(walls.dates(since, until))


@cache
def wanted_in(walls: Walls, at: time, since: date, until: date) -> tuple[datetime, ...]:
    """Return the moment of each date; found once for all zones whose clocks show the same."""
    found = (walls.wanted(day, at) for day in dates_in(walls, since, until))
    return tuple(moment for moment in found if moment)


def zone_of(name: str) -> ZoneInfo:
    return ZoneInfo(name)
