"""`python -m gateway.seed`: the platform's own machines and, for a demonstration, people to sign in as.

Run again it changes nothing but a password or a secret that was given anew. Passwords and secrets come from the
environment: `HUAIYOU_SEED_PASSWORDS` and `HUAIYOU_SEED_CLIENTS`, JSON objects by sign-in name and client id. Who is not
named there is not made.
"""

import asyncio
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.accounts.actions import store_password
from gateway.accounts.models import Account, Password
from gateway.clients.actions import digest
from gateway.clients.models import ApiClient
from gateway.grants.actions import grant_role
from gateway.grants.models import Grant
from gateway.grants.schemas import RoleGrantIn
from gateway.settings import Settings
from gateway.tokens.passwords import Passwords
from shared.auth import Actor
from shared.contracts.roles import Role
from shared.db import Database
from shared.events import announce
from shared.ids import new_id

log = structlog.get_logger()
TOWN = "110116102"  # 北房镇
# A kindergarten of that town in the demonstration district, which is the same on every machine.
KINDERGARTEN = "0191aae1-a428-7001-ae9b-3d96b2239a51"


@dataclass(frozen=True, slots=True)
class Person:
    """A demonstration account: the name shown, and a role; the scope is the district unless said otherwise."""

    display_name: str
    role: Role
    scope: str = ""


def people(kindergarten: str) -> dict[str, Person]:
    """By sign-in name. Nobody of them exists."""
    return {
        "district": Person("学前科科员（演示）", Role.REGISTRAR),
        "leader": Person("区领导（演示）", Role.LEADER),
        "town": Person("北房镇教育干部（演示）", Role.TOWN_OFFICER, TOWN),
        "principal": Person("北房镇某园园长（演示）", Role.PRINCIPAL, f"k:{kindergarten}"),
        "preparer": Person("财务经办（演示）", Role.FINANCE_PREPARER),
        "approver": Person("财务审核（演示）", Role.FINANCE_APPROVER),
        "safety": Person("安全管理员（演示）", Role.SAFETY_OFFICER),
        "quality": Person("质量管理员（演示）", Role.QUALITY_OFFICER),
        "inspector": Person("责任督学（演示）", Role.INSPECTOR),
        "planner": Person("规划员（演示）", Role.PLANNER),
        "auditor": Person("审计员（演示）", Role.AUDITOR),
        "data-protection": Person("个人信息保护负责人（演示）", Role.DATA_PROTECTION),
        "administrator": Person("账号管理员（演示）", Role.ADMINISTRATOR),
    }


async def seed(settings: Settings, passwords: Mapping[str, str], clients: Mapping[str, str], kindergarten: str) -> None:
    """Make those that are missing.

    Raises:
        KeyError: a password is given for a name that is nobody's.
    """
    database = Database(settings.app_database_url.get_secret_value(), 2, settings.district)
    actor = Actor("seed", "", (), float("inf"), (settings.district,))
    known, checker = people(kindergarten), Passwords(settings)
    try:
        for name, secret in clients.items():
            async with database.begin(actor) as session:
                await _client(session, actor, settings, name, secret)
        for name, password in passwords.items():
            async with database.begin(actor) as session:
                await _account(session, actor, settings, known[name], (name, password), checker)
    finally:
        await database.close()
    log.info("seeded", accounts=len(passwords), clients=len(clients))


async def _client(session: AsyncSession, actor: Actor, settings: Settings, name: str, secret: str) -> None:
    """A program of the platform, or a system that is integrated with it."""
    found = await session.get(ApiClient, name)
    role = Role.INTEGRATION if name == "integration" else Role.SERVICE
    if found is None:
        synthetic = settings.demonstration and role == Role.INTEGRATION
        found = ApiClient(id=name, division=settings.district, name=name, secret=digest(secret), synthetic=synthetic)
        session.add(found)
        await session.flush()
        await announce(session, "gateway.client.registered", f"clients/{name}", division=settings.district)
    elif found.secret != digest(secret):
        found.secret = digest(secret)
    await _grant(session, actor, settings, RoleGrantIn(client=name, role=role, scope=settings.district))


async def _account(
    session: AsyncSession,
    actor: Actor,
    settings: Settings,
    person: Person,
    credentials: tuple[str, str],
    checker: Passwords,
) -> None:
    name, password = credentials
    found = (await session.execute(select(Account).where(Account.sign_in_name == name))).scalar_one_or_none()
    if found is None:
        found = Account(
            id=new_id(),
            division=settings.district,
            sign_in_name=name,
            display_name=person.display_name,
            synthetic=settings.demonstration,
        )
        session.add(found)
        await session.flush()
        await announce(session, "gateway.account.created", f"accounts/{found.id}", division=settings.district)
    await _password(session, found.id, password, checker)
    scope = person.scope or settings.district
    await _grant(session, actor, settings, RoleGrantIn(account=found.id, role=person.role, scope=scope))


async def _password(session: AsyncSession, account: UUID, password: str, checker: Passwords) -> None:
    stored = await session.get(Password, account)
    if stored is None or not await checker.verify(stored.hash, password):
        await store_password(session, account, await checker.hash(password))


async def _grant(session: AsyncSession, actor: Actor, settings: Settings, new: RoleGrantIn) -> None:
    held = select(Grant.id).filter_by(account=new.account, client=new.client, role=new.role.value, scope=new.scope)
    if (await session.execute(held.where(Grant.revoked_at.is_(None)))).first() is None:
        await grant_role(session, actor, new, settings.district)


def main() -> None:
    """Seed from the environment."""
    told = {name: json.loads(os.environ.get(f"HUAIYOU_SEED_{name}") or "{}") for name in ("PASSWORDS", "CLIENTS")}
    kindergarten = os.environ.get("HUAIYOU_DEMO_KINDERGARTEN") or KINDERGARTEN
    asyncio.run(seed(Settings(), told["PASSWORDS"], told["CLIENTS"], kindergarten))


if __name__ == "__main__":
    main()
