"""The staffing standard 教职工配备标准: what a kindergarten of that size needs on a day, and what it lacks.

Every number is a dated parameter; where none was in force on the day nothing is required. All kindergartens of the
register are full-day ones; a class may be boarding.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from services.registry.classes.codes import ClassKind
from services.registry.kindergartens.codes import Relation
from services.registry.parameters.rules import Parameter, in_force
from services.registry.posts.codes import CARE, LEADING, Employment, PostRole
from services.registry.staffing.codes import StaffingMeasure
from shared.parameters import NoParameterInForce

FULL_DAY = "full_day"
AGE_BANDS = (25, 30, 35, 40, 45, 50, 55, 60)  # of the national statistics of teachers (known)


@dataclass(frozen=True, slots=True)
class Classroom:
    """A class on a day: its children, and the full-time teachers and childcare workers of it."""

    id: str
    name: str
    kind: str
    children: int
    boarding: bool = False
    teachers: int = 0
    carers: int = 0


@dataclass(frozen=True, slots=True)
class Workforce:
    """A kindergarten on a day.

    `posts` counts people by (role, employment, full-time). `relation` is that of the register: branch or attached.
    """

    classes: tuple[Classroom, ...]
    posts: Counter[tuple[str, str, bool]] = field(default_factory=Counter)
    relation: str | None = None

    @property
    def children(self) -> int:
        return sum(each.children for each in self.classes)

    @property
    def boarders(self) -> int:
        return sum(each.children for each in self.classes if each.boarding)

    @property
    def staff(self) -> int:
        """教职工: full-time and of the kindergarten's own; bought services send people who are not its staff."""
        return sum(n for (_, kind, full), n in self.posts.items() if full and kind != Employment.OUTSOURCED)

    @property
    def care(self) -> int:
        """保教人员: full-time teachers and childcare workers of its own."""
        roles = frozenset(role.value for role in CARE)
        return sum(
            n
            for (role, kind, full), n in self.posts.items()
            if role in roles and full and kind != Employment.OUTSOURCED
        )

    def of(self, *roles: PostRole, part_time: bool = False) -> int:
        """People of those roles, however employed; full-time unless said otherwise."""
        return sum(n for (role, _, full), n in self.posts.items() if role in roles and (full or part_time))


@dataclass(frozen=True, slots=True)
class Need:
    """What the standard requires of one measure, and what is there. `over`: so many more than it allows."""

    measure: StaffingMeasure
    required: int
    present: int
    parameter: str
    classroom: Classroom | None = None
    over: int = 0

    @property
    def short(self) -> int:
        return max(0, self.required - self.present)


class Standard:
    """The parameters in force on a day."""

    def __init__(self, parameters: Sequence[Parameter], on: date) -> None:
        self.parameters, self.on = parameters, on

    def of(self, name: str, key: str = "") -> int | None:
        """The number, or None where none was in force yet."""
        try:
            return int(in_force(self.parameters, name, self.on, key).number)
        except NoParameterInForce:
            return None

    def by_size(self, name: str, size: int) -> int | None:
        """The number of the highest threshold that the size reaches; keys are thresholds."""
        reached = {int(each.key) for each in self.parameters if each.name == name and int(each.key) <= size}
        return self.of(name, str(max(reached))) if reached else None

    def authority(self, name: str) -> str:
        """Document and article of the number, whatever its key."""
        held = [
            each
            for each in self.parameters
            if each.name == name and each.since <= self.on and (each.until is None or self.on < each.until)
        ]
        last = max(held, key=lambda each: each.since)
        return f"{last.document}{last.article}"


def needs(standard: Standard, found: Workforce) -> Iterator[Need]:
    """Everything the standard requires of a kindergarten with children."""
    if not found.children:
        return
    for each in found.classes:
        yield from class_needs(standard, each, attached=found.relation == Relation.ATTACHED)
    yield from _whole(standard, found)
    yield from _services(standard, found)


def class_needs(standard: Standard, room: Classroom, *, attached: bool = False) -> Iterator[Need]:
    """两教一保 (教师〔2013〕1号): two teachers and a childcare worker, or three teachers; boarding one more of each.

    An attached class has two teachers, a childcare worker where possible. A nursery class follows the childcare
    standard instead (children to carers). A class without children needs nobody.
    """
    if not room.children:
        return
    if room.kind == ClassKind.NURSERY:
        if per := standard.of("nursery_children_per_carer"):
            present = room.teachers + room.carers
            needed = _ceil(room.children, per)
            yield Need(StaffingMeasure.NURSERY_CARE, needed, present, "nursery_children_per_carer", room)
        return
    name = "attached_class_teachers" if attached else "class_teachers"
    if (teachers := standard.of(name)) is None:
        return
    teachers, carers = (teachers, 0) if attached else _cheapest(standard, room, teachers)
    yield Need(StaffingMeasure.TEACHER, teachers, room.teachers, name, room)
    yield Need(StaffingMeasure.CHILDCARE, carers, room.carers, name if attached else "class_carers", room)


