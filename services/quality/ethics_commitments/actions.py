"""Commitments and appraisals of the staff, by natural keys: handed in twice they are one."""

from http import HTTPStatus
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.ethics_commitments.models import EthicsAppraisal, EthicsCommitment, EthicsRoster
from services.quality.ethics_commitments.schemas import EthicsAppraisalPut, EthicsCommitmentPut
from services.quality.frameworks.actions import framework_in_force
from services.quality.kindergartens.models import Kindergarten
from shared.days import today
from shared.errors import DomainError, InvalidInput, NotFound

NORMS = "ethics-norms"
Kept = TypeVar("Kept", EthicsRoster, EthicsCommitment, EthicsAppraisal)


class NotOnTheRoster(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "该教职工不在 {year} 年度名册中。"
    en = "This member of staff is not on the roster of {year}."
    hint_zh = "请先提交年度名册。"
    hint_en = "Hand in the year's roster first."


async def put_roster(session: AsyncSession, kindergarten: UUID, year: int, staff: list[UUID]) -> EthicsRoster:
    """Who works there that year. Raises NotFound."""
    key = {"kindergarten": kindergarten, "year": year}
    return await _put(session, EthicsRoster, key, {"staff": list(dict.fromkeys(staff))})


async def put_commitment(
    session: AsyncSession, kindergarten: UUID, year: int, staff: UUID, put: EthicsCommitmentPut
) -> EthicsCommitment:
    """Signed under the norms in force on that day. Raises NotFound, NotOnTheRoster."""
    _in_year(year, put.signed_on, "/signed_on")
    await _on_roster(session, kindergarten, year, staff)
    norms = await framework_in_force(session, NORMS, put.signed_on)
    key = {"kindergarten": kindergarten, "year": year, "staff": staff}
    return await _put(session, EthicsCommitment, key, put.model_dump() | {"norms_edition": norms.edition})


async def put_appraisal(
    session: AsyncSession, kindergarten: UUID, year: int, staff: UUID, put: EthicsAppraisalPut
) -> EthicsAppraisal:
    """The result of the year. Raises NotFound, NotOnTheRoster."""
    _in_year(year, put.appraised_on, "/appraised_on")
    await _on_roster(session, kindergarten, year, staff)
    key = {"kindergarten": kindergarten, "year": year, "staff": staff}
    return await _put(session, EthicsAppraisal, key, put.model_dump())


def _in_year(year: int, day: Any, pointer: str) -> None:
    if day > today() or day.year < year or day.year > year + 1:
        raise InvalidInput(
            reason_zh="不能晚于今天,且须在该年度或次年内。",
            reason_en="it is not after today and lies in that year or the next.",
            pointer=pointer,
        )


async def _on_roster(session: AsyncSession, kindergarten: UUID, year: int, staff: UUID) -> None:
    found = await session.get(EthicsRoster, {"kindergarten": kindergarten, "year": year})
    if found is None or staff not in found.staff:
        raise NotOnTheRoster(year=year)


async def _put(session: AsyncSession, kind: type[Kept], key: dict[str, Any], values: dict[str, Any]) -> Kept:
    place = await session.scalar(select(Kindergarten).where(Kindergarten.id == key["kindergarten"]))
    if place is None:
        raise NotFound(what="kindergarten")
    found = await session.get(kind, key, with_for_update=True)
    if found is None:
        found = kind(**key, division=place.division)
        session.add(found)
    for name, value in values.items():
        setattr(found, name, value)
    await session.flush()
    return found
