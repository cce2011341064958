"""A task as the rules see it, from its JSON, and whether a caller acts for its lead unit."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.registry.offers import held
from services.registry.permissions import May
from services.registry.plan_tasks.rules import Work, quarter_named
from shared.auth import Actor

TOWN_DIGITS = 9


def work(row: Mapping[str, Any], *, speaks: bool = False) -> Work:
    return Work(
        state=row["state_now"],
        due_on=date.fromisoformat(row["due_on"]),
        assigned_on=_day(row["assigned_on"]),
        submitted_on=_day(row["submitted_on"]),
        closed_on=_day(row["closed_on"]),
        reported={
            quarter_named(each["quarter"]): date.fromisoformat(each["first_reported_on"]) for each in row["reports"]
        },
        submitted_by=row.get("submitted_by"),
        speaks=speaks,
    )


def speaks(row: Mapping[str, Any], caller: Actor) -> bool:
    """Whether the caller plans for the place, is an officer of the lead town, or is entered as acting for the unit."""
    may = held(caller, row["division"], None)
    in_town = len(row["division"]) >= TOWN_DIGITS and May.REPORT_PLAN_TASKS in may
    return May.WRITE_PLAN in may or in_town or caller.id in row["members"]


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
