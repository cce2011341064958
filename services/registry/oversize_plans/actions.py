"""The verbs of a plan for an oversize class: load, decide, write, record, announce."""

import json
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.classes.actions import locked_class
from services.registry.oversize_plans.models import OversizePlan
from services.registry.oversize_plans.queries import PLAN
from services.registry.oversize_plans.rules import MACHINE, ClassNotOversize, Subject
from services.registry.oversize_plans.schemas import OversizePlanAmendment, OversizePlanNew
from services.registry.parameters.published import number_on
from services.registry.refusals import refuse
from services.registry.steps.actions import record
from shared.auth import Actor
from shared.days import today
from shared.documents import written
from shared.errors import Fault, NotFound
from shared.events import announce
from shared.ids import new_id
from shared.machine import refusal

MADE = "registry.oversize_plan.made"


async def make_plan(session: AsyncSession, actor: Actor, new: OversizePlanNew) -> UUID:
    """Plan how the class comes back to its standard. Raises NotFound, ClassNotOversize; constraint."""
    room = await locked_class(session, new.class_id)
    refuse(_ahead(new.due_on))
    made = OversizePlan(
        id=new_id(),
        kindergarten=room.kindergarten,
        division=room.division,
        state="planned",
        children=0,
        standard_size=room.standard_size,
        made_on=today(),
        made_by=actor.id,
        synthetic=room.synthetic,
        version=1,
        **new.model_dump(),
    )
    session.add(made)
    row = await row_of(session, made.id)
    if row["children_now"] <= _most(row):
        raise ClassNotOversize(children=row["children_now"], standard=_most(row), pointer="/class_id")
    made.children = row["children_now"]
    data = {"id": made.id, "class_id": made.class_id, "state": made.state, "due_on": made.due_on}
    subject_ = f"oversize-plans/{made.id}"
    await announce(session, MADE, subject_, division=made.division, kindergarten=made.kindergarten, data=data)
    return made.id


async def row_of(session: AsyncSession, id: UUID) -> dict[str, Any]:
    """The plan as it is shown, inside the writer's transaction."""
    found: dict[str, Any] = json.loads(await written(session, PLAN, id=id, as_of=today()))
    return found


def _most(row: dict[str, Any]) -> int:
    return int(row["standard_now"]) + number_on("oversize_tolerance", today())


def subject(row: dict[str, Any]) -> Subject:
    """What the machine is asked about."""
    return Subject(row["state"], row["made_by"], row["children_now"], _most(row))


def _ahead(day: date) -> list[Fault]:
    if day > today():
        return []
    return [Fault("/due_on", "deadline-not-ahead", "须晚于今日。", "It is after today.")]


async def held(session: AsyncSession, actor: Actor, id: UUID, verb: str) -> OversizePlan:
    """The plan, locked, when the verb may be done. Raises NotFound and what the rules refuse."""
    found = await session.scalar(select(OversizePlan).where(OversizePlan.id == id).with_for_update())
    if found is None:
        raise NotFound(what="plan")
    if refused := refusal(MACHINE, verb, subject(await row_of(session, id)), actor.id, today()):
        raise refused
    return found


async def amend_plan(session: AsyncSession, actor: Actor, id: UUID, new: OversizePlanAmendment) -> None:
    """Change it, or hand it in again."""
    case = await held(session, actor, id, "amend")
    refuse(_ahead(new.due_on))
    for name, value in new.model_dump().items():
        setattr(case, name, value)
    case.state, case.made_by = "planned", actor.id
    await record(session, actor, "oversize_plan", case, MACHINE, "amend", data={"due_on": new.due_on})


MOVES = {"withdraw": "withdrawn", "send_back": "returned", "approve": "approved", "report": None, "close": "closed"}


async def move_plan(session: AsyncSession, actor: Actor, id: UUID, verb: str, note: str) -> None:
    """A verb that says a word and perhaps moves the plan on."""
    case = await held(session, actor, id, verb)
    case.state = MOVES[verb] or case.state
    if case.state in ("closed", "withdrawn"):
        case.ended_on = today()
    if verb == "approve":
        case.approved_by = actor.id
    await record(session, actor, "oversize_plan", case, MACHINE, verb, note=note)


async def extend_plan(session: AsyncSession, actor: Actor, id: UUID, due_on: date, note: str) -> None:
    """Give it more time, with the reason."""
    case = await held(session, actor, id, "extend")
    refuse(_ahead(due_on))
    data = {"due_on": due_on, "before": case.due_on}
    case.due_on = due_on
    await record(session, actor, "oversize_plan", case, MACHINE, "extend", note=note, data=data)
