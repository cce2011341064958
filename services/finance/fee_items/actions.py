"""收费备案: a kindergarten files, one officer accepts, another publishes."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.fee_items.codes import FeeCategory, FeeFilingState
from services.finance.fee_items.models import FeeItem
from services.finance.fee_items.refusals import AboveCeiling, ForbiddenCharge, NoCeilingInForce
from services.finance.fee_items.rules import STEPS, ban_on, is_above
from services.finance.fee_items.schemas import FeeItemNew
from services.finance.kindergartens.models import Kindergarten
from services.finance.parameters.codes import ParameterName
from services.finance.parameters.queries import number_on
from services.finance.refusals import NoSuchStep
from shared.auth import Actor
from shared.contracts.finance import FEE_STANDARD_FILED, FeeStandardFact
from shared.days import today
from shared.errors import InvalidInput, NotFound
from shared.events import announce
from shared.ids import new_id
from shared.tables import FOREVER


async def file_fee_item(session: AsyncSession, actor: Actor, new: FeeItemNew) -> UUID:
    """The kindergarten's own filing. Raises NotFound, ForbiddenCharge."""
    of = await session.get(Kindergarten, new.kindergarten)
    if of is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    if ban := ban_on(new.name):
        raise ForbiddenCharge(word=ban.word, document=ban.document, pointer="/name")
    made = FeeItem(
        id=new_id(),
        division=of.division,
        **new.model_dump(exclude={"until"}),
        until=new.until or FOREVER,
        state=FeeFilingState.FILED,
        filed_by=actor.id,
        synthetic=of.synthetic,
    )
    session.add(made)
    await session.flush()
    await _announce(session, made)
    return made.id


async def accept_fee_item(session: AsyncSession, actor: Actor, id: UUID) -> None:
    """An officer compares it with the ceiling. Raises NoSuchStep, AboveCeiling, NoCeilingInForce."""
    found = await _stepping(session, id, FeeFilingState.ACCEPTED)
    of = await session.get_one(Kindergarten, found.kindergarten)
    await within_ceiling(session, of, FeeCategory[found.category.upper()], found.amount, found.since)
    found.accepted_by = actor.id
    await _step(session, found, FeeFilingState.ACCEPTED)


async def return_fee_item(session: AsyncSession, id: UUID, remark: str) -> None:
    """Send it back with the reason; the kindergarten files anew. Raises NoSuchStep."""
    found = await _stepping(session, id, FeeFilingState.RETURNED)
    found.remark = remark
    await _step(session, found, FeeFilingState.RETURNED)


async def publish_fee_item(session: AsyncSession, actor: Actor, id: UUID) -> None:
    """Another officer puts it on the notice; the standard before it ends. Raises NoSuchStep, another_person_decides."""
    found = await _stepping(session, id, FeeFilingState.PUBLISHED)
    former = (FeeItem.kindergarten == found.kindergarten, FeeItem.name == found.name)
    open_then = (FeeItem.state == FeeFilingState.PUBLISHED, FeeItem.since < found.since, FeeItem.until > found.since)
    await session.execute(update(FeeItem).where(*former, *open_then).values(until=found.since))
    found.published_by, found.published_on = actor.id, today()
    await _step(session, found, FeeFilingState.PUBLISHED)
    await _tell(session, found)


async def end_fee_item(session: AsyncSession, id: UUID, until: date, remark: str) -> None:
    """The kindergarten stops charging a published item. Raises NotFound, NoSuchStep, InvalidInput."""
    found = await session.scalar(select(FeeItem).where(FeeItem.id == id).with_for_update())
    if found is None:
        raise NotFound(what="fee item")
    if found.state != FeeFilingState.PUBLISHED:
        raise NoSuchStep(state=found.state, state_zh=FeeFilingState[found.state.upper()].zh)
    if not found.since < until < found.until:
        raise InvalidInput(
            reason_zh="终止日期须在该标准的执行期间之内。", reason_en="it ends within its own period.", pointer="/until"
        )
    found.until, found.remark = until, remark
    await session.flush()
    await _tell(session, found)


async def _tell(session: AsyncSession, found: FeeItem) -> None:
    """The standard as it now stands on the notice."""
    fact = FeeStandardFact(
        kindergarten=found.kindergarten,
        division=found.division,
        item=found.name,
        category=found.category,
        amount=found.amount,
        unit=found.unit,
        since=found.since,
        until=found.until if found.until < FOREVER else None,
        document=found.document,
    )
    subject = f"fee-items/{found.id}"
    await announce(
        session,
        FEE_STANDARD_FILED,
        subject,
        division=found.division,
        kindergarten=found.kindergarten,
        data=fact.model_dump(),
    )


async def within_ceiling(
    session: AsyncSession, of: Kindergarten, category: FeeCategory, amount: Decimal, on: date
) -> None:
    """FIN-02: the ceiling of that type on that day. A public kindergarten's 保教费 always has one."""
    ceiling = await number_on(session, ParameterName.FEE_CEILING, f"{category.value}/{of.type}", on)
    if ceiling is None and of.type == "public" and category is FeeCategory.CARE_EDUCATION:
        raise NoCeilingInForce(day=on, category=category.value, category_zh=category.zh)
    if ceiling is not None and is_above(amount, ceiling.value):
        raise AboveCeiling(amount=amount, ceiling=f"{ceiling.value:.2f}", document=ceiling.document)


async def _stepping(session: AsyncSession, id: UUID, to: FeeFilingState) -> FeeItem:
    found = await session.scalar(select(FeeItem).where(FeeItem.id == id).with_for_update())
    if found is None:
        raise NotFound(what="fee item")
    state = FeeFilingState[found.state.upper()]
    if to not in STEPS[state]:
        raise NoSuchStep(state=state, state_zh=state.zh)
    return found


async def _step(session: AsyncSession, found: FeeItem, to: FeeFilingState) -> None:
    found.state = to
    await session.flush()
    if to is not FeeFilingState.PUBLISHED:
        await _announce(session, found)


async def _announce(session: AsyncSession, found: FeeItem) -> None:
    await announce(
        session,
        f"finance.fee_item.{found.state}",
        f"fee-items/{found.id}",
        division=found.division,
        kindergarten=found.kindergarten,
        data={"item": found.name, "category": found.category, "amount": found.amount, "since": found.since},
    )
