import base64
import binascii
from typing import Annotated
from uuid import UUID

import jwt
from fastapi import APIRouter, Depends, Form, Request, Response

from gateway.addresses import caller_address, network
from gateway.tokens import actions
from gateway.tokens.actions import Identity
from gateway.tokens.errors import (
    AccountIsLocked,
    IncompleteTokenRequest,
    InvalidClient,
    InvalidGrant,
    SignInsAreBusy,
    TooManyAttempts,
)
from gateway.tokens.schemas import Ended, GrantType, TokenOut, TokenRequest
from gateway.tokens.sessions import end_sessions
from shared.auth import Actor, Token, signed_in
from shared.errors import problems
from shared.idempotency import Route

router = APIRouter(prefix="/tokens", tags=["tokens"], route_class=Route)

Caller = Annotated[Actor, Depends(signed_in)]
REFUSALS = problems(
    InvalidGrant, InvalidClient, IncompleteTokenRequest, TooManyAttempts, AccountIsLocked, SignInsAreBusy
)


@router.post("", operation_id="create_token", responses=REFUSALS)
async def create_token(form: Annotated[TokenRequest, Form()], request: Request, response: Response) -> TokenOut:
    """Sign in with name and password, carry on with a refresh token, or sign a machine in with its secret."""
    response.headers["Cache-Control"] = "no-store"
    identity: Identity = request.app.state.identity
    address = network(caller_address(request.scope, identity.settings.trust_proxy))
    if form.grant_type == GrantType.PASSWORD:
        name, password = _needed(form, "username", "password")
        return await actions.sign_in(identity, name, password, address)
    if form.grant_type == GrantType.REFRESH_TOKEN:
        (token,) = _needed(form, "refresh_token")
        return await actions.refresh(identity, token)
    client, secret = _basic(request) or _needed(form, "client_id", "client_secret")
    return await actions.authenticate_client(identity, client, secret, address)


@router.delete("", operation_id="revoke_token", status_code=204)
async def revoke_token(request: Request, _: Caller, token: Token) -> None:
    """Sign out: no refresh token of this session works any more. This access token ends by itself within minutes."""
    # Verified by the dependency above; here only the session's id is read.
    claims = jwt.decode(token.credentials, options={"verify_signature": False}) if token else {}
    if session := claims.get("sid"):
        async with request.app.state.database.begin(request.app.state.database.system) as db:
            await end_sessions(db, Ended.SIGNED_OUT, session=UUID(session))


def _needed(form: TokenRequest, *names: str) -> tuple[str, ...]:
    values = tuple(getattr(form, name) for name in names)
    if not all(values):
        raise IncompleteTokenRequest(needed=", ".join(names))
    return values


def _basic(request: Request) -> tuple[str, str] | None:
    """Client id and secret from an HTTP Basic header, the other way RFC 6749 lets a client say them."""
    scheme, _, written = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        client, _, secret = base64.b64decode(written, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise InvalidClient from error
    return client, secret
