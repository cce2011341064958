"""A bus carries children only when bus, driver and papers are in order (SAF-13). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.safety.parameters.rules import Parameter, number
from services.safety.timers.rules import months_after

LAW = "校车安全管理条例"


@dataclass(frozen=True, slots=True)
class Bus:
    """What is known of a bus and its driver; an unknown day is None."""

    dedicated: bool
    licence_until: date | None
    inspected_on: date | None
    responsibility_filed_on: date | None
    seats: int
    driver_born_on: date | None
    driver_licensed_on: date | None
    driver_checked_on: date | None


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why the bus must not carry children, and under which article."""

    zh: str
    article: str


def obstacles(parameters: Iterable[Parameter], bus: Bus, on: date) -> list[Obstacle]:
    """Everything that keeps the bus from carrying children on that day; each day named is the last that is good."""
    numbers = tuple(parameters)

    def value(name: str) -> int:
        return number(numbers, name, on)

    found = [
        (bus.dedicated, "不是幼儿专用校车", "第六十条"),
        (bus.licence_until is not None and on <= bus.licence_until, "无校车使用许可或已过期", "第十四条、第十五条"),
        (_within(bus.inspected_on, value("bus_inspection_months"), on), "未按期安全技术检验", "第二十条"),
        (bus.responsibility_filed_on is not None, "未签订并备案校车安全管理责任书", "第十一条"),
        (_aged(bus.driver_born_on, value("bus_driver_age_from"), value("bus_driver_age_to"), on),
         "驾驶人年龄不符", "第二十三条"),
        (_seasoned(bus.driver_licensed_on, value("bus_driver_years"), on), "驾驶人驾龄不足", "第二十三条"),
        (_within(bus.driver_checked_on, value("bus_driver_check_months"), on), "驾驶人未按期审验", "第二十六条"),
    ]  # fmt: skip
    return [Obstacle(zh, LAW + article) for good, zh, article in found if not good]


def _within(day: date | None, months: int, on: date) -> bool:
    return day is not None and day <= on <= months_after(day, months)


def _seasoned(licensed: date | None, years: int, on: date) -> bool:
    return licensed is not None and months_after(licensed, 12 * years) <= on


def _aged(born: date | None, least: int, most: int, on: date) -> bool:
    """From the birthday of the least age on, until the day before one is older than the most."""
    return born is not None and months_after(born, 12 * least) <= on < months_after(born, 12 * (most + 1))
