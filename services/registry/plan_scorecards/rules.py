"""The score of a unit, point by point 综合督导计分卡. Pure.

怀政办发〔2023〕16号 四(三): the work is part of the comprehensive supervision of departments, towns and streets. No
published rule says how it is scored: the weights are an illustrative parameter of the district.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from services.registry.parameters.rules import Parameter
from services.registry.plan_scorecards.codes import ScorecardCriterion as Criterion
from services.registry.plan_tasks.rules import Work, is_done, is_done_on_time, name_of, quarters_owed, report_due

CENT, TENTH = Decimal("0.01"), Decimal("0.1")
DROPPED = ("cancelled", "carried_over")


@dataclass(frozen=True, slots=True)
class Scored:
    """A task a unit leads."""

    id: str
    name: str
    work: Work


@dataclass(frozen=True, slots=True)
class Reached:
    """A figure held against a threshold: of a task, or of the plan for a town. `met` is None without a figure."""

    id: str
    name: str
    said: str
    met: bool | None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a point is missing."""

    about: str
    name: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion: `reached` of `of`; no points where there is nothing to count."""

    criterion: Criterion
    weight: Decimal
    reached: int
    of: int
    points: Decimal | None
    reasons: tuple[Reason, ...]


def lines(
    tasks: Sequence[Scored],
    figures: Sequence[Reached],
    judged: Sequence[Reached],
    weights: Mapping[str, Decimal],
    parameters: Sequence[Parameter],
    on: date,
) -> tuple[Line, ...]:
    """The criteria, each with what is missing. `judged`: kindergartens of a town, by what stands against them."""
    scored = [each for each in tasks if _counts(each.work, on)]
    due = [each for each in scored if each.work.due_on < on or is_done(each.work, on)]
    checks: tuple[tuple[Criterion, list[tuple[bool, Reason]]], ...] = (
        (Criterion.DONE, [_judged(each, is_done(each.work, on), "未完成", "not completed") for each in scored]),
        (
            Criterion.ON_TIME,
            [
                _judged(
                    each,
                    is_done_on_time(each.work, on),
                    f"期限{each.work.due_on},未按期完成",
                    f"due {each.work.due_on}, not completed in time",
                )
                for each in due
            ],
        ),
        (Criterion.REPORTS, [found for each in tasks for found in _reports(each, parameters, on)]),
        (
            Criterion.QUALITY,
            [
                (each.met, Reason(each.id, each.name, each.said, f"stands against it: {each.said}"))
                for each in judged
                if each.met is not None
            ],
        ),
        (
            Criterion.INDICATORS,
            [
                (each.met, Reason(each.id, each.name, f"未达标:{each.said}", f"not reached: {each.said}"))
                for each in figures
                if each.met is not None
            ],
        ),
    )
    return tuple(_line(criterion, weights[criterion], found) for criterion, found in checks)


def score(found: Iterable[Line]) -> Decimal | None:
    """Points of 100, over the criteria that had something to count; None when none had."""
    counted = [each for each in found if each.points is not None]
    over = sum((each.weight for each in counted), Decimal(0))
    if not over:
        return None
    got = sum((each.weight * each.reached / each.of for each in counted), Decimal(0))
    return (100 * got / over).quantize(TENTH, ROUND_HALF_UP)


def _counts(work: Work, on: date) -> bool:
    """Assigned by that day, and not cancelled or carried over by it."""
    dropped = work.state in DROPPED and work.closed_on is not None and work.closed_on <= on
    return work.assigned_on is not None and work.assigned_on <= on and not dropped


def _judged(task: Scored, reached: bool, zh: str, en: str) -> tuple[bool, Reason]:
    return reached, Reason(task.id, task.name, zh, en)


def _reports(task: Scored, parameters: Sequence[Parameter], on: date) -> Iterable[tuple[bool, Reason]]:
    for quarter in quarters_owed(task.work, on):
        due, came = report_due(quarter, parameters), task.work.reported.get(quarter)
        if came is not None and came > on:
            came = None
        if came is None and on <= due:
            continue  # there is time yet
        late = "未报" if came is None else f"{came}迟报", "missing" if came is None else f"late, on {came}"
        name = name_of(quarter)
        yield (
            came is not None and came <= due,
            Reason(task.id, task.name, f"{name}季报{late[0]}(期限{due})", f"report of {name} {late[1]} (due {due})"),
        )


def _line(criterion: Criterion, weight: Decimal, found: list[tuple[bool, Reason]]) -> Line:
    reached = sum(1 for good, _ in found if good)
    points = (weight * reached / len(found)).quantize(CENT, ROUND_HALF_UP) if found else None
    return Line(criterion, weight, reached, len(found), points, tuple(why for good, why in found if not good))
