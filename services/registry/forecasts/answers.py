"""The forecast, put together for a day, a place and a version of a scenario."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from services.registry.ages.rules import school_year
from services.registry.forecasts.queries import INPUTS
from services.registry.forecasts.rules import AGES, Assumptions, Cohort, Known, cohort, demand, rounded, warning
from services.registry.forecasts.scenarios import chosen, scenarios
from services.registry.forecasts.schemas import (
    ForecastCohort,
    ForecastOut,
    ForecastQuery,
    ForecastTown,
    ForecastYear,
)
from services.registry.network.answers import town_report
from services.registry.network.schemas import TownRow
from services.registry.parameters.published import PARAMETERS
from services.registry.parameters.rules import in_force
from shared.days import today
from shared.db import Reader

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Basis:
    """What all towns of a forecast share."""

    assumptions: Assumptions
    surplus: Decimal
    years: Sequence[int]
    building: Sequence[Row]


async def forecast(reader: Reader, query: ForecastQuery) -> ForecastOut:
    """Compute it. Raises NotFound for a place out of scope, InvalidInput for an unknown scenario."""
    on = query.as_of or today()
    scenario = chosen(await scenarios(reader), query.scenario, query.version)
    population = in_force(PARAMETERS, "enrolment_rate_population", on).value
    report = await town_report(reader, on, query.division)
    body, *_ = await reader.one(INPUTS, "forecast", as_of=on, division=query.division or "", basis=population)
    inputs: dict[str, list[Row]] = json.loads(body)
    surplus = in_force(PARAMETERS, "forecast_surplus_share", on).number
    given = Assumptions(
        *(Decimal(getattr(scenario, name)) for name in ("yearly_factor", "birth_change", "enrolment_rate"))
    )
    first = school_year(on) + 1
    basis = Basis(given, surplus, range(first, first + query.years), inputs["building"])
    towns = [_town(each, _known(each.division, inputs), basis) for each in report.items]
    return ForecastOut(
        as_of=on,
        division=query.division or "",
        scenario=scenario,
        population_basis=population,
        surplus_share=str(surplus),
        towns=towns,
        total=[_total([each.years[at] for each in towns], basis, year) for at, year in enumerate(basis.years)],
        synthetic=report.synthetic or any(row["synthetic"] for row in (*inputs["births"], *inputs["people"])),
    )


def _known(town: str, inputs: Mapping[str, list[Row]]) -> Known:
    """Of several counts in one school year the latest holds: they come in the order of their days."""
    births = {row["year"]: row["births"] for row in inputs["births"] if row["division"] == town}
    people = {
        (school_year(date.fromisoformat(row["counted_on"])), row["age"]): row["children"]
        for row in inputs["people"]
        if row["division"] == town
    }
    return Known(births, people)


def _town(town: TownRow, known: Known, basis: Basis) -> ForecastTown:
    coming = [each for each in basis.building if each["town"] == town.division]
    years = []
    for year in basis.years:
        cohorts = [cohort(known, age, year, basis.assumptions) for age in AGES]
        planned = sum(each["seats"] for each in coming if each["expected_on"] <= f"{date(year, 9, 1)}")
        needed = demand(cohorts, basis.assumptions.enrolment_rate)
        if not known.births and not known.people and town.kind == "development_zone":
            needed = 0  # a statistical unit: nobody is counted as living there
        years.append(_year(year, cohorts, needed, (town.seats, planned), basis))
    return ForecastTown(division=town.division, name=town.name, zone=town.zone, years=years)


def _year(
    year: int, cohorts: list[Cohort | None], needed: int | None, supply: tuple[int, int], basis: Basis
) -> ForecastYear:
    seats, planned = supply
    shown = [_cohort(age, each) for age, each in zip(AGES, cohorts, strict=True)]
    known = [each.people for each in shown if each.people is not None]
    return ForecastYear(
        school_year=year,
        cohorts=shown,
        people=sum(known) if len(known) == len(AGES) else None,
        demand=needed,
        seats=seats,
        planned_seats=planned,
        gap=None if needed is None else seats + planned - needed,
        warning=warning(seats + planned, needed, basis.surplus),
    )


def _cohort(age: int, found: Cohort | None) -> ForecastCohort:
    if found is None:
        return ForecastCohort(age=age, people=None, basis=None, year=None)
    return ForecastCohort(age=age, people=rounded(found.people), basis=found.basis, year=found.year)


def _total(rows: list[ForecastYear], basis: Basis, year: int) -> ForecastYear:
    """The sum over towns; of people and demand only where every town's is known."""
    seats, planned = sum(each.seats for each in rows), sum(each.planned_seats for each in rows)
    known = [each.demand for each in rows if each.demand is not None]
    needed = sum(known) if rows and len(known) == len(rows) else None
    people = [each.people for each in rows if each.people is not None]
    return ForecastYear(
        school_year=year,
        cohorts=[],
        people=sum(people) if needed is not None else None,
        demand=needed,
        seats=seats,
        planned_seats=planned,
        gap=None if needed is None else seats + planned - needed,
        warning=warning(seats + planned, needed, basis.surplus),
    )


def digest_of(found: ForecastOut) -> str:
    return hashlib.sha256(found.model_dump_json().encode()).hexdigest()
