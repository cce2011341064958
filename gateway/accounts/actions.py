"""Looking after accounts. Whoever looks after one must be in charge of everything it may do."""

import secrets
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.accounts.codes import AccountStatus
from gateway.accounts.models import Account, Password
from gateway.accounts.schemas import SignInAccountIn
from gateway.grants.actions import require_charge, require_scope
from gateway.tokens.schemas import Ended
from gateway.tokens.sessions import end_sessions
from shared.auth import Actor
from shared.errors import NotFound
from shared.etags import check
from shared.events import announce
from shared.ids import new_id

READABLE = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789"


async def create_account(session: AsyncSession, actor: Actor, new: SignInAccountIn, district: str) -> Account:
    """Open an account without role or password.

    Raises:
        BeyondYourScope: the division is not the actor's.
    """
    require_scope(actor, new.division, district, "/division")
    made = Account(
        id=new_id(),
        division=new.division,
        sign_in_name=new.sign_in_name.casefold(),
        display_name=new.display_name,
    )
    session.add(made)
    await session.flush()
    await session.refresh(made)
    await _announce(session, "gateway.account.created", made)
    return made


async def rename_account(session: AsyncSession, account: UUID, version: int, display_name: str) -> Account:
    """Change the name shown.

    Raises:
        NotFound, VersionIsStale.
    """
    found = await _locked(session, account)
    check(version, found.version, {"display_name": found.display_name})
    found.display_name = display_name
    return await _changed(session, found)


async def set_status(
    session: AsyncSession, actor: Actor, account: UUID, status: AccountStatus, district: str
) -> Account:
    """Lock an account, which ends its sessions, or open it again.

    Raises:
        NotFound, BeyondYourScope.
    """
    found = await _locked(session, account)
    await require_charge(session, actor, district, account=account)
    if found.status == status:
        return found
    found.status = status.value
    if status == AccountStatus.LOCKED:
        await end_sessions(session, Ended.LOCKED, account=account)
    return await _changed(session, found)


async def require_resettable(session: AsyncSession, actor: Actor, account: UUID, district: str) -> None:
    """Raise `NotFound` or `BeyondYourScope` unless the actor may set this account's password."""
    await _locked(session, account)
    await require_charge(session, actor, district, account=account)


async def store_password(session: AsyncSession, account: UUID, hashed: str) -> None:
    """Set the password's hash and end every session that began with the old one."""
    found = await _locked(session, account)
    row = insert(Password).values(account=account, division=found.division, hash=hashed)
    renewed = {"hash": row.excluded.hash, "set_at": row.excluded.set_at}
    await session.execute(row.on_conflict_do_update(index_elements=["account"], set_=renewed))
    await end_sessions(session, Ended.PASSWORD, account=account)
    await announce(session, "gateway.account.password_set", f"accounts/{account}", division=found.division)


def new_password() -> str:
    """93 random bits that a person can read off a screen and type."""
    return "".join(secrets.choice(READABLE) for _ in range(16))


async def _locked(session: AsyncSession, account: UUID) -> Account:
    found = await session.get(Account, account, with_for_update=True)
    if found is None:
        raise NotFound(what="账号 account")
    return found


async def _changed(session: AsyncSession, account: Account) -> Account:
    await session.flush()
    await session.refresh(account)
    await _announce(session, "gateway.account.changed", account)
    return account


async def _announce(session: AsyncSession, kind: str, account: Account) -> None:
    data = {"status": account.status, "version": account.version}
    await announce(session, kind, f"accounts/{account.id}", division=account.division, data=data)
