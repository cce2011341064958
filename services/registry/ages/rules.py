"""Ages as the school year sees them. Pure: no clock; every function takes the day or the school year.

A school year is named by the calendar year it starts in: 2026 is 1 September 2026 to 31 August 2027.
"""

from datetime import date

from services.registry.classes.codes import ClassKind

PRESCHOOL_AGES = (3, 5)  # 学前教育法 art. 2: from three until entering primary school


KIND_AT_AGE = {2: ClassKind.NURSERY, 3: ClassKind.SMALL, 4: ClassKind.MIDDLE, 5: ClassKind.LARGE}
NEXT_KIND = {
    ClassKind.NURSERY: ClassKind.SMALL,
    ClassKind.SMALL: ClassKind.MIDDLE,
    ClassKind.MIDDLE: ClassKind.LARGE,
}


def school_year(on: date) -> int:
    """学年: 1 September to 31 August."""
    return on.year if on.month >= 9 else on.year - 1  # noqa: PLR2004  # September


def school_year_since(year: int) -> date:
    """The first day of the school year."""
    return date(year, 9, 1)


def school_year_until(year: int) -> date:
    """The day after its last: periods end exclusively."""
    return date(year + 1, 9, 1)


def cut_off(year: int) -> date:
    """The day on which age is taken for a school year: 31 August before it starts, that day included."""
    return date(year, 8, 31)


def full_years(birth: date, on: date) -> int:
    """周岁. A child born on 29 February is a year older on 1 March of a common year."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def full_months(birth: date, on: date) -> int:
    """月龄: completed months, as the nursery rules count (托小班 12-24, 托大班 24-36 months)."""
    return (on.year - birth.year) * 12 + on.month - birth.month - (on.day < birth.day)


def school_age(birth: date, year: int) -> int:
    """Age in full years at the cut-off of the school year."""
    return full_years(birth, cut_off(year))


def birth_window(year: int, youngest: int, oldest: int) -> tuple[date, date]:
    """First and last birth date (both inclusive) of those who are `youngest`..`oldest` at the year's cut-off.

    For 小班 of 2026 (age 3): 1 September 2022 to 31 August 2023.
    """
    return date(year - oldest - 1, 9, 1), date(year - youngest, 8, 31)


def three_to_five(birth: date, on: date) -> bool:
    """Whether the child is of the three preschool years (适龄): 3 reached and 6 not yet at the cut-off."""
    first, last = birth_window(school_year(on), *PRESCHOOL_AGES)
    return first <= birth <= last


def expected_class_kind(birth: date, year: int) -> ClassKind | None:
    """The class of the child's age: 托 at 2, 小 at 3, 中 at 4, 大 at 5; None when younger or due at primary school."""
    return KIND_AT_AGE.get(school_age(birth, year))


def suits(kind: ClassKind, birth: date, year: int) -> bool:
    """Whether the child's age fits the class; 混合班 takes all three years."""
    age = school_age(birth, year)
    if kind is ClassKind.MIXED:
        return PRESCHOOL_AGES[0] <= age <= PRESCHOOL_AGES[1]
    return KIND_AT_AGE.get(age) is kind


def next_kind(kind: ClassKind, birth: date, year: int) -> ClassKind | None:
    """升班: the class of the next school year; None means the child graduates.

    `year` is the year that ends. 托→小→中→大→primary school; from a 混合班 a child graduates by age and
    otherwise stays in a 混合班.
    """
    if kind is ClassKind.MIXED:
        return None if school_age(birth, year) >= PRESCHOOL_AGES[1] else ClassKind.MIXED
    return NEXT_KIND.get(kind)
