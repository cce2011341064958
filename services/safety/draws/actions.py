"""Preparing a draw with a hidden secret, and drawing it with a public number: by two people."""

import secrets
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.checklists.queries import in_force
from services.safety.draws.models import Draw
from services.safety.draws.rules import digest, draw
from services.safety.draws.schemas import DrawingIn, DrawNew
from services.safety.inspections.actions import NoInspectionChecklist, open_inspection
from services.safety.kindergartens.models import Kindergarten
from services.safety.offers import office_of
from shared.auth import Actor
from shared.days import today
from shared.errors import DomainError, NotFound
from shared.events import announce
from shared.ids import new_id
from shared.machine import AnotherPersonNeeded


class DrawnAlready(DomainError):
    zh = "已经抽取,结果不可更改。"
    en = "It was drawn already: the outcome stands."


class NothingToDraw(DomainError):
    zh = "范围内没有正常办园的幼儿园。"
    en = "There is no operating kindergarten in the range."


async def prepare_draw(session: AsyncSession, actor: Actor, new: DrawNew) -> UUID:
    """Fix everything that decides the draw and publish the secret's hash. Raises NothingToDraw."""
    checklist = await in_force(session, new.checklist, today())
    if checklist is None or checklist.use != "inspection":
        raise NoInspectionChecklist(code=new.checklist, pointer="/checklist")
    query = select(Kindergarten.id).where(Kindergarten.status == "operating").order_by(Kindergarten.id)
    if new.division:
        query = query.where(Kindergarten.division.bool_op("^@")(new.division))
    candidates = list(await session.scalars(query))
    if not candidates:
        raise NothingToDraw
    secret = secrets.token_hex(32)
    made = Draw(
        id=new_id(),
        division=new.division or office_of(actor),
        title=new.title,
        checklist=new.checklist,
        candidates=candidates,
        count=new.count,
        per_visit=new.per_visit,
        inspectors=[each.model_dump(mode="json") for each in new.inspectors],
        commitment=digest(secret),
        secret=secret,
        prepared_by=actor.id,
    )
    session.add(made)
    await session.flush()
    await _tell(session, made, "prepared")
    return UUID(str(made.id))


async def draw_inspections(session: AsyncSession, actor: Actor, id: UUID, asked: DrawingIn) -> None:
    """Draw with the public number and open the inspections. Raises DrawnAlready, AnotherPersonNeeded."""
    found = await session.scalar(select(Draw).where(Draw.id == id).with_for_update())
    if found is None:
        raise NotFound(what="draw")
    if found.drawn_at is not None:
        raise DrawnAlready
    if found.prepared_by == actor.id:
        raise AnotherPersonNeeded(verb="抽取")
    seed = f"{found.secret}|{asked.public_number}"
    conflicts = {each["account"]: frozenset(each["conflicts"]) for each in found.inspectors}
    visits = draw(seed, map(str, found.candidates), found.count, list(conflicts), conflicts, found.per_visit)
    result: list[dict[str, Any]] = []
    for visit in visits:
        made = await open_inspection(
            session, actor, UUID(visit.kindergarten), found.checklist, "random", list(visit.inspectors), draw=found.id
        )
        result.append(
            {"kindergarten": visit.kindergarten, "inspectors": list(visit.inspectors), "inspection": str(made)}
        )
    found.public_number, found.public_source = asked.public_number, asked.public_source
    found.drawn_by, found.result = actor.id, result
    found.drawn_at = await session.scalar(select(func.now()))
    await _tell(session, found, "drawn")


async def _tell(session: AsyncSession, found: Draw, what: str) -> None:
    data = {"commitment": found.commitment, "public_number": found.public_number, "count": found.count}
    await announce(session, f"safety.draw.{what}", f"draws/{found.id}", division=found.division, data=data)
