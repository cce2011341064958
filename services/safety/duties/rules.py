"""Posts around arrival and leaving times: who is missing, before it happens and after. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.safety.duties.codes import DutyGapKind
from shared.workdays import is_working_day

HERE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Post:
    """A place to stand at, on working days from `since` until `until` (exclusive; None: still)."""

    id: str
    begins: time
    since: date
    until: date | None

    def stands_on(self, day: date) -> bool:
        return is_working_day(day) and self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class DutyGap:
    post: str
    day: date
    kind: DutyGapKind


def gaps(
    posts: Iterable[Post],
    rostered: Mapping[tuple[str, date], list[datetime | None]],
    first: date,
    last: date,
    now: datetime,
) -> list[DutyGap]:
    """Post and day without anybody rostered; of those that have begun, without a check-in, or only late ones.

    `rostered` gives the check-ins of everybody on the roster of a post and day, None for who has not checked in.
    """
    found = []
    for post in posts:
        for step in range((last - first).days + 1):
            day = first + timedelta(step)
            if post.stands_on(day) and (kind := _missing(post, day, rostered.get((post.id, day)), now)):
                found.append(DutyGap(post.id, day, kind))
    return sorted(found, key=lambda each: (each.day, each.post))


def _missing(post: Post, day: date, roster: list[datetime | None] | None, now: datetime) -> DutyGapKind | None:
    if not roster:
        return DutyGapKind.NOBODY
    begins = datetime.combine(day, post.begins, HERE)
    if begins > now:
        return None
    arrived = [each for each in roster if each is not None]
    if not arrived:
        return DutyGapKind.ABSENT
    return DutyGapKind.LATE if min(arrived) > begins else None
