"""The 75 kindergartens of the demonstration district as designed by hand: town, type, size, role."""

import csv
from dataclasses import dataclass
from pathlib import Path

from services.registry import data
from services.registry.classes.codes import ClassKind
from services.registry.kindergartens.codes import Type

TYPES = {kind.value: kind for kind in Type}


@dataclass(frozen=True, slots=True)
class Plot:
    """One kindergarten of the design. `classes` are those of the current school year."""

    town: str
    town_name: str
    zone: str
    stem: str
    type: Type
    founder_code: str
    for_profit: bool
    classes: dict[ClassKind, int]
    role: str
    parent: str
    group: str
    host: str
    campuses: int
    boarding: bool
    minority: bool
    urban_rural_code: str
    history: str

    @property
    def is_legal_person(self) -> bool:
        return not self.parent and not self.host


def plots() -> list[Plot]:
    zones = {row["code"]: row["zone"] for row in data.rows("divisions") if row["level"] == "town"}
    with (Path(__file__).parent / "layout.csv").open(encoding="utf-8", newline="") as file:
        return [_plot(row, zones) for row in csv.DictReader(file)]


def _plot(row: dict[str, str], zones: dict[str, str]) -> Plot:
    return Plot(
        town=row["town"],
        town_name=row["town_name"],
        zone=zones[row["town"]],
        stem=row["stem"],
        type=TYPES[row["type"]],
        founder_code=row["founder_code"],
        for_profit=bool(row["for_profit"]),
        classes={kind: int(row[kind]) for kind in ClassKind},
        role=row["role"],
        parent=row["parent"],
        group=row["group"],
        host=row["host"],
        campuses=int(row["campuses"]),
        boarding=bool(row["boarding"]),
        minority=bool(row["minority"]),
        urban_rural_code=row["urban_rural_code"],
        history=row["history"],
    )


def villages() -> dict[str, list[tuple[str, str]]]:
    """Town code → its villages and communities as (code, name)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in data.rows("divisions"):
        if row["level"] == "village":
            found.setdefault(row["parent"], []).append((row["code"], row["name"]))
    return found
