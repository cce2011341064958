"""教职工考勤: who is to be named on a day, and what a month of it comes to beside the certified children. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from services.registry.attendance.codes import LETTERS, NOT_TAKEN, Mark
from services.registry.attendance.rules import BLANK, Sheet, place
from services.registry.findings import Finding

NOT_IN_POST = Finding("person-not-in-post", "该教职工当日不在本园任职", "The person has no post there on that day")
PERSON_TWICE = Finding("staff-named-twice", "同一教职工出现两次", "The person is named twice")
PERSON_MISSING = Finding(
    "staff-missing",
    "当日在岗的教职工未全部登记,也未给出其余人员的考勤",
    "Not everyone in post is named, and nothing is said of the others",
)
OUT_OF_PLACE = Finding(
    "staff-mark-out-of-place",
    "有考勤填在该教职工不在岗、闭园或尚未到来的日期",
    "A mark stands on a day on which the person was not in post, the kindergarten closed, or that has not come",
)
PRESENT = LETTERS[Mark.PRESENT]


@dataclass(frozen=True, slots=True)
class Service:
    """A post from `since` until (not including) `until`.

    `own` is 教职工: full-time and of the kindergarten's own; `carer` such a teacher or childcare worker 保教人员.
    """

    person: UUID
    since: date
    until: date
    own: bool = True
    carer: bool = False

    def on(self, day: date) -> bool:
        return self.since <= day < self.until


@dataclass(frozen=True, slots=True)
class StaffCount:
    """A month of the staff: people in post on the count day, half days present, and how many were not taken.

    The roll is the people behind it: person, staff and carer on the count day, half days present.
    """

    staff: int
    carers: int
    half_days: int
    carer_half_days: int
    missing: int
    roll: tuple[tuple[UUID, int, int, int], ...]

    @property
    def roll_hash(self) -> str:
        """SHA-256 of the roll, a line for each person."""
        lines = "\n".join(" ".join(map(str, each)) for each in self.roll)
        return sha256(lines.encode()).hexdigest()


def people_on(services: Iterable[Service], day: date) -> list[UUID]:
    """Everyone in post on a day, once."""
    return sorted({each.person for each in services if each.on(day)}, key=str)


def sheet_findings(sheet: Sheet, there: Collection[UUID]) -> Iterator[tuple[int | None, Finding]]:
    """What is wrong with the people of a day: place in the list (None: the list as a whole) and finding."""
    seen: set[UUID] = set()
    for number, (person, _) in enumerate(sheet.named):
        if person not in there:
            yield number, NOT_IN_POST
        elif person in seen:
            yield number, PERSON_TWICE
        seen.add(person)
    if sheet.others is None and not seen.issuperset(there):
        yield None, PERSON_MISSING


def staff_count(
    services: Iterable[Service], marks: Mapping[UUID, str], counted_on: date, open_days: Iterable[date]
) -> StaffCount | None:
    """The month as taken; None when nobody took any of it. Only half days in post on open days count."""
    if not marks:
        return None
    posts: dict[UUID, list[Service]] = defaultdict(list)
    for each in services:
        posts[each.person].append(each)
    days = sorted(open_days)
    roll, missing, carers = [], 0, 0
    for person in sorted(posts, key=str):
        mine, taken = posts[person], marks.get(person, BLANK)
        halves = "".join(taken[place(day) : place(day) + 2] for day in days if any(each.on(day) for each in mine))
        present, there = halves.count(PRESENT), [each for each in mine if each.on(counted_on)]
        missing += halves.count(NOT_TAKEN)
        carers += present if any(each.carer for each in mine) else 0
        roll.append((person, int(any(e.own for e in there)), int(any(e.carer for e in there)), present))
    return StaffCount(
        staff=sum(own for _, own, _, _ in roll),
        carers=sum(carer for _, _, carer, _ in roll),
        half_days=sum(halves for *_, halves in roll),
        carer_half_days=carers,
        missing=missing,
        roll=tuple(roll),
    )
