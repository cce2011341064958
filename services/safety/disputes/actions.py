"""The verbs of a dispute."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.disputes.models import Dispute
from services.safety.disputes.rules import MACHINE, PLAN, deadline, ladder
from services.safety.disputes.schemas import (
    DisputeAgreement,
    DisputeMediation,
    DisputeNew,
    DisputeStep,
    DisputeVisit,
)
from services.safety.incidents.models import Incident
from services.safety.kindergartens.models import Kindergarten
from services.safety.parameters.published import PARAMETERS
from services.safety.steps.actions import admit, record
from services.safety.timers.actions import arm
from shared.auth import Actor
from shared.days import today
from shared.errors import NotFound
from shared.ids import new_id


async def register_dispute(session: AsyncSession, actor: Actor, new: DisputeNew) -> UUID:
    """Put a dispute on record. Raises NotFound."""
    place = await session.get(Kindergarten, new.kindergarten)
    if place is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    if new.incident:
        incident = await session.get(Incident, new.incident)
        if incident is None or incident.kindergarten != new.kindergarten:
            raise NotFound(what="incident", pointer="/incident")
    made = Dispute(
        **new.model_dump(),
        id=new_id(),
        division=place.division,
        state="registered",
        state_since=today(),
        registered_on=today(),
        due_on=deadline(PARAMETERS, new.risk, today()),
        agreement="",
        mediations=0,
        registered_by=actor.id,
    )
    session.add(made)
    await session.flush()
    await _follow(session, actor, made, "register", basis=PLAN)
    return UUID(str(made.id))


async def _held(session: AsyncSession, actor: Actor, id: UUID, verb: str) -> Dispute:
    found = await session.scalar(select(Dispute).where(Dispute.id == id).with_for_update())
    if found is None:
        raise NotFound(what="dispute")
    admit(MACHINE, verb, found, actor)
    return found


async def _follow(
    session: AsyncSession,
    actor: Actor,
    found: Dispute,
    verb: str,
    to: str | None = None,
    *,
    basis: str | None = None,
    note: str = "",
    files: Sequence[UUID] = (),
    data: dict[str, Any] | None = None,
) -> None:
    if to and to != found.state:
        found.state, found.state_since = to, today()
    why = basis or MACHINE[verb].basis
    fact = {"kind": found.kind, "risk": found.risk}
    await record(session, actor, "dispute", found, verb, why, note=note, files=files, data=data, fact=fact)
    await arm(session, "dispute", found, ladder(PARAMETERS, found, found.state_since))


async def mediate_dispute(session: AsyncSession, actor: Actor, id: UUID, asked: DisputeMediation) -> None:
    """A meeting was held; the risk may have changed, and the deadline only comes nearer."""
    found = await _held(session, actor, id, "mediate")
    found.mediations, found.mediated_by = found.mediations + 1, actor.id
    if asked.risk:
        found.risk = asked.risk.value
        found.due_on = min(found.due_on, deadline(PARAMETERS, asked.risk, today()))
    data = {"mediator": asked.mediator, "risk": found.risk}
    await _follow(session, actor, found, "mediate", "mediating", note=asked.note, files=asked.files, data=data)


async def escalate_dispute(session: AsyncSession, actor: Actor, id: UUID, asked: DisputeStep) -> None:
    """Town and district take part."""
    found = await _held(session, actor, id, "escalate")
    found.escalated_on = today()
    await _follow(session, actor, found, "escalate", note=asked.note, files=asked.files)


async def agree_dispute(session: AsyncSession, actor: Actor, id: UUID, asked: DisputeAgreement) -> None:
    """Both sides agreed."""
    found = await _held(session, actor, id, "agree")
    found.agreement = asked.agreement
    await _follow(session, actor, found, "agree", "agreed", note=asked.agreement, files=asked.files)


async def fail_dispute(session: AsyncSession, actor: Actor, id: UUID, asked: DisputeStep) -> None:
    """No agreement; the family is told of its other ways."""
    found = await _held(session, actor, id, "fail")
    await _follow(session, actor, found, "fail", "failed", note=asked.note, files=asked.files)


async def visit_family(session: AsyncSession, actor: Actor, id: UUID, asked: DisputeVisit) -> None:
    """Somebody other than the mediator asks whether it holds; where it does not, mediation goes on."""
    found = await _held(session, actor, id, "visit")
    found.satisfied = asked.satisfied
    found.visited_on = today() if asked.satisfied else None
    to = None if asked.satisfied else "mediating"
    await _follow(session, actor, found, "visit", to, note=asked.note, data={"satisfied": asked.satisfied})


async def archive_dispute(session: AsyncSession, actor: Actor, id: UUID, asked: DisputeStep) -> None:
    """It is over."""
    found = await _held(session, actor, id, "archive")
    await _follow(session, actor, found, "archive", "archived", note=asked.note, files=asked.files)
