"""A district small enough to be counted by hand: two towns, three kindergartens, a year in which things happen.

- 一园 (public, 北房镇): class a with a1, a2, a3; nursery class n with n1.
- 二园 (inclusive private, 北房镇): class b with b1; b2, who was six on the cut-off; b3, who turns six the day after it.
- 三园 (private, 琉璃庙镇): class c with c1, c2. Inclusive from 1 March 2026.
- a3 goes from 一园 to 三园 on 10 January 2026.
- People of 3 to 5: six in 北房镇, four in 琉璃庙镇.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.ids import new_id
from shared.tables import FOREVER
from tests.registry import given
from tests.stack import Service

YEAR = 2025
PLAIN, MOUNTAIN = "110116102", "110116110"
TRANSFER, RECOGNISED = date(2026, 1, 10), date(2026, 3, 1)
AUTUMN, LAST_BEFORE = date(2025, 10, 1), date(2026, 2, 28)
THREE, FOUR, FIVE = date(2022, 3, 15), date(2021, 3, 15), date(2020, 1, 20)
SIX_ON_THE_DAY, SIX_THE_DAY_AFTER, TWO = date(2019, 8, 31), date(2019, 9, 1), date(2023, 5, 1)


@dataclass
class Town:
    first: UUID
    second: UUID
    third: UUID
    moved: UUID


async def small_district(registry: Service) -> Town:
    first = await given.kindergarten(registry, name="一园(演示)")
    second = await given.kindergarten(registry, name="二园(演示)", type="inclusive_private")
    third = await given.kindergarten(registry, name="三园(演示)", type=None, division=f"{MOUNTAIN}201")
    owned = {"kindergarten": third, "division": f"{MOUNTAIN}201", "synthetic": True, "document": "演示〔2026〕1号"}
    for kind, since, until in (("private", given.OPENED, RECOGNISED), ("inclusive_private", RECOGNISED, FOREVER)):
        row = owned | {"id": new_id(), "type": kind, "since": since, "until": until}
        await given.insert(registry, "kindergarten_types", row)
    a, n = [await given.class_(registry, first, kind=kind, year=YEAR) for kind in ("small", "nursery")]
    b = await given.class_(registry, second, kind="large", year=YEAR)
    c = await given.class_(registry, third, kind="mixed", year=YEAR)
    for room, births in (
        (a, [THREE, THREE]),
        (n, [TWO]),
        (b, [FIVE, SIX_ON_THE_DAY, SIX_THE_DAY_AFTER]),
        (c, [FOUR, FOUR]),
    ):
        for birth in births:
            await given.enrolment(registry, await given.child(registry, birth=birth), room)
    moved = await given.child(registry, birth=THREE)
    await given.enrolment(registry, moved, a, until=TRANSFER, reason_out="transfer")
    await given.enrolment(registry, moved, c, since=TRANSFER, previous_until=TRANSFER, reason_in="transfer")
    for town, people in ((PLAIN, (3, 2, 1)), (MOUNTAIN, (2, 1, 1))):
        for age, children in zip((3, 4, 5), people, strict=True):
            await given.insert(registry, "populations", population(town, age, children))
    return Town(first, second, third, moved)


def population(town: str, age: int, children: int, **fields: object) -> dict[str, object]:
    return {
        "division": town,
        "counted_on": date(YEAR, 9, 1),
        "age": age,
        "basis": "resident",
        "children": children,
        "source": "演示",
        "synthetic": True,
    } | fields
