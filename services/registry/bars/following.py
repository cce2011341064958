"""A decided ethics case with a bar enters the registry's list, so that nobody appoints the person any more."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.bars.actions import announce_bar
from services.registry.bars.codes import BarGround
from services.registry.bars.models import Bar
from services.registry.bars.queries import HOLD_DOCUMENT
from services.registry.staff.models import Person
from shared.consumer import Handler
from shared.contracts.quality import EMPLOYMENT_BAR_ENTERED, EMPLOYMENT_BAR_LIFTED, EmploymentBarFact
from shared.contracts.registry import BAR_LIFTED, BAR_RECORDED
from shared.crypto import KeyRing
from shared.ids import new_id
from shared.tables import FOREVER

DECIDED_BY = "区教委(师德违规处理)"
DECISION = "师德违规处理决定,案卷由质量服务密存"
REVOKED = "申诉成立,处理决定撤销"


def of_ethics(keys: Callable[[], KeyRing]) -> Mapping[str, Handler]:
    """What is done when quality tells of a bar; the number is sealed anew for the entry with this service's keys."""

    async def enter(session: AsyncSession, event: Mapping[str, Any]) -> None:
        fact = EmploymentBarFact.model_validate(event["data"])
        person = await session.get(Person, fact.person)
        if person is None or await _entered(session, fact):
            return
        await session.execute(HOLD_DOCUMENT, {"document": person.document_index})
        ring, record = keys(), new_id()
        number = ring.decrypt(person.document_sealed, person.id.bytes)
        made = Bar(
            id=record,
            division=event["division"],
            name=person.name,
            document_type=person.document_type,
            document_sealed=ring.encrypt(number, record.bytes),
            document_index=person.document_index,
            document_mask=person.document_mask,
            ground=BarGround.ETHICS.value,
            source=fact.bar,
            decided_by=DECIDED_BY,
            decision=DECISION,
            since=fact.since,
            until=fact.until or FOREVER,
            synthetic=person.synthetic,
            version=1,
        )
        session.add(made)
        await session.flush()
        await announce_bar(session, BAR_RECORDED, made)

    async def lift(session: AsyncSession, event: Mapping[str, Any]) -> None:
        fact = EmploymentBarFact.model_validate(event["data"])
        found = await _entered(session, fact)
        if found is None or fact.lifted_on is None or found.until <= fact.lifted_on:
            return
        found.until, found.lifted_because = max(fact.lifted_on, found.since), REVOKED
        await session.flush()
        await session.refresh(found)
        await announce_bar(session, BAR_LIFTED, found)

    return {EMPLOYMENT_BAR_ENTERED: enter, EMPLOYMENT_BAR_LIFTED: lift}


async def _entered(session: AsyncSession, fact: EmploymentBarFact) -> Bar | None:
    found: Bar | None = await session.scalar(select(Bar).where(Bar.source == fact.bar).with_for_update())
    return found
