"""Indicators counted a second time, slowly and plainly, from the raw rows of the register.

Nothing of the code under test is used: ages by birthdays, types and periods by comparing days.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.stack import Service


@dataclass
class Register:
    """The rows as they are, past every scope."""

    enrolments: list[Mapping[str, Any]]
    births: dict[Any, date]
    classes: dict[Any, Mapping[str, Any]]
    places: dict[Any, str]
    types: list[Mapping[str, Any]]
    statuses: list[Mapping[str, Any]]
    populations: list[Mapping[str, Any]]


async def _rows(registry: Service, table: str) -> list[Mapping[str, Any]]:
    found = await registry.database.fetch(f"SELECT row_to_json(t) FROM {table} t")
    return [_dated(row) for (row,) in found]


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    days = ("since", "until", "birth_date", "counted_on")
    return row | {name: date.fromisoformat(row[name]) for name in days if name in row}


async def register(registry: Service) -> Register:
    children, classes = await _rows(registry, "children"), await _rows(registry, "classes")
    kindergartens = await _rows(registry, "kindergartens")
    return Register(
        await _rows(registry, "enrolments"),
        {row["id"]: row["birth_date"] for row in children},
        {row["id"]: row for row in classes},
        {row["id"]: row["division"] for row in kindergartens},
        await _rows(registry, "kindergarten_types"),
        await _rows(registry, "kindergarten_statuses"),
        await _rows(registry, "populations"),
    )


def year_of(day: date) -> int:
    """学年: it begins on 1 September."""
    return day.year - (day.month < 9)


def age_at_cut_off(birth: date, day: date) -> int:
    """Birthdays had by 31 August before the school year of the day."""
    cut_off, age = date(year_of(day), 8, 31), 0
    while _birthday(birth, age + 1) <= cut_off:
        age += 1
    return age


def _birthday(birth: date, age: int) -> date:
    try:
        return birth.replace(year=birth.year + age)
    except ValueError:  # 29 February
        return date(birth.year + age, 3, 1)


def on(rows: list[Mapping[str, Any]], day: date) -> list[Mapping[str, Any]]:
    return [row for row in rows if row["since"] <= day < row["until"]]


def type_of(register: Register, kindergarten: Any, day: date) -> str | None:
    held = [row["type"] for row in on(register.types, day) if row["kindergarten"] == kindergarten]
    assert len(held) <= 1
    return held[0] if held else None


def children(register: Register, day: date, prefix: str) -> list[Mapping[str, Any]]:
    """Enrolments of the day that count for ages three to six: nursery classes are left out."""
    return [
        row
        for row in on(register.enrolments, day)
        if register.places[row["kindergarten"]].startswith(prefix)
        and register.classes[row["class_id"]]["kind"] != "nursery"
    ]


def people(register: Register, day: date, prefix: str, basis: str = "resident") -> int:
    """By each town's and age's latest count not later than the day."""
    total = 0
    counts = [
        row
        for row in register.populations
        if row["basis"] == basis and 3 <= row["age"] <= 5 and row["division"].startswith(prefix)
    ]
    for town, age in {(row["division"], row["age"]) for row in counts}:
        known = [r for r in counts if (r["division"], r["age"]) == (town, age) and r["counted_on"] <= day]
        total += max(known, key=lambda row: row["counted_on"])["children"] if known else 0
    return total


def figure(register: Register, code: str, day: date, prefix: str = "110116", **basis: str) -> tuple[int, int]:
    """Numerator and denominator of one of the plan's three targets."""
    present = children(register, day, prefix)
    if code == "enrolment_rate_3y":
        if basis.get("rate_mode", "net") == "net":
            present = [row for row in present if 3 <= age_at_cut_off(register.births[row["child"]], day) <= 5]
        return len(present), people(register, day, prefix, basis.get("population_basis", "resident"))
    counted = {"inclusive_coverage": ("public", "inclusive_private"), "public_share": ("public",)}[code]
    return sum(type_of(register, row["kindergarten"], day) in counted for row in present), len(present)


def half_up(numerator: int, denominator: int) -> str | None:
    """A percentage with two decimals, rounded half up, on integers alone."""
    if denominator == 0:
        return None
    hundredths = (numerator * 20_000 + denominator) // (2 * denominator)
    return f"{hundredths // 100}.{hundredths % 100:02}"
