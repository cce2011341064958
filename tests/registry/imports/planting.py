"""Faults put into a sound roll on purpose, with what must be found for each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from tests.registry import given
from tests.registry.rolls.made import LIMITS, SIZE, YEAR, Room
from tests.stack import Service

Row = dict[str, str]
HEADER = 1


@dataclass(frozen=True, slots=True, order=True)
class Expected:
    row: int
    field: str
    code: str


def _digit(row: Row, field: str) -> None:
    last = row[field][-1]
    row[field] = row[field][:-1] + ("0" if last != "0" else "1")


def _later(row: Row) -> None:
    birth = date.fromisoformat(row["birth_date"])
    last = (birth.month, birth.day) == (8, 31)  # the day after would be of another age
    row["birth_date"] = (birth + timedelta(days=-1 if last else 1)).isoformat()


def _set(**cells: str) -> Callable[[Row], None]:
    return lambda row: row.update(cells)


# Each of these changes one row alone, and makes one finding.
ALONE: tuple[tuple[str, str, Callable[[Row], None]], ...] = (
    ("document_number", "resident-id-check-digit", lambda row: _digit(row, "document_number")),
    ("document_number", "resident-id-shape", _set(document_number="11019920230101")),
    ("document_number", "number-lost-digits", _set(document_number="1.10199E+17")),
    ("document_number", "value-missing", _set(document_number=" ")),
    ("birth_date", "resident-id-other-birth", _later),
    ("birth_date", "date-shape", _set(birth_date="2023年13月1日")),
    ("sex", "resident-id-other-sex", lambda row: row.update(sex="女" if row["sex"] == "男" else "男")),
    ("sex", "code-unknown", _set(sex="不详")),
    ("class_name", "class-unknown", _set(class_name="不存在班")),
    ("school_code", "kindergarten-unknown", _set(school_code="1111999999")),
    ("kindergarten", "kindergarten-contradicts", _set(kindergarten="别的幼儿园")),
    ("name", "value-missing", _set(name="")),
    ("name", "name-characters", _set(name="=1+1")),
    ("ethnicity", "code-unknown", _set(ethnicity="汗族")),
    ("residence_division", "division-unknown", _set(residence_division="火星街道")),
    ("household_division", "division-shape", _set(household_division="怀柔")),
    ("since", "entry-outside-school-year", _set(since=f"{YEAR + 1}-09-01")),
    ("since", "date-shape", _set(since="明天")),
    ("guardian1_phone", "phone-shape", _set(guardian1_phone="不知道")),
    ("guardian1_relation", "value-missing", _set(guardian1_relation="")),
    ("guardian1_document", "resident-id-check-digit", lambda row: _digit(row, "guardian1_document")),
    ("guardian2_name", "guardian-without-name", _set(guardian2_name="", guardian2_phone="13800000000")),
)
REGISTERED = {  # how a child stands in the register before the roll comes
    "free": "already-registered",
    "elsewhere": "enrolled-elsewhere",
    "in-class": "already-in-class",
    "other-child": "document-of-another-child",
}
TWICE, FULL = 12, 3


def plant(rows: Sequence[Row], count: int) -> list[Expected]:
    """Spoil one row after the other, leaving the last classes to `seize`: `count` faults together with its own."""
    expected = []
    alone = count - TWICE - FULL - 3 * len(REGISTERED)
    step = (len(rows) - 3 * SIZE) // (alone + TWICE)
    for number in range(alone + TWICE):
        place = number * step + 1
        place += place % SIZE == 0  # its neighbour before it is of the same class
        if number < TWICE:
            rows[place].update(rows[place - 1])
            expected.append(Expected(place + HEADER + 1, "document_number", "twice-in-file"))
            continue
        field, code, spoil = ALONE[number % len(ALONE)]
        spoil(rows[place])
        expected.append(Expected(place + HEADER + 1, field, code))
    return expected


async def seize(registry: Service, rooms: Sequence[Room], rows: Sequence[Row]) -> list[Expected]:
    """Register some of the roll's children beforehand, and take seats of its last class. The last room stays empty."""
    expected, first = [], len(rows) - 3 * SIZE
    other = rooms[-1].id
    for number in range(3 * len(REGISTERED)):
        standing, place = list(REGISTERED)[number % len(REGISTERED)], first + 2 * number
        row = rows[place]
        child = await register(registry, row | ({"name": "别人"} if standing == "other-child" else {}))
        if standing in ("elsewhere", "in-class"):
            await given.enrolment(registry, child, other if standing == "elsewhere" else room_of(rooms, row).id)
        expected.append(Expected(place + HEADER + 1, "document_number", REGISTERED[standing]))
    full = rooms[(len(rows) - 1) // SIZE]
    limit = {3: "small", 4: "middle", 5: "large"}[full.age]
    arriving = [place for place, row in enumerate(rows) if room_of(rooms, row) is full]
    for _ in range(LIMITS[limit][1] - len(arriving) + FULL):
        await given.enrolment(registry, await given.child(registry), full.id)
    expected += [Expected(place + HEADER + 1, "class_name", "class-full") for place in arriving[-FULL:]]
    return expected


def room_of(rooms: Sequence[Room], row: Row) -> Room:
    return next(each for each in rooms if (each.school_code, each.name) == (row["school_code"], row["class_name"]))


async def register(registry: Service, row: Row) -> UUID:
    """A child of the roll, registered before it comes."""
    return await given.child(
        registry,
        name=row["name"],
        sex="1" if row["sex"] == "男" else "2",
        birth=date.fromisoformat(row["birth_date"]),
        document=row["document_number"],
    )
