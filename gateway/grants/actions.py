"""Granting and revoking roles. Nobody grants beyond their own scope, and nobody to themselves."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.accounts.models import Account
from gateway.clients.models import ApiClient
from gateway.grants.errors import BeyondYourScope, HolderIsUnclear, RoleDoesNotFit, RolesAreSeparated
from gateway.grants.models import Grant
from gateway.grants.queries import in_force
from gateway.grants.rules import covers, is_fit, separated_from
from gateway.grants.schemas import RoleGrantIn
from shared.auth import Actor
from shared.errors import NotFound
from shared.events import announce
from shared.ids import new_id
from shared.tables import FOREVER


def require_scope(actor: Actor, scope: str, district: str, pointer: str = "/scope") -> None:
    """Raise `BeyondYourScope` unless the actor is in charge of the scope."""
    if not covers(actor.divisions, scope, district):
        raise BeyondYourScope(scope=scope, pointer=pointer)


async def require_charge(session: AsyncSession, actor: Actor, district: str, **holder: UUID | str) -> None:
    """Whoever resets a password or a secret could use it: raise unless in charge of all its holder may do."""
    held = select(Grant.scope).filter_by(**holder).where(in_force())
    for scope in (await session.execute(held)).scalars():
        require_scope(actor, scope, district, "")


async def grant_role(session: AsyncSession, actor: Actor, new: RoleGrantIn, district: str) -> Grant:
    """Give a role to an account or an API client.

    Raises:
        HolderIsUnclear, NotFound, BeyondYourScope, RoleDoesNotFit, RolesAreSeparated.
    """
    if (new.account is None) == (new.client is None):
        raise HolderIsUnclear(pointer="/account")
    require_scope(actor, new.scope, district)
    if not is_fit(new.role, new.scope, machine=new.client is not None):
        raise RoleDoesNotFit(role=new.role.zh, pointer="/role")
    division = await _locked_holder(session, new)
    await _require_separation(session, new)
    made = Grant(
        id=new_id(),
        division=division,
        account=new.account,
        client=new.client,
        role=new.role.value,
        scope=new.scope,
        starts_on=new.starts_on or func.current_date(),
        ends_on=new.ends_on or FOREVER,
        granted_by=actor.id,
    )
    session.add(made)
    await session.flush()
    await session.refresh(made)
    await _announce(session, "gateway.grant.given", made)
    return made


async def revoke_grant(session: AsyncSession, actor: Actor, grant: UUID, district: str) -> None:
    """Take a role back. Access tokens carry it until they expire, ten minutes at most.

    Raises:
        NotFound, BeyondYourScope.
    """
    found = await session.get(Grant, grant, with_for_update=True)
    if found is None:
        raise NotFound(what="授权 grant")
    require_scope(actor, found.scope, district, "")
    if found.revoked_at is None:
        revoked = update(Grant).where(Grant.id == grant).values(revoked_at=func.now(), revoked_by=actor.id)
        await session.execute(revoked)
        await _announce(session, "gateway.grant.revoked", found)


async def _locked_holder(session: AsyncSession, new: RoleGrantIn) -> str:
    """The holder's division; the row is locked, so that two grants at once see each other."""
    if new.account is not None:
        asked: Any = select(Account.division).where(Account.id == new.account)
    else:
        asked = select(ApiClient.division).where(ApiClient.id == new.client)
    division = (await session.execute(asked.with_for_update())).scalar_one_or_none()
    if division is None:
        raise NotFound(what="账号 account" if new.account else "对接系统 client")
    return str(division)


async def _require_separation(session: AsyncSession, new: RoleGrantIn) -> None:
    """不相容岗位: over the days of the new grant no separated role is held."""
    begins: date | Any = new.starts_on or func.current_date()
    held = select(Grant.role).filter_by(account=new.account, client=new.client)
    held = held.where(Grant.revoked_at.is_(None), Grant.ends_on >= begins, Grant.starts_on <= (new.ends_on or FOREVER))
    other = separated_from(new.role, set((await session.execute(held)).scalars()))
    if other is not None:
        raise RolesAreSeparated(role=new.role.zh, other=other.zh, pointer="/role")


async def _announce(session: AsyncSession, kind: str, grant: Grant) -> None:
    data = {"account": grant.account, "client": grant.client, "role": grant.role, "scope": grant.scope}
    await announce(session, kind, f"grants/{grant.id}", division=grant.division, data=data)
