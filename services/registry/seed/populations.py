"""Persons aged three to five by town and year: invented so that the enrolment rate is near its target.

No population by town and age is published for the district. The figures are an illustrative parameter.
"""

from collections import Counter
from datetime import date
from random import Random

from services.registry.ages.rules import school_age, school_year, school_year_since
from services.registry.classes.codes import ClassKind
from services.registry.seed.kindergartens import Institutions
from services.registry.seed.roll import Pupil
from services.registry.seed.rows import Population

AGES = (3, 4, 5)
RATES = (0.972, 0.992)
SOURCE = "示例参数：分镇乡分年龄人口未公开，由演示数据推算，不得作为统计数据使用"


def populations(made: Institutions, pupils: list[Pupil], rng: Random, on: date) -> list[Population]:
    """Resident persons of each age in each town for the three school years.

    Each is the number enrolled in the town's kindergartens on the same day of that school year, divided by a rate.
    """
    year = school_year(on)
    years = range(year - 2, year + 1)
    enrolled = _enrolled(made, pupils, {at: _years_before(on, year - at) for at in years})
    towns = sorted({plot.town for plot in made.plots.values()})
    return [
        Population(
            division=town,
            counted_on=school_year_since(at),
            age=age,
            basis="resident",
            children=round(enrolled[town, at, age] / rng.uniform(*RATES)),
            source=SOURCE,
        )
        for at in years
        for town in towns
        for age in AGES
    ]


def _years_before(on: date, years: int) -> date:
    day = 28 if (on.month, on.day) == (2, 29) and years % 4 else on.day
    return on.replace(year=on.year - years, day=day)


def _enrolled(made: Institutions, pupils: list[Pupil], days: dict[int, date]) -> Counter[tuple[str, int, int]]:
    counted: Counter[tuple[str, int, int]] = Counter()
    for pupil in pupils:
        for stay in pupil.stays:
            at = stay.room.school_year
            day = days[at]
            present = stay.since <= day < stay.until
            if present and stay.room.kind is not ClassKind.NURSERY:
                counted[made.plots[stay.room.kindergarten].town, at, school_age(pupil.birth, at)] += 1
    return counted
