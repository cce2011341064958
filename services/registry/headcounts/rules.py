"""What a certified month counts, when it is counted and due, and the text its hash is taken of. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from operator import itemgetter
from typing import Any
from uuid import UUID

from services.registry.ages.rules import PRESCHOOL_AGES, school_year
from services.registry.attendance.codes import LETTERS, NOT_TAKEN, Mark
from services.registry.attendance.rules import DAY, days_of, month_after, place
from services.registry.staff_attendance.rules import StaffCount
from shared.workdays import add_working_days, is_working_day

FORM = "headcount 1"  # names the layout of the hashed text
PRESENT = LETTERS[Mark.PRESENT]
Entry = tuple[UUID, int, int, int]  # child, there on the count day, in its last year, half days present


@dataclass(frozen=True, slots=True)
class Room:
    """A class as far as its numbers go."""

    id: UUID
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Stay:
    """A child in a class from `since` until (not including) `until`, born for the school year `cohort`.

    `cohort` is the school year the child was born in: 2020 is 1 September 2020 to 31 August 2021. `marks` are those
    of the month in that class, blank when nobody took any.
    """

    class_id: UUID
    child: UUID
    since: date
    until: date
    cohort: int
    marks: str

    def on(self, day: date) -> bool:
        return self.since <= day < self.until


@dataclass(frozen=True, slots=True)
class ClassCount:
    """One class of a month, and the children behind its numbers in the order of their ids."""

    room: Room
    children: int
    last_year_children: int
    half_days: int
    roll: tuple[Entry, ...]

    @property
    def child_days(self) -> int:
        """出勤人日: two half days are one; a last single half day of the class is left out."""
        return self.half_days // 2

    @property
    def roll_hash(self) -> str:
        """SHA-256 of the roll, a line for each child."""
        lines = "\n".join(f"{child} {counted} {last} {halves}" for child, counted, last, halves in self.roll)
        return sha256(lines.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Month:
    """A kindergarten's month as it is prepared or certified; `staff` is None when nobody took their attendance."""

    kindergarten: UUID
    month: date
    count_day: date
    open_days: int
    classes: tuple[ClassCount, ...]
    staff: StaffCount | None = None


def count_day(month: date, of_month: int) -> date:
    """计数日: that day of the month, or the next working day in it, or the last one before.

    The country's calendar decides, not the kindergarten's, so that a child who moves is counted once in the district.
    """
    days = [day for day in days_of(month) if is_working_day(day)]
    later = [day for day in days if day.day >= of_month]
    return later[0] if later else days[-1]


def deadline(month: date, working_days: int) -> date:
    """The last day on which the month is to be certified: so many working days after it has ended."""
    return add_working_days(month_after(month) - DAY, working_days)


def is_last_year(cohort: int, on: date) -> bool:
    """入小学前一年: five at the cut-off of the school year, whatever the class is called (京财教育〔2025〕1486号).

    A child who was due at school already has had that year.
    """
    return school_year(on) - cohort - 1 == PRESCHOOL_AGES[1]


def class_counts(
    rooms: Iterable[Room], stays: Iterable[Stay], counted_on: date, open_days: Iterable[date]
) -> tuple[ClassCount, ...]:
    """Every class with a child in the month, in the order of ids. Only half days of a child's own days count."""
    found: dict[UUID, dict[UUID, Entry]] = defaultdict(dict)
    windows = Windows(open_days)
    for stay in stays:
        there = stay.on(counted_on)
        last = int(there and is_last_year(stay.cohort, counted_on))
        halves = windows.of(stay).halves(stay.marks).count(PRESENT)
        _, was_there, was_last, before = found[stay.class_id].get(stay.child, (stay.child, 0, 0, 0))
        entry = (stay.child, max(was_there, int(there)), max(was_last, last), before + halves)
        found[stay.class_id][stay.child] = entry
    known = {room.id: room for room in rooms}
    return tuple(_counted(known[room], found[room].values()) for room in sorted(found, key=str))


@dataclass(frozen=True, slots=True)
class Window:
    """The open days of a stay, and what a month's marks say of their half days, two for each."""

    days: tuple[date, ...]
    halves: Callable[[str], tuple[str, ...]]


class Windows:
    """The windows of a month: most children share one, so each is worked out once."""

    def __init__(self, open_days: Iterable[date]) -> None:
        self.days = sorted(open_days)
        self.known: dict[tuple[date, date], Window] = {}

    def of(self, stay: Stay) -> Window:
        """Only half days on which the child was in the class and the kindergarten open."""
        period = (stay.since, stay.until)
        if (found := self.known.get(period)) is None:
            days = tuple(day for day in self.days if stay.on(day))
            places = [at for day in days for at in (place(day), place(day) + 1)]
            found = self.known[period] = Window(days, itemgetter(*places) if places else _nothing)
        return found


def missing(stays: Iterable[Stay], open_days: Iterable[date]) -> list[tuple[UUID, date]]:
    """Classes and days for which some child of the class has no mark, in order."""
    windows = Windows(open_days)
    blank: set[tuple[UUID, date]] = set()
    for stay in stays:
        window = windows.of(stay)
        halves = window.halves(stay.marks)
        if NOT_TAKEN in halves:
            gaps = (at // 2 for at, mark in enumerate(halves) if mark == NOT_TAKEN)
            blank.update((stay.class_id, window.days[number]) for number in gaps)
    return sorted(blank, key=lambda pair: (str(pair[0]), pair[1]))


def canonical(month: Month, revision: int, previous_hash: str | None) -> str:
    """The text that is hashed: what is counted and the hash before it, a line for each class, one for the staff."""
    head = (FORM, month.kindergarten, month.month, revision, month.count_day, month.open_days, previous_hash or "-")
    lines = [
        f"{each.room.id} {each.room.kind} {each.children} {each.last_year_children} {each.half_days} {each.roll_hash}"
        for each in month.classes
    ]
    if staff := month.staff:
        counts = (staff.staff, staff.carers, staff.half_days, staff.carer_half_days, staff.missing, staff.roll_hash)
        lines.append(" ".join(map(str, ("staff", *counts))))
    return "\n".join([*map(str, head), *lines])


def digest(month: Month, revision: int, previous_hash: str | None) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return sha256(canonical(month, revision, previous_hash).encode()).hexdigest()


def difference(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What changed of each class, as numbers to add to the former ones; classes without change are left out."""
    was = {str(each["class_id"]): each for each in before}
    now = {str(each["class_id"]): each for each in after}
    found = []
    for room in sorted(was.keys() | now.keys()):
        changes = {name: _number(now, room, name) - _number(was, room, name) for name in COUNTS}
        if any(changes.values()):
            found.append({"class_id": room, "kind": (now.get(room) or was[room])["kind"], **changes})
    return found


COUNTS = ("children", "last_year_children", "child_days")


def _nothing(_: str) -> tuple[str, ...]:
    return ()


def _number(rows: Mapping[str, Mapping[str, Any]], room: str, name: str) -> int:
    return int(rows[room][name]) if room in rows else 0


def _counted(room: Room, entries: Iterable[Entry]) -> ClassCount:
    roll = tuple(sorted(entries, key=lambda entry: str(entry[0])))
    return ClassCount(
        room=room,
        children=sum(counted for _, counted, _, _ in roll),
        last_year_children=sum(last for _, _, last, _ in roll),
        half_days=sum(halves for _, _, _, halves in roll),
        roll=roll,
    )
