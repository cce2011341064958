"""Reporting and checking what became of subsidy money. A use outside the purpose is told, not hidden: it is marked."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.bank_statements.models import BankLine
from services.finance.kindergartens.models import Kindergarten
from services.finance.programmes.codes import FundingLevel, ProgrammeState
from services.finance.programmes.models import Programme
from services.finance.refusals import NoSuchStep
from services.finance.subsidy_payments.queries import DISTRIBUTED
from services.finance.subsidy_uses.codes import SubsidyUseState
from services.finance.subsidy_uses.models import SubsidyUse
from services.finance.subsidy_uses.refusals import LineIsUsedUp, MoreThanWasReceived, NotThatLevel
from services.finance.subsidy_uses.schemas import SubsidyUseNew
from shared.auth import Actor
from shared.errors import NotFound
from shared.events import announce
from shared.ids import new_id

_received = text(
    f"SELECT coalesce(sum(CASE CAST(:level AS text) WHEN 'municipal' THEN d.municipal ELSE d.district END), 0)"
    f" FROM ({DISTRIBUTED}) d"
    " WHERE d.kindergarten = :kindergarten AND d.programme = :programme AND d.paid_on <= :on"
)


async def report_use(session: AsyncSession, actor: Actor, new: SubsidyUseNew) -> UUID:
    """Raises NotFound, NotThatLevel, MoreThanWasReceived, LineIsUsedUp."""
    of = await session.scalar(select(Kindergarten).where(Kindergarten.id == new.kindergarten).with_for_update())
    if of is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    programme = await _programme(session, new)
    await _within_received(session, new)
    await _within_line(session, new)
    made = SubsidyUse(
        id=new_id(),
        division=of.division,
        **new.model_dump(),
        outside=bool(programme.permitted_uses) and new.use.value not in programme.permitted_uses,
        state=SubsidyUseState.REPORTED,
        reported_by=actor.id,
    )
    session.add(made)
    await session.flush()
    await _announce(session, made)
    return made.id


async def check_use(session: AsyncSession, actor: Actor, id: UUID, *, accept: bool, remark: str) -> None:
    """Raises NotFound, NoSuchStep, another_person_decides."""
    found = await session.scalar(select(SubsidyUse).where(SubsidyUse.id == id).with_for_update())
    if found is None:
        raise NotFound(what="use")
    if found.state != SubsidyUseState.REPORTED:
        raise NoSuchStep(state=found.state, state_zh=SubsidyUseState[found.state.upper()].zh)
    found.state = SubsidyUseState.CONFIRMED if accept else SubsidyUseState.REJECTED
    found.checked_by, found.remark = actor.id, remark
    await session.flush()
    await _announce(session, found)


async def _programme(session: AsyncSession, new: SubsidyUseNew) -> Programme:
    known = (Programme.code == new.programme, Programme.state == ProgrammeState.APPROVED)
    found = await session.scalar(select(Programme).where(*known))
    if found is None:
        raise NotFound(what="programme", pointer="/programme")
    if found.level not in (FundingLevel.SHARED, new.level.value):
        raise NotThatLevel(programme=found.code, level=new.level.value, level_zh=new.level.zh, pointer="/level")
    return found


async def _within_received(session: AsyncSession, new: SubsidyUseNew) -> None:
    fund = {"kindergarten": new.kindergarten, "programme": new.programme, "level": new.level.value}
    received: Decimal = (await session.execute(_received, fund | {"on": new.used_on})).scalar_one()
    own = (SubsidyUse.kindergarten == new.kindergarten, SubsidyUse.programme == new.programme)
    used = await _total(session, *own, SubsidyUse.level == new.level)
    if used + new.amount > received:
        raise MoreThanWasReceived(day=new.used_on, received=received, used=used, amount=new.amount, pointer="/amount")


async def _within_line(session: AsyncSession, new: SubsidyUseNew) -> None:
    if new.bank_line is None:
        return
    line = await session.get(BankLine, new.bank_line)
    if line is None or line.kindergarten != new.kindergarten or line.amount > 0:
        raise NotFound(what="bank line", pointer="/bank_line")
    used = await _total(session, SubsidyUse.bank_line == new.bank_line)
    if used + new.amount > -line.amount:
        raise LineIsUsedUp(line=-line.amount, used=used, pointer="/bank_line")


async def _total(session: AsyncSession, *which: object) -> Decimal:
    held = select(func.coalesce(func.sum(SubsidyUse.amount), 0)).where(
        *which,  # type: ignore[arg-type]  # conditions of the caller
        SubsidyUse.state != SubsidyUseState.REJECTED,
    )
    return (await session.execute(held)).scalar_one()


async def _announce(session: AsyncSession, said: SubsidyUse) -> None:
    await announce(
        session,
        f"finance.subsidy_use.{said.state}",
        f"subsidy-uses/{said.id}",
        division=said.division,
        kindergarten=said.kindergarten,
        data={"programme": said.programme, "use": said.use, "amount": said.amount, "outside": said.outside},
    )
