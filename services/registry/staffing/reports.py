"""The standard held against what is on record: from the JSON of the database to answers."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.registry import data
from services.registry.classes.codes import ClassKind
from services.registry.kindergartens.codes import Relation
from services.registry.parameters.published import PARAMETERS
from services.registry.posts.codes import PostRole
from services.registry.posts.rules import StaffRule, held
from services.registry.posts.schemas import StaffRuleBreach
from services.registry.staffing import rules
from services.registry.staffing.codes import StaffingMeasure
from services.registry.staffing.rules import Classroom, Need, Standard, Workforce
from services.registry.staffing.schemas import (
    StaffingFigures,
    StaffingLine,
    StaffingReport,
    StaffingScope,
    StaffVacancies,
    StaffVacancy,
    StaffVacancyQuery,
    StaffVacancyTotal,
)

RULES = tuple(StaffRule.read(row) for row in data.rows("staffing_rules"))
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Place:
    """A kindergarten and who is in it on a day."""

    id: UUID
    name: str
    division: str
    workforce: Workforce

    @property
    def attached(self) -> bool:
        return self.workforce.relation == Relation.ATTACHED


def places(text: str) -> list[Place]:
    """From the JSON of `WORKFORCE`."""
    return [Place(UUID(each["id"]), each["name"], each["division"], _workforce(each)) for each in json.loads(text)]


def report(place: Place, on: date) -> StaffingReport:
    """One kindergarten."""
    standard = Standard(PARAMETERS, on)
    broken = set()
    if rules.too_many_children(standard, place.workforce):
        broken.add("REG-03")
    if any(_understaffed(standard, place)):
        broken.add("REG-04")
    return StaffingReport(
        kindergarten=place.id,
        kindergarten_name=place.name,
        division=place.division,
        as_of=on,
        lines=[StaffingLine(**_line(standard, each)) for each in rules.needs(standard, place.workforce)],
        findings=_told(broken, on),
        **_strength([place.workforce]),
    )


def vacancies(found: Iterable[Place], query: StaffVacancyQuery, on: date) -> StaffVacancies:
    """Whatever is short."""
    standard = Standard(PARAMETERS, on)
    items = [
        StaffVacancy(
            **_line(standard, need),
            kindergarten=place.id,
            kindergarten_name=place.name,
            division=place.division,
        )
        for place in found
        for need in rules.needs(standard, place.workforce)
        if need.short and query.measure in (None, need.measure)
    ]
    return StaffVacancies(as_of=on, totals=list(_totals(items)), items=items)


def figures(found: Sequence[Place], query: StaffingScope, on: date) -> StaffingFigures:
    """REG-03 to REG-05 over all of them."""
    standard = Standard(PARAMETERS, on)
    preschool = [room for place in found for room in place.workforce.classes if room.kind != ClassKind.NURSERY]
    children = sum(room.children for room in preschool)
    teachers = sum(place.workforce.of(PostRole.TEACHER) for place in found)
    exceeded = rules.exceeds_teacher_ratio(standard, children, teachers)
    return StaffingFigures(
        as_of=on,
        division=query.division,
        kindergartens=sum(place.workforce.children > 0 for place in found),
        kindergartens_in_breach=sum(rules.too_many_children(standard, place.workforce) for place in found),
        classes_in_breach=sum(sum(_understaffed(standard, place)) for place in found),
        preschool_classes=sum(room.children > 0 for room in preschool),
        preschool_children=children,
        children_per_teacher=rules.children_per_teacher(children, teachers),
        findings=_told({"REG-05"} if exceeded else set(), on),
        **_strength([place.workforce for place in found]),
    )


def _workforce(each: dict[str, Any]) -> Workforce:
    rooms = (Classroom(key, name, kind, n, boarding, t, c) for key, name, kind, boarding, n, t, c in each["classes"])
    posts = Counter({(role, kind, full): n for role, kind, full, n in each["posts"]})
    return Workforce(tuple(rooms), posts, each["relation"])


def _understaffed(standard: Standard, place: Place) -> Iterator[bool]:
    return (rules.is_understaffed(standard, room, attached=place.attached) for room in place.workforce.classes)


def _strength(found: Sequence[Workforce]) -> dict[str, Any]:
    children, staff, care = (sum(getattr(each, name) for each in found) for name in ("children", "staff", "care"))
    return {
        "children": children,
        "boarders": sum(each.boarders for each in found),
        "classes": sum(room.children > 0 for each in found for room in each.classes),
        "staff": staff,
        "care_staff": care,
        "teachers": sum(each.of(PostRole.TEACHER) for each in found),
        "children_per_staff": (Decimal(children) / staff).quantize(CENT) if staff else None,
        "children_per_carer": (Decimal(children) / care).quantize(CENT) if care else None,
    }


def _line(standard: Standard, need: Need) -> dict[str, Any]:
    room = need.classroom
    return {
        "measure": need.measure,
        "class_id": room and UUID(room.id),
        "class_name": room and room.name,
        "required": need.required,
        "present": need.present,
        "short": need.short,
        "over": need.over,
        "basis": standard.authority(need.parameter),
    }


def _totals(items: Sequence[StaffVacancy]) -> Iterator[StaffVacancyTotal]:
    for measure in StaffingMeasure:
        if of_it := [each for each in items if each.measure is measure]:
            yield StaffVacancyTotal(
                measure=measure,
                short=sum(each.short for each in of_it),
                kindergartens=len({each.kindergarten for each in of_it}),
            )


def _told(broken: set[str], on: date) -> list[StaffRuleBreach]:
    return [
        StaffRuleBreach(rule=each.rule, severity=each.severity, zh=each.zh, en=each.en, basis=each.basis)
        for each in held(RULES, on)
        if each.rule in broken
    ]
