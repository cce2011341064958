"""账户备案: the kindergarten files, an officer accepts."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.bank_accounts.codes import AccountState
from services.finance.bank_accounts.models import BankAccount
from services.finance.bank_accounts.schemas import BankAccountNew
from services.finance.kindergartens.models import Kindergarten
from services.finance.refusals import NoSuchStep
from shared.auth import Actor
from shared.errors import InvalidInput, NotFound
from shared.events import announce
from shared.ids import new_id
from shared.tables import FOREVER


async def file_account(session: AsyncSession, actor: Actor, new: BankAccountNew) -> UUID:
    """The kindergarten's own filing. Raises NotFound."""
    of = await session.get(Kindergarten, new.kindergarten)
    if of is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    made = BankAccount(
        id=new_id(),
        division=of.division,
        **new.model_dump(),
        until=FOREVER,
        state=AccountState.FILED,
        filed_by=actor.id,
        synthetic=of.synthetic,
    )
    session.add(made)
    await session.flush()
    await _announce(session, made.state, made)
    return made.id


async def decide_account(session: AsyncSession, actor: Actor, id: UUID, *, accept: bool) -> None:
    """Raises NotFound, NoSuchStep, another_person_decides, account_number_already_filed."""
    found = await _locked(session, id, AccountState.FILED)
    found.state, found.decided_by = AccountState.ACCEPTED if accept else AccountState.RETURNED, actor.id
    await session.flush()
    await _announce(session, found.state, found)


async def end_account(session: AsyncSession, id: UUID, until: date) -> None:
    """An account leaves the file when it is closed at the bank. Raises NotFound, NoSuchStep, InvalidInput."""
    found = await _locked(session, id, AccountState.ACCEPTED)
    if not found.since < until <= found.until:
        raise InvalidInput(
            reason_zh="停用日期应晚于启用日期。", reason_en="it must end after it began.", pointer="/until"
        )
    found.until = until
    await session.flush()
    await _announce(session, "ended", found)


async def _locked(session: AsyncSession, id: UUID, state: AccountState) -> BankAccount:
    found = await session.scalar(select(BankAccount).where(BankAccount.id == id).with_for_update())
    if found is None:
        raise NotFound(what="bank account")
    if found.state != state:
        raise NoSuchStep(state=found.state, state_zh=AccountState[found.state.upper()].zh)
    return found


async def _announce(session: AsyncSession, what: str, said: BankAccount) -> None:
    await announce(
        session,
        f"finance.bank_account.{what}",
        f"bank-accounts/{said.id}",
        division=said.division,
        kindergarten=said.kindergarten,
        data={"bank": said.bank, "since": said.since, "until": said.until},
    )
