"""学前教育需求预测: cohorts of 3 to 5 and the seats they need, one to six years ahead. Pure.

怀政办发〔2023〕16号 三(一)1-b: demand is the births of three cohorts × survival and migration × the
enrolment rate. A school year is named by the calendar year it starts in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from services.registry.forecasts.codes import CohortBasis, ForecastWarning

AGES = (3, 4, 5)
# A cohort is born from 1 September to 31 August: four months of one calendar year, eight of the next.
AUTUMN = Fraction(4, 12)


@dataclass(frozen=True, slots=True)
class Assumptions:
    """`yearly_factor`: survival × net migration a year. `birth_change`: of births after the last year known, a year."""

    yearly_factor: Decimal
    birth_change: Decimal
    enrolment_rate: Decimal


@dataclass(frozen=True, slots=True)
class Known:
    """What is on file about a town: births by calendar year, people by (school year counted in, age)."""

    births: Mapping[int, int]
    people: Mapping[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class Cohort:
    """Children of one age in a school year, and from which year and figure they are reckoned."""

    age: int
    people: Fraction
    basis: CohortBasis
    year: int


def births_in(births: Mapping[int, int], year: int, change: Decimal) -> tuple[Fraction, bool] | None:
    """Births of a calendar year and whether they are assumed; None before the first year known or with none at all."""
    if year in births:
        return Fraction(births[year]), False
    if not births or year < max(births):
        return None
    last = max(births)
    return births[last] * (1 + Fraction(change)) ** (year - last), True


def born_into(births: Mapping[int, int], year: int, change: Decimal) -> tuple[Fraction, bool] | None:
    """Births from 1 September of the year before to 31 August of `year`, and whether any part is assumed."""
    before, after = births_in(births, year - 1, change), births_in(births, year, change)
    if before is None or after is None:
        return None
    return AUTUMN * before[0] + (1 - AUTUMN) * after[0], before[1] or after[1]


def cohort(known: Known, age: int, school_year: int, given: Assumptions) -> Cohort | None:
    """The children of that age at the cut-off of the school year.

    From the latest count of the same children, carried on by the yearly factor; else from their births.
    """
    factor = Fraction(given.yearly_factor)
    counted = [year for year, at in known.people if year <= school_year and at == age - (school_year - year)]
    if counted:
        year = max(counted)
        passed = school_year - year
        return Cohort(age, known.people[year, age - passed] * factor**passed, CohortBasis.POPULATION, year)
    born = born_into(known.births, school_year - age, given.birth_change)
    if born is None:
        return None
    number, assumed = born
    basis = CohortBasis.ASSUMED if assumed else CohortBasis.BIRTHS
    return Cohort(age, number * factor**age, basis, school_year - age)


def demand(cohorts: list[Cohort | None], rate: Decimal) -> int | None:
    """Seats the cohorts need, rounded half up once; None when one of them is not known."""
    people = [each.people for each in cohorts if each is not None]
    if len(people) < len(cohorts):
        return None
    return rounded(sum(people, Fraction(0)) * Fraction(rate))


def rounded(value: Fraction) -> int:
    return int((2 * value.numerator + value.denominator) // (2 * value.denominator))


def warning(seats: int, needed: int | None, surplus: Decimal) -> ForecastWarning | None:
    """Short by one seat is short; a surplus is more than the share of the parameter above the demand."""
    if needed is None:
        return None
    if seats < needed:
        return ForecastWarning.SHORTAGE
    return ForecastWarning.SURPLUS if seats > needed * (1 + Fraction(surplus)) else None
