"""Scenarios: those the software came with, and the versions the district set after them."""

import json
from typing import Any

from sqlalchemy import Text, cast, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry import data
from services.registry.forecasts.models import ForecastScenario
from services.registry.forecasts.schemas import ForecastScenarioOut, ForecastScenarioPut
from services.registry.plan_units.actions import for_the_district
from shared.auth import Actor
from shared.days import today
from shared.db import Reader
from shared.documents import many
from shared.errors import InvalidInput
from shared.events import announce

SET = "registry.forecast_scenario.set"
FIGURES = ("yearly_factor", "birth_change", "enrolment_rate")
_row = ForecastScenario.__table__.c
STORED = many(
    select(
        *(
            (cast(_row[name], Text) if name in FIGURES else _row[name]).label(name)
            for name in ForecastScenarioOut.model_fields
        )
    ).order_by(_row.code, _row.version)
)
SHIPPED = [
    ForecastScenarioOut(**each, document="示例参数,待区教委确定", tag="illustrative", set_by=None, set_on=None)
    for each in data.document("forecast_scenarios")["scenarios"]
]


def together(stored: list[dict[str, Any]]) -> list[ForecastScenarioOut]:
    """Every version of every scenario, the latest of each code last."""
    found = [*SHIPPED, *(ForecastScenarioOut.model_validate(each) for each in stored)]
    return sorted(found, key=lambda each: (each.code, each.version))


def chosen(found: list[ForecastScenarioOut], code: str, version: int | None) -> ForecastScenarioOut:
    """That version of the scenario, or its latest. Raises InvalidInput."""
    named = [each for each in found if each.code == code and version in (None, each.version)]
    if not named:
        raise InvalidInput(reason_zh="没有这个方案。", reason_en="there is no such scenario.", pointer="scenario")
    return named[-1]


async def scenarios(reader: Reader) -> list[ForecastScenarioOut]:
    body, *_ = await reader.one(STORED, "scenario")
    return together(json.loads(body))


async def set_scenario(session: AsyncSession, actor: Actor, code: str, put: ForecastScenarioPut) -> None:
    """Set a scenario anew: the version after its latest, unless nothing changes."""
    district = for_the_district(actor)
    stored = list(
        await session.scalars(
            select(ForecastScenario).where(ForecastScenario.code == code).order_by(ForecastScenario.version)
        )
    )
    values = put.model_dump(exclude={"illustrative"}) | {"tag": "illustrative" if put.illustrative else "known"}
    if stored and all(getattr(stored[-1], name) == value for name, value in values.items()):
        return
    shipped = max((each.version for each in SHIPPED if each.code == code), default=0)
    version = (stored[-1].version if stored else shipped) + 1
    session.add(ForecastScenario(code=code, version=version, set_by=actor.id, set_on=today(), **values))
    await session.flush()
    told = {name: str(values[name]) for name in FIGURES} | {"code": code, "version": version}
    await announce(session, SET, f"forecast-scenarios/{code}", division=district, data=told)
