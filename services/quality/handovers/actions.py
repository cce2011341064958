"""The guardian's consent, what is written under it, its way to the school, and its end."""

import json
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.class_copies.actions import class_of
from services.quality.frameworks.actions import refuse_scores
from services.quality.handovers.models import Handover, HandoverContent
from services.quality.handovers.rules import MACHINE
from services.quality.handovers.schemas import HandoverContentIn, HandoverNew
from services.quality.primary_schools.actions import school_of
from services.quality.steps.actions import happened, holding, record
from services.quality.transition_plans.actions import ClassIsNotTheLastYear
from services.quality.transition_plans.rules import LAST_YEAR
from shared.auth import Actor
from shared.crypto import KeyRing
from shared.days import today
from shared.errors import InvalidInput
from shared.events import announce
from shared.ids import new_id
from shared.logs import trace_id
from shared.platform.tables import AccessLog

CONCEPT = "handover"


async def record_consent(session: AsyncSession, new: HandoverNew) -> UUID:
    """Raises NotFound, ClassIsNotTheLastYear, consent_stands_already, consent_ends_after_it_was_given."""
    happened(new.consented_on, "/consented_on")
    if new.valid_until < today():
        raise InvalidInput(reason_zh="同意已过有效期。", reason_en="the consent has run out.", pointer="/valid_until")
    refuse_scores({"/purpose": new.purpose}, of_a_child=True)
    group = await class_of(session, new.class_id)
    if group.kind not in LAST_YEAR:
        raise ClassIsNotTheLastYear(pointer="/class_id")
    await school_of(session, new.school, today())
    made = Handover(id=new_id(), division=group.division, state="consented", **new.model_dump())
    made.kindergarten = group.kindergarten
    session.add(made)
    await session.flush()
    await announce(
        session,
        "quality.handover.consented",
        f"handovers/{made.id}",
        division=made.division,
        kindergarten=made.kindergarten,
        data={"state": made.state},
    )
    return made.id


held = holding(Handover, MACHINE, "handover")


async def prepare(session: AsyncSession, keys: KeyRing, actor: Actor, id: UUID, asked: HandoverContentIn) -> None:
    """Write, or write anew, what is handed over. Raises ChildrenAreNotScored, ConsentHasRunOut."""
    written = asked.model_dump()
    refuse_scores({f"/{name}": text for name, text in written.items()}, of_a_child=True)
    case = await held(session, actor, id, "prepare")
    case.state = "prepared"
    sealed = keys.encrypt(json.dumps(written, ensure_ascii=False), case.id.bytes)
    row = {"handover": id, "kindergarten": case.kindergarten, "division": case.division, "sealed": sealed}
    change = upsert(HandoverContent).values(row)
    await session.execute(
        change.on_conflict_do_update(index_elements=["handover"], set_={"sealed": change.excluded.sealed})
    )
    await record(session, actor, CONCEPT, case, "prepare", MACHINE["prepare"])


async def send(session: AsyncSession, actor: Actor, id: UUID) -> None:
    """Raises NotInThisState, ConsentHasRunOut."""
    case = await held(session, actor, id, "send")
    case.state, case.sent_on = "sent", today()
    await record(session, actor, CONCEPT, case, "send", MACHINE["send"])


async def receive(session: AsyncSession, actor: Actor, id: UUID, receipt: str) -> None:
    """The school signed for it."""
    case = await held(session, actor, id, "receive")
    case.state, case.received_on, case.receipt = "received", today(), receipt
    await record(session, actor, CONCEPT, case, "receive", MACHINE["receive"])


async def read_content(session: AsyncSession, keys: KeyRing, actor: Actor, id: UUID, purpose: str) -> dict[str, Any]:
    """What was written, for a purpose that stays on record. Raises NotInThisState, ConsentHasRunOut."""
    case = await held(session, actor, id, "read")
    sealed = await session.scalar(select(HandoverContent.sealed).where(HandoverContent.handover == id))
    found: dict[str, Any] = json.loads(keys.decrypt(sealed, id.bytes)) if sealed is not None else {}
    await session.execute(
        insert(AccessLog).values(
            actor=actor.id,
            purpose=purpose,
            subject=f"handovers/{id}",
            fields=sorted(found),
            division=case.division,
            kindergarten=case.kindergarten,
            trace=trace_id(),
        )
    )
    return found


async def withdraw(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    """The guardian takes the consent back: what was written is erased, and a school that has it is asked to."""
    case = await held(session, actor, id, "withdraw")
    if case.sent_on is not None:
        case.erasure_asked_on = today()
    case.state, case.withdrawn_on = "withdrawn", today()
    await session.execute(delete(HandoverContent).where(HandoverContent.handover == id))
    await record(session, actor, CONCEPT, case, "withdraw", MACHINE["withdraw"], note=note)
