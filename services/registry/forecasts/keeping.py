"""Keeping a forecast with its assumptions, so that it can be read again when the figures have moved on."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.forecasts.answers import digest_of
from services.registry.forecasts.models import Forecast
from services.registry.forecasts.schemas import ForecastNew, ForecastOut
from services.registry.plans.reference import DISTRICT
from shared.auth import Actor
from shared.events import announce
from shared.ids import new_id

MADE = "registry.forecast.made"


async def keep(session: AsyncSession, actor: Actor, new: ForecastNew, found: ForecastOut) -> UUID:
    """Store the forecast of a place: the one asked for, else the caller's own."""
    own = min(actor.divisions, key=len)
    division = new.division or (own if len(own) >= len(DISTRICT) else DISTRICT)
    result: dict[str, Any] = found.model_dump(mode="json")
    made = Forecast(
        id=new_id(),
        division=division,
        scenario=found.scenario.code,
        version=found.scenario.version,
        as_of=found.as_of,
        years=new.years,
        result=result,
        digest=digest_of(found),
        note=new.note,
        made_by=actor.id,
    )
    session.add(made)
    await session.flush()
    data = {name: getattr(made, name) for name in ("id", "scenario", "version", "as_of", "years", "digest")}
    await announce(session, MADE, f"forecasts/{made.id}", division=division, data=data)
    return made.id
