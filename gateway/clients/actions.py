"""Looking after the machines that call the API."""

import hashlib
import secrets

from sqlalchemy.ext.asyncio import AsyncSession

from gateway.accounts.codes import AccountStatus
from gateway.clients.models import ApiClient
from gateway.clients.schemas import ApiClientIn
from gateway.grants.actions import require_charge, require_scope
from shared.auth import Actor
from shared.errors import NotFound
from shared.events import announce


def digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


async def register_client(session: AsyncSession, actor: Actor, new: ApiClientIn, district: str) -> str:
    """Register a machine and return its secret.

    Raises:
        BeyondYourScope: the division is not the actor's.
    """
    require_scope(actor, new.division, district, "/division")
    secret = secrets.token_urlsafe(32)
    made = ApiClient(id=new.id, name=new.name, division=new.division, secret=digest(secret))
    session.add(made)
    await session.flush()
    await _announce(session, "gateway.client.registered", made)
    return secret


async def replace_secret(session: AsyncSession, actor: Actor, client: str, district: str) -> str:
    """Give the machine a new secret; the old one is worth nothing at once.

    Raises:
        NotFound, BeyondYourScope.
    """
    found = await _in_charge(session, actor, client, district)
    secret = secrets.token_urlsafe(32)
    found.secret = digest(secret)
    await session.flush()
    await _announce(session, "gateway.client.secret_replaced", found)
    return secret


async def set_status(
    session: AsyncSession, actor: Actor, client: str, status: AccountStatus, district: str
) -> ApiClient:
    """Lock the machine out, or let it in again.

    Raises:
        NotFound, BeyondYourScope.
    """
    found = await _in_charge(session, actor, client, district)
    if found.status != status:
        found.status = status.value
        await session.flush()
        await session.refresh(found)
        await _announce(session, "gateway.client.changed", found)
    return found


async def _in_charge(session: AsyncSession, actor: Actor, client: str, district: str) -> ApiClient:
    found = await session.get(ApiClient, client, with_for_update=True)
    if found is None:
        raise NotFound(what="对接系统 client")
    await require_charge(session, actor, district, client=client)
    return found


async def _announce(session: AsyncSession, kind: str, client: ApiClient) -> None:
    data = {"status": client.status}
    await announce(session, kind, f"clients/{client.id}", division=client.division, data=data)
