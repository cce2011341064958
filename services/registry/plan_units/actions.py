from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.divisions.models import Division
from services.registry.indicators.asking import covers
from services.registry.permissions import May
from services.registry.plan_units.codes import PlanUnitKind
from services.registry.plan_units.models import PlanUnit, PlanUnitMember
from services.registry.plan_units.schemas import PlanUnitPut
from services.registry.plans.reference import DISTRICT
from services.registry.refusals import refuse
from shared.auth import Actor
from shared.errors import Fault, NotFound, NotPermitted
from shared.events import announce
from shared.pinyin import pinyin_key

CHANGED = "registry.plan_unit.changed"
PLACED = {PlanUnitKind.TOWN, PlanUnitKind.STREET}


def for_the_district(actor: Actor) -> str:
    """The district, whose plan it is. Raises NotPermitted for a caller whose scope is a part of it."""
    if not covers(actor, DISTRICT):
        raise NotPermitted(needed=f"{May.WRITE_PLAN} ({DISTRICT})")
    return DISTRICT


async def put_unit(session: AsyncSession, actor: Actor, code: str, put: PlanUnitPut) -> None:
    """Bring a unit to this state; a town or street goes by its division's code."""
    district = for_the_district(actor)
    refuse(await _faults(session, code, put))
    values = put.model_dump() | {"kind": put.kind.value, "pinyin": pinyin_key(put.name_zh)}
    stored = insert(PlanUnit).values(code=code, **values)
    await session.execute(stored.on_conflict_do_update(index_elements=["code"], set_=values))
    await announce(session, CHANGED, f"plan/units/{code}", division=district, data={"code": code} | values)


async def _faults(session: AsyncSession, code: str, put: PlanUnitPut) -> list[Fault]:
    if put.kind in PLACED:
        right = put.division == code and await session.get(Division, code) is not None
    else:
        right = put.division is None
    if right:
        return []
    said = (
        "镇乡街道以其区划代码为代码,其他单位没有区划。",
        "A town goes by its division's code; other units have no division.",
    )
    return [Fault("/division", "unit-division-wrong", *said)]


async def put_members(session: AsyncSession, actor: Actor, code: str, accounts: list[str]) -> None:
    """Say who acts for the unit. Raises NotFound."""
    district = for_the_district(actor)
    if await session.get(PlanUnit, code) is None:
        raise NotFound(what="unit")
    await session.execute(delete(PlanUnitMember).where(PlanUnitMember.unit == code))
    rows = [{"unit": code, "account": each, "division": district} for each in sorted(set(accounts))]
    if rows:
        await session.execute(insert(PlanUnitMember), rows)
    await announce(session, CHANGED, f"plan/units/{code}", division=district, data={"code": code, "members": len(rows)})
