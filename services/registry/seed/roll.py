"""Three school years of children coming, moving up, changing kindergarten and leaving."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID

from services.registry.ages.rules import (
    KIND_AT_AGE,
    birth_window,
    next_kind,
    school_year_since,
    school_year_until,
)
from services.registry.classes.codes import ClassKind
from services.registry.enrolments.codes import Entry, Exit
from services.registry.seed.kindergartens import Institutions, suspension
from services.registry.seed.numbers import Numbers
from services.registry.seed.rows import Class
from shared.tables import FOREVER

LEAVE_RATE, TRANSFER_RATE = 0.02, 0.015  # of the children of a class in a year; illustrative
FILL = {  # share of the class standard a class is filled to, by zone and kind; illustrative
    "built": {
        ClassKind.SMALL: (0.86, 0.98),
        ClassKind.MIDDLE: (0.80, 0.93),
        ClassKind.LARGE: (0.77, 0.92),
        ClassKind.MIXED: (0.60, 0.80),
        ClassKind.NURSERY: (0.60, 0.90),
    },
    "mountain": dict.fromkeys(ClassKind, (0.45, 0.75)),
}
AGE_OF = {kind: age for age, kind in KIND_AT_AGE.items()}


@dataclass(slots=True, eq=False)
class Stay:
    """A period in one class."""

    room: Class
    since: date
    reason_in: Entry
    until: date = FOREVER
    reason_out: Exit | None = None

    def end(self, day: date, reason: Exit) -> None:
        self.until, self.reason_out = day, reason


@dataclass(slots=True, eq=False)
class Pupil:
    """A child before it has a name. The flags are set where a fault is planted."""

    id: UUID
    birth: date
    stays: list[Stay] = field(default_factory=list)
    twin_of: "Pupil | None" = None
    contradicted: bool = False
    orphaned: bool = False


class Roll:
    """Who is in which class; counts never exceed the targets except where `sizes` says so."""

    def __init__(
        self,
        made: Institutions,
        classes: list[Class],
        sizes: dict[UUID, int],
        numbers: Numbers,
        rng: Random,
        on: date,
    ) -> None:
        self.pupils: list[Pupil] = []
        self.present: dict[UUID, list[Pupil]] = {room.id: [] for room in classes}
        self.classes = classes
        self.sizes = sizes
        self._plots = made.plots
        self._numbers = numbers
        self._rng = rng
        self._on = on
        self._taken: dict[UUID, int] = {}
        self._first = min(room.school_year for room in classes)
        self._last = max(room.school_year for room in classes)

    def run(self) -> None:
        for year in range(self._first, self._last + 1):
            rooms = [room for room in self.classes if room.school_year == year]
            if year > self._first:
                self._move_up(year, rooms)
            for room in rooms:
                self._fill(room)
            self._taken = {room.id: len(self.present[room.id]) for room in rooms}
            self._disturb(year, rooms)

    def admit(self, room: Class, birth: date, since: date, reason: Entry) -> Pupil:
        """A new pupil of one class."""
        self._taken[room.id] = self._taken.get(room.id, 0) + 1
        pupil = Pupil(self._numbers.id("child"), birth, [Stay(room, since, reason)])
        self.pupils.append(pupil)
        self.present[room.id].append(pupil)
        return pupil

    def rejoin(self, pupil: Pupil, room: Class, since: date, reason: Entry) -> None:
        """One more period of a pupil who is in no class."""
        pupil.stays.append(Stay(room, since, reason))
        self.present[room.id].append(pupil)
        self._taken[room.id] += 1

    def birth_at(self, age: int, year: int) -> date:
        """A random birth date of a child of that age at the year's cut-off."""
        first, last = birth_window(year, age, age)
        return first + timedelta(days=self._rng.randrange((last - first).days + 1))

    def _move_up(self, year: int, rooms: list[Class]) -> None:
        """升班 on 1 September: 托→小→中→大→graduation."""
        successors = {room.continues: room for room in rooms if room.continues}
        juniors = {room.kindergarten: room for room in reversed(rooms) if room.kind is ClassKind.SMALL}
        day = school_year_since(year)
        for room in [room for room in self.classes if room.school_year == year - 1]:
            for pupil in self.present[room.id]:
                kind = next_kind(room.kind, pupil.birth, year - 1)
                following = juniors.get(room.kindergarten) if kind is ClassKind.SMALL else successors.get(room.id)
                if kind is None:
                    pupil.stays[-1].end(day, Exit.GRADUATED)
                elif following is None or len(self.present[following.id]) >= following.standard_size:
                    pupil.stays[-1].end(day, Exit.LEFT)
                else:
                    pupil.stays[-1].end(day, Exit.PROMOTION)
                    pupil.stays.append(Stay(following, day, Entry.PROMOTION))
                    self.present[following.id].append(pupil)

    def _fill(self, room: Class) -> None:
        """New children on 1 September up to the class's target."""
        fill = FILL["mountain" if self._plots[room.kindergarten].zone == "mountain" else "built"][room.kind]
        target = self.sizes.get(room.id, round(room.standard_size * self._rng.uniform(*fill)))
        since = school_year_since(room.school_year)
        first = room.school_year == self._first
        while len(self.present[room.id]) < target:
            age = AGE_OF.get(room.kind) or (self._rng.choice((3, 3, 4, 5)) if room.continues is None else 3)
            reason = Entry.PROMOTION if first and age > AGE_OF[ClassKind.SMALL] else Entry.NEW
            self.admit(room, self.birth_at(age, room.school_year), since, reason)

    def _disturb(self, year: int, rooms: list[Class]) -> None:
        """Leaves and transfers between the start of the year and its end, or the day the district is shown."""
        start = school_year_since(year) + timedelta(days=15)
        last = min(self._on, school_year_until(year) - timedelta(days=15))
        if last <= start:
            return  # the district is shown in the first days of its school year
        share = (last - start).days / 335
        moves = [(room, pupil) for room in rooms if room.id not in self.sizes for pupil in self.present[room.id]]
        for room, pupil in moves:
            if day := self._forced(room, year):
                self._transfer(pupil, room, day, rooms, tries=60)
                continue
            chance = self._rng.random()
            if chance < LEAVE_RATE * share:
                self._leave(pupil, room, self._day(start, last))
            elif chance < (LEAVE_RATE + TRANSFER_RATE) * share:
                self._transfer(pupil, room, self._day(start, last), rooms, tries=12)

    def _forced(self, room: Class, year: int) -> date | None:
        """The day everybody had to move because the kindergarten was suspended, if it was this room's."""
        return suspension(self._last) if self._is_suspended(room) and year == self._last - 2 else None

    def _is_suspended(self, room: Class) -> bool:
        return self._plots[room.kindergarten].history == "reopened"

    def _day(self, first: date, last: date) -> date:
        day = first + timedelta(days=self._rng.randrange((last - first).days))
        return day - timedelta(days=max(0, day.weekday() - 4))  # an office day

    def _leave(self, pupil: Pupil, room: Class, day: date) -> None:
        pupil.stays[-1].end(day, Exit.LEFT)
        self.present[room.id].remove(pupil)

    def _transfer(self, pupil: Pupil, room: Class, day: date, rooms: list[Class], tries: int) -> None:
        """To a class of the same kind with a free place; when none is found the child leaves."""
        for _ in range(tries):
            other = self._rng.choice(rooms)
            if other.kind is room.kind and other.kindergarten != room.kindergarten and self.has_place(other):
                pupil.stays[-1].end(day, Exit.TRANSFER)
                pupil.stays.append(Stay(other, day, Entry.TRANSFER))
                self.present[room.id].remove(pupil)
                self.present[other.id].append(pupil)
                self._taken[other.id] += 1
                return
        self._leave(pupil, room, day)

    def has_place(self, room: Class) -> bool:
        """Places freed during the year are not given again: no order of the year's moves can overfill a class."""
        if room.id in self.sizes or self._is_suspended(room):
            return False
        return self._taken[room.id] < room.standard_size
