"""Signals and gaps in the daily records: illness that gathers, meals, buses and drills. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from services.safety.parameters.rules import Parameter, number


@dataclass(frozen=True, slots=True)
class Absence:
    """So many children of a class absent on a day for one cause."""

    kindergarten: str
    group: str
    day: date
    cause: str
    children: int


@dataclass(frozen=True, slots=True)
class Signal:
    """Illness that gathers in a class, or in a kindergarten (`group` is None)."""

    kindergarten: str
    group: str | None
    cause: str
    children: int
    since: date


def outbreaks(parameters: Iterable[Parameter], absences: Iterable[Absence], on: date) -> list[Signal]:
    """Same cause within the days observed: the highest day's count of a class, summed over classes for the whole.

    A child absent three days is one child, so days are not added up.
    """
    numbers = tuple(parameters)
    first = on - timedelta(number(numbers, "outbreak_days", on) - 1)
    peak: dict[tuple[str, str, str], int] = defaultdict(int)
    for each in absences:
        if first <= each.day <= on:
            key = (each.kindergarten, each.cause, each.group)
            peak[key] = max(peak[key], each.children)
    whole: dict[tuple[str, str], int] = defaultdict(int)
    signals = []
    for (place, cause, group), children in sorted(peak.items()):
        whole[place, cause] += children
        if children >= number(numbers, "outbreak_class", on):
            signals.append(Signal(place, group, cause, children, first))
    for (place, cause), children in sorted(whole.items()):
        if children >= number(numbers, "outbreak_kindergarten", on):
            signals.append(Signal(place, None, cause, children, first))
    return signals


def quarter(day: date) -> tuple[date, date]:
    """First and last day of the quarter."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    following = (first + timedelta(95)).replace(day=1)
    return first, following - timedelta(1)


def meal_faults(
    parameters: Iterable[Parameter],
    *,
    accompanied: bool,
    dishes: int,
    samples: int,
    least_grams: int,
    on: date,
    kept_hours: int | None = None,
    kept_celsius: Decimal | None = None,
) -> list[str]:
    """What is wrong with the record of a meal (SAF-12); hours and degrees only where they were told."""
    numbers = tuple(parameters)
    least, hours, cold, warm = (
        number(numbers, f"meal_sample_{name}", on) for name in ("grams", "hours", "celsius_from", "celsius_to")
    )
    faults = [] if accompanied else ["无负责人陪餐"]
    if samples < dishes:
        faults.append(f"{dishes} 个品种只留样 {samples} 个")
    if samples and least_grams < least:
        faults.append(f"留样不足 {least} 克")
    if kept_hours is not None and kept_hours < hours:
        faults.append(f"留样保存不足 {hours} 小时")
    if kept_celsius is not None and not cold <= kept_celsius <= warm:
        faults.append(f"留样温度不在 {cold} 至 {warm} ℃")
    return faults


def bus_faults(*, dedicated: bool, licence_until: date | None, boarded: int, alighted: int, on: date) -> list[str]:
    """What is wrong with a run of a school bus (SAF-13)."""
    faults = [] if dedicated else ["不是幼儿专用校车"]
    if licence_until is None or licence_until < on:
        faults.append("无校车使用许可或已过期")
    if boarded != alighted:
        faults.append(f"上车 {boarded} 人,下车 {alighted} 人")
    return faults