def _cheapest(standard: Standard, room: Classroom, teachers: int) -> tuple[int, int]:
    """Of the two ways to staff a class the one that lacks fewer people; two teachers and a carer when they are even."""
    more = standard.of("boarding_class_more_teachers") or 0, standard.of("boarding_class_more_carers") or 0
    extra = more if room.boarding else (0, 0)
    ways = [
        (teachers + extra[0], (standard.of("class_carers") or 0) + extra[1]),
        ((standard.of("class_teachers_alone") or teachers) + extra[0], extra[1]),
    ]
    return min(ways, key=lambda way: max(0, way[0] - room.teachers) + max(0, way[1] - room.carers))


def _whole(standard: Standard, found: Workforce) -> Iterator[Need]:
    """教职工:幼儿 and 保教人员:幼儿 of a full-day kindergarten: as many as keep each within its range."""
    ratios = (
        (StaffingMeasure.STAFF, "children_per_staff_most", found.staff),
        (StaffingMeasure.CARE, "children_per_carer_most", found.care),
    )
    for measure, name, present in ratios:
        if per := standard.of(name, FULL_DAY):
            yield Need(measure, _ceil(found.children, per), present, name)


def _services(standard: Standard, found: Workforce) -> Iterator[Need]:
    """Principal, health, guards and cooks.

    A branch is led by its kindergarten, an attached class by its school, which also guards it and cooks for it (our
    reading: the standard speaks of kindergartens). Cooks are those of three meals and a snack.
    """
    classes = sum(each.children > 0 for each in found.classes)
    if found.relation is None and (most := standard.by_size("principals_most", classes)):
        over = max(0, found.of(*LEADING) - most)  # deputies count as 园长 here
        yield Need(StaffingMeasure.PRINCIPAL, 1, found.of(PostRole.PRINCIPAL), "principals_most", over=over)
    if per := standard.of("children_per_health_worker"):
        small = found.children < per
        present = found.of(PostRole.HEALTH, part_time=small)
        yield Need(StaffingMeasure.HEALTH, max(1, found.children // per), present, "children_per_health_worker")
    if found.relation == Relation.ATTACHED:
        return
    if guards := required_guards(standard, found.children, found.staff, found.boarders):
        yield Need(StaffingMeasure.GUARD, guards, found.of(PostRole.GUARD), "guards_beijing")
    if per := standard.of("children_per_cook"):
        yield Need(StaffingMeasure.COOK, _ceil(found.children, per), found.of(PostRole.COOK), "children_per_cook")


def required_guards(standard: Standard, children: int, staff: int, boarders: int) -> int:
    """The stricter of GB/T 29315-2022, which counts children, and Beijing's standard, which counts everybody.

    One more for every further 500 from 1,000 on, and for every 300 boarders.
    """
    start, step = standard.of("guards_large_from"), standard.of("guards_large_step")
    more = boarders // (standard.of("guards_boarders_step") or boarders + 1)

    def large(people: int) -> int:
        return max(0, people - start) // step if start and step else 0

    national = standard.by_size("guards_national", children) or 0
    beijing = standard.of("guards_beijing") or 0
    if boarders:
        national = max(national, (standard.of("guards_national_boarding") or 0) + more)
        beijing = max(beijing, standard.of("guards_beijing_boarding") or 0) + more
    return max(national + large(children) if national else 0, beijing + large(children + staff) if beijing else 0)


def too_many_children(standard: Standard, found: Workforce) -> bool:
    """REG-03: children / 教职工 > 7 or children / 保教人员 > 9."""
    return any(each.short for each in _whole(standard, found)) and found.children > 0


def is_understaffed(standard: Standard, room: Classroom, *, attached: bool = False) -> bool:
    """REG-04: a full-day class of 3 to 6 without two teachers and a childcare worker, or three teachers."""
    if room.kind == ClassKind.NURSERY:
        return False
    return any(each.short for each in class_needs(standard, room, attached=attached))


def children_per_teacher(children: int, teachers: int) -> Decimal | None:
    """Children aged 3 to 6 a full-time teacher, to two places."""
    return (Decimal(children) / teachers).quantize(Decimal("0.01")) if teachers else None


def exceeds_teacher_ratio(standard: Standard, children: int, teachers: int) -> bool:
    """REG-05 (教督〔2020〕1号 C3): more than fifteen children a teacher in the district."""
    most = standard.of("children_per_teacher_most")
    return most is not None and children > most * teachers


def age_band(age: int) -> str:
    """The band of the national statistics: <25, 25-29 … 55-59, >=60."""
    if age < AGE_BANDS[0]:
        return f"<{AGE_BANDS[0]}"
    floor = max(each for each in AGE_BANDS if each <= age)
    return f">={floor}" if floor == AGE_BANDS[-1] else f"{floor}-{floor + 4}"


def _ceil(children: int, per: int) -> int:
    return -(-children // per)
