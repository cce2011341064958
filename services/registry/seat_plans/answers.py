"""What every verb of a seat plan answers: the plan as it is now, with what the caller may do."""

import json

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.offers import held
from services.registry.seat_plans.actions import PLAN
from services.registry.seat_plans.rules import MACHINE, Planned
from shared.auth import Actor
from shared.days import today
from shared.documents import written
from shared.machine import offered


def shown(body: str, caller: Actor, code: int) -> Response:
    row = json.loads(body)
    may = held(caller, row["division"], None)
    row["actions"] = offered(MACHINE, Planned(row["state"], row["entered_by"]), caller.id, may, today())
    return Response(json.dumps(row, ensure_ascii=False), code, media_type="application/json")


async def answer(session: AsyncSession, caller: Actor, year: int, division: str, code: int) -> Response:
    return shown(await written(session, PLAN, school_year=year, division=division), caller, code)
