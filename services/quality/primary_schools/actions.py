"""The register of primary schools that the transition works with."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.primary_schools.models import PrimarySchool
from services.quality.primary_schools.schemas import PrimarySchoolPut
from shared.auth import Actor
from shared.errors import NotFound
from shared.pinyin import pinyin_key


async def put_school(session: AsyncSession, actor: Actor, code: str, put: PrimarySchoolPut) -> None:
    """Register the school or correct its record. Raises NotFound for a division that is not the caller's."""
    query = select(PrimarySchool).where(PrimarySchool.code == code).with_for_update()
    found = await session.scalar(query)
    for division in {put.division, found.division if found else put.division}:
        if not any(division.startswith(scope) for scope in actor.divisions):
            raise NotFound(what="division", pointer="/division")
    if found is None:
        found = PrimarySchool(code=code)
        session.add(found)
    for name, value in put.model_dump().items():
        setattr(found, name, value)
    found.pinyin = pinyin_key(put.name)
    await session.flush()


async def school_of(
    session: AsyncSession, code: str, on: date | None = None, pointer: str | None = "/school"
) -> PrimarySchool:
    """The school, still there on that day. Raises NotFound."""
    found = await session.scalar(select(PrimarySchool).where(PrimarySchool.code == code))
    if found is None or (on is not None and found.closed_on is not None and found.closed_on <= on):
        raise NotFound(what="primary school", pointer=pointer)
    return found
