from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request

from gateway.accounts.actions import store_password
from gateway.accounts.models import Account, Password
from gateway.addresses import caller_address, network
from gateway.grants.rules import SEPARATED
from gateway.me import permissions
from gateway.me.schemas import AccessAnswer, AccessQuery, Me, PasswordChange, RoleOut
from gateway.tokens.actions import Identity
from gateway.tokens.attempts import Attempt, claim, succeeded
from gateway.tokens.errors import InvalidGrant, SignInsAreBusy, TooManyAttempts
from shared.auth import Actor, signed_in
from shared.contracts.roles import KINDERGARTEN, MACHINES, Role
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.service import Nothing

router = APIRouter(prefix="/me", tags=["me"], route_class=Route)
roles = APIRouter(prefix="/roles", tags=["roles"], route_class=Route)
password = APIRouter(prefix="/me/password", tags=["me"], route_class=Route)

Caller = Annotated[Actor, Depends(signed_in)]


@router.get("", operation_id="get_me")
async def get_me(_: Annotated[Nothing, Query()], request: Request, caller: Caller) -> Me:
    """Who am I, which roles do I hold where, and what may I do in each service."""
    known = await permissions.tables(request.app.state.directory)
    return Me(
        id=caller.id,
        name=caller.name,
        expires_at=datetime.fromtimestamp(caller.expires, UTC),
        grants=permissions.my_grants(caller),
        services=[permissions.my_service(caller, name, zh, rows) for name, (zh, rows) in known.items()],
    )


@router.get("/access", operation_id="explain_access", responses=problems(NotFound))
async def explain_access(query: Annotated[AccessQuery, Query()], request: Request, caller: Caller) -> AccessAnswer:
    """Why something is refused: which roles carry the permission, and whether I hold one."""
    _, rows = (await permissions.tables(request.app.state.directory)).get(query.service, ("", None))
    row = next((each for each in rows or () if each["permission"] == query.permission), None)
    if row is None:
        raise NotFound(what="权限 permission")
    return permissions.explained(caller, query.permission, row["roles"])


@password.put(
    "",
    operation_id="change_own_password",
    status_code=204,
    responses=problems(NotFound, InvalidGrant, TooManyAttempts, SignInsAreBusy),
)
async def change_own_password(change: PasswordChange, request: Request, caller: Caller) -> None:
    """Change my password. Every session ends: sign in again with the new one."""
    identity: Identity = request.app.state.identity
    database, settings = identity.database, identity.settings
    try:
        account = UUID(caller.id)
    except ValueError:
        raise NotFound(what="账号 account") from None
    async with database.begin(database.system) as session:
        owner, known = await session.get(Account, account), await session.get(Password, account)
    if owner is None or known is None:
        raise NotFound(what="账号 account")
    attempt = Attempt(owner.sign_in_name, network(caller_address(request.scope, settings.trust_proxy)))
    await claim(database, attempt, settings.free_attempts, settings.free_attempts_address)
    if not await identity.passwords.verify(known.hash, change.current):
        raise InvalidGrant
    await succeeded(database, attempt)
    hashed = await identity.passwords.hash(change.new)
    async with database.begin(replace(database.system, id=caller.id)) as session:
        await store_password(session, account, hashed)


@roles.get("", operation_id="list_roles")
async def list_roles(_: Annotated[Nothing, Query()]) -> list[RoleOut]:
    """Every role, where it may be held, and which roles nobody holds together."""
    return [
        RoleOut(
            role=role,
            label_zh=role.zh,
            label_en=role.en,
            machine=role in MACHINES,
            at_kindergarten=role in KINDERGARTEN,
            separated_from=sorted({other for pair in SEPARATED if role in pair for other in pair} - {role}),
        )
        for role in Role
    ]
