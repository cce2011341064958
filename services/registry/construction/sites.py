"""A project as the rules see it on a day, from its JSON: what came later is not known yet."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.registry.construction.rules import Milestone, Site


def site(row: Mapping[str, Any], on: date) -> Site:
    closed = _day(row["closed_on"])
    return Site(
        state="underway" if closed is None or closed > on else row["state"],
        kind=row["kind"],
        since=date.fromisoformat(row["registered_on"]),
        milestones=[_milestone(each, on) for each in row["milestones"]],
        property_on=_upto(row["property_on"], on),
        nature=row["nature"],
        reported=[date.fromisoformat(each["month"]) for each in row["reports"] if each["reported_on"] <= f"{on}"],
        obstacles=[date.fromisoformat(each["due_on"]) for each in open_obstacles(row, on)],
        seats=row["planned_seats"],
        classes=row["planned_classes"],
        residents=row["residents"],
    )


def open_obstacles(row: Mapping[str, Any], on: date) -> list[dict[str, Any]]:
    """Obstacles raised by that day and not resolved by it."""
    return [
        each
        for each in row["obstacles"]
        if each["raised_on"] <= f"{on}" and (each["resolved_on"] is None or each["resolved_on"] > f"{on}")
    ]


def _milestone(each: Mapping[str, Any], on: date) -> Milestone:
    planned, forecast = _day(each["planned_on"]), _day(each["forecast_on"])
    return Milestone(each["track"], each["step"], planned, forecast, _upto(each["actual_on"], on))


def _upto(value: str | None, on: date) -> date | None:
    """A day of the past; what lies ahead of the day asked for has not happened."""
    day = _day(value)
    return None if day is None or day > on else day


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
