"""A project as the rules see it, from its JSON."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.registry.construction.rules import Milestone, Site


def site(row: Mapping[str, Any]) -> Site:
    return Site(
        state=row["state"],
        kind=row["kind"],
        since=date.fromisoformat(row["registered_on"]),
        milestones=[
            Milestone(each["track"], each["step"], *(_day(each[name]) for name in _DAYS)) for each in row["milestones"]
        ],
        property_on=_day(row["property_on"]),
        nature=row["nature"],
        reported=[date.fromisoformat(each["month"]) for each in row["reports"]],
        obstacles=[date.fromisoformat(each["due_on"]) for each in row["obstacles"] if each["resolved_on"] is None],
    )


_DAYS = ("planned_on", "forecast_on", "actual_on")


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
