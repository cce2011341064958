"""What is wrong on purpose in the demonstration district, and what a check must report about it.

Nothing here breaks a constraint of the register: no class is above its hard limit, no periods overlap.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from uuid import UUID

from services.registry.ages.rules import school_year_since
from services.registry.classes.codes import ClassKind
from services.registry.enrolments.codes import Entry, Exit
from services.registry.seed.kindergartens import Institutions
from services.registry.seed.roll import Pupil, Roll
from services.registry.seed.rows import Class, Fault, Kindergarten
from shared.tables import FOREVER

CROWDED_FILL = 0.95  # of the standards of the largest kindergarten: more than 360 children, no class oversize
OVERSIZE = (  # kind of class and children above its standard
    (ClassKind.SMALL, 1),
    (ClassKind.SMALL, 2),
    (ClassKind.SMALL, 4),
    (ClassKind.MIDDLE, 2),
    (ClassKind.MIDDLE, 5),
    (ClassKind.LARGE, 3),
    (ClassKind.NURSERY, 1),
)
SERIOUS = 0.10
TEXTS = {
    "class-oversize": ("大班额", "The class has more children than its standard"),
    "class-seriously-oversize": ("严重大班额", "The class exceeds its standard by more than 10 %"),
    "class-empty": ("班级无在班幼儿", "A class of the current school year without children"),
    "kindergarten-oversize": ("幼儿园超过360人", "The kindergarten has more than 360 children"),
    "licence-expired": ("办学许可证已过期", "The licence has expired"),
    "licence-expiring": ("办学许可证即将到期", "The licence expires within 90 days"),
    "licensed-not-registered": ("有许可证无统一社会信用代码", "Licensed, but without a unified social credit code"),
    "class-age-mismatch": ("幼儿年龄与班级类型不符", "The child's age does not fit the kind of class"),
    "document-contradicts-birth": (
        "其他证件类型下登记了身份证号码，且其中出生日期与登记不一致",
        "A resident id stored as another document, with another birth date",
    ),
    "promotion-after-leave": ("幼儿离园后又以升班入班", "The child left, then was moved up as if it had stayed"),
    "possible-duplicate-child": ("疑似同一幼儿重复建档", "Same name, sex and birth date with another document"),
    "child-without-guardian": ("幼儿无监护人", "The child has no guardian on record"),
}


class Faults:
    """The list of planted faults, numbered in the order they were planted."""

    def __init__(self) -> None:
        self.planted: list[Fault] = []

    def plant(self, kind: str, table: str, row: UUID, related: UUID | None = None) -> None:
        zh, en = TEXTS[kind]
        self.planted.append(Fault(f"fault-{len(self.planted) + 1:03}", kind, table, row, related, zh, en))


def plan_sizes(made: Institutions, classes: list[Class], faults: Faults, rng: Random, year: int) -> dict[UUID, int]:
    """Exact numbers of children for the classes that are faulty by size."""
    current = [room for room in classes if room.school_year == year]
    largest = max(made.plots, key=lambda owner: sum(made.plots[owner].classes.values()))
    sizes = {room.id: round(room.standard_size * CROWDED_FILL) for room in current if room.kindergarten == largest}
    faults.plant("kindergarten-oversize", "kindergartens", largest)
    for kind, above in OVERSIZE:
        room = rng.choice([room for room in current if room.kind is kind and room.id not in sizes])
        sizes[room.id] = room.standard_size + above
        serious = above > room.standard_size * SERIOUS
        faults.plant("class-seriously-oversize" if serious else "class-oversize", "classes", room.id)
    sizes[_emptied(made, current, sizes, rng).id] = 0
    faults.plant("class-empty", "classes", list(sizes)[-1])
    return sizes


def _emptied(made: Institutions, current: list[Class], sizes: dict[UUID, int], rng: Random) -> Class:
    """A second 小班 of a kindergarten without 托班, so that nobody moves up into it."""
    seconds = [
        room
        for first, room in pairwise(current)
        if room.kindergarten == first.kindergarten
        and room.kind is first.kind is ClassKind.SMALL
        and room.id not in sizes
        and not made.plots[room.kindergarten].classes[ClassKind.NURSERY]
    ]
    return rng.choice(seconds)


def spoil_kindergartens(made: Institutions, faults: Faults, rng: Random, on: date) -> None:
    """Licences out of date or nearly, and legal persons without a credit code."""
    healthy = [k for k in made.kindergartens if made.plots[k.id].is_legal_person and not made.plots[k.id].history]
    chosen = rng.sample(healthy, 7)
    spoilt: dict[UUID, Kindergarten] = {}
    for kindergarten in chosen[:2]:
        spoilt[kindergarten.id] = _licensed(kindergarten, on - timedelta(days=rng.randint(1, 60)))
        faults.plant("licence-expired", "kindergartens", kindergarten.id)
    for kindergarten in chosen[2:5]:
        spoilt[kindergarten.id] = _licensed(kindergarten, on + timedelta(days=rng.randint(5, 85)))
        faults.plant("licence-expiring", "kindergartens", kindergarten.id)
    for kindergarten in chosen[5:]:
        spoilt[kindergarten.id] = replace(kindergarten, credit_code=None)
        faults.plant("licensed-not-registered", "kindergartens", kindergarten.id)
    made.kindergartens = [spoilt.get(k.id, k) for k in made.kindergartens]


def _licensed(kindergarten: Kindergarten, until: date) -> Kindergarten:
    since = max(kindergarten.opened_on, until - timedelta(days=5 * 365))
    return replace(kindergarten, licence_issued_on=since, licence_expires_on=until)


def spoil_roll(roll: Roll, faults: Faults, rng: Random, year: int) -> None:
    """Children in the wrong class, with contradicting papers, without guardians, on record twice."""
    fresh = [p for p in roll.pupils if _is_fresh(p, roll, year)]
    chosen = rng.sample(fresh, 8 + 5 + 4 + 2)
    for number, pupil in enumerate(chosen[:8]):
        pupil.birth = roll.birth_at(2 if number % 2 else 4, year)
        faults.plant("class-age-mismatch", "children", pupil.id)
    for pupil in chosen[8:13]:
        pupil.contradicted = True
        faults.plant("document-contradicts-birth", "children", pupil.id)
    for pupil in chosen[13:17]:
        pupil.orphaned = True
        faults.plant("child-without-guardian", "children", pupil.id)
    for pupil in chosen[17:]:
        twin = _entered_twice(pupil, roll, rng, year)
        faults.plant("possible-duplicate-child", "children", twin.id, pupil.id)
    for pupil in _promoted_after_leaving(roll, year):
        faults.plant("promotion-after-leave", "children", pupil.id)


def _is_fresh(pupil: Pupil, roll: Roll, year: int) -> bool:
    """New in a 小班 this year, still there, and in no class whose size is planned."""
    stay = pupil.stays[0]
    alone = len(pupil.stays) == 1 and stay.until == FOREVER
    return (
        alone
        and stay.room.school_year == year
        and stay.room.kind is ClassKind.SMALL
        and not _is_planned(stay.room, roll)
    )


def _is_planned(room: Class, roll: Roll) -> bool:
    return room.id in roll.sizes


def _entered_twice(pupil: Pupil, roll: Roll, rng: Random, year: int) -> Pupil:
    first = pupil.stays[0].room
    rooms = [
        room
        for room in roll.classes
        if room.school_year == year
        and room.kind is first.kind
        and room.kindergarten != first.kindergarten
        and roll.has_place(room)
    ]
    twin = roll.admit(rng.choice(rooms), pupil.birth, school_year_since(year), Entry.NEW)
    twin.twin_of = pupil
    return twin


def _promoted_after_leaving(roll: Roll, year: int) -> Iterable[Pupil]:
    successors = {room.continues: room for room in roll.classes if room.school_year == year and room.continues}
    day, found = school_year_since(year), 0
    for pupil in roll.pupils:
        last = pupil.stays[-1]
        following = successors.get(last.room.id)
        if (
            last.reason_out is not Exit.LEFT
            or following is None
            or last.room.kind not in {ClassKind.SMALL, ClassKind.MIDDLE}
        ):
            continue
        if last.until < day and roll.has_place(following):
            roll.rejoin(pupil, following, day, Entry.PROMOTION)
            yield pupil
            found += 1
        if found == 3:  # noqa: PLR2004  # three of them
            return
