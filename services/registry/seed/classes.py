"""Classes of three school years: each cohort of a kindergarten goes from 小班 through 中班 to 大班."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from services.registry import data
from services.registry.ages.rules import school_year_since, school_year_until
from services.registry.classes.codes import ClassKind
from services.registry.classes.rules import Size, class_size
from services.registry.parameters.rules import Parameter
from services.registry.seed.kindergartens import Institutions
from services.registry.seed.numbers import Numbers
from services.registry.seed.rows import Class, Kindergarten

YEARS = 3
NUMERALS = "一二三四五六七八九十"
LABELS = {
    ClassKind.SMALL: "小",
    ClassKind.MIDDLE: "中",
    ClassKind.LARGE: "大",
    ClassKind.MIXED: "混合",
    ClassKind.NURSERY: "托",
}
BEFORE = {  # 托班 children are spread over the 小班, so no class continues a 托班
    ClassKind.MIDDLE: ClassKind.SMALL,
    ClassKind.LARGE: ClassKind.MIDDLE,
    ClassKind.MIXED: ClassKind.MIXED,
}
GRADES = (ClassKind.SMALL, ClassKind.MIDDLE, ClassKind.LARGE)


def opened_classes(made: Institutions, numbers: Numbers, year: int) -> list[Class]:
    """All classes of the three school years that end with `year`.

    A cohort keeps its number of classes: this year's 大班 were as many 中班 last year and 小班 the year before.
    Cohorts before those on record had as many classes as the oldest on record.
    """
    parameters = [Parameter.read(row) for row in data.document("parameters")["parameters"]]
    owners = {k.id: k for k in made.kindergartens}
    classes: list[Class] = []
    for kindergarten, plot in made.plots.items():
        earlier: dict[tuple[ClassKind, int], UUID] = {}
        for at in range(first_year(plot.history, year), year + 1):
            if plot.history == "reopened" and at == year - 1:
                earlier = {}  # nobody came back from the kindergartens they had been moved to
            present: dict[tuple[ClassKind, int], UUID] = {}
            for kind, index in _slots(plot.classes, year - at):
                before = BEFORE.get(kind)
                continues = earlier.get((before, index)) if before else None
                size = class_size(parameters, kind, school_year_since(at))
                new = _class(numbers, owners[kindergarten], kind, size, (at, index), continues)
                new = replace(new, boarding=plot.boarding)
                present[kind, index] = new.id
                classes.append(new)
            earlier = present
    return classes


def first_year(history: str, year: int) -> int:
    """The first school year on record; a kindergarten opened last year has no class before."""
    return year - 1 if history == "opened" else year - YEARS + 1


def _slots(classes: dict[ClassKind, int], years_ago: int) -> Iterable[tuple[ClassKind, int]]:
    for position, kind in enumerate(GRADES):
        later = GRADES[min(position + years_ago, len(GRADES) - 1)]
        for index in range(classes[later]):
            yield kind, index
    for kind in (ClassKind.MIXED, ClassKind.NURSERY):
        for index in range(classes[kind]):
            yield kind, index


def _class(
    numbers: Numbers, owner: Kindergarten, kind: ClassKind, size: Size, when: tuple[int, int], continues: UUID | None
) -> Class:
    year, index = when
    return Class(
        id=numbers.id("class"),
        kindergarten=owner.id,
        division=owner.division,
        school_year=year,
        name=f"{LABELS[kind]}{NUMERALS[index]}班",
        kind=kind,
        standard_size=size.standard,
        hard_limit=size.hard_limit,
        boarding=False,
        continues=continues,
        since=school_year_since(year),
        until=school_year_until(year),
    )
