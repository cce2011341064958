from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security
from sqlalchemy import Text, bindparam, cast, func, literal_column, select

from gateway.accounts import actions
from gateway.accounts.codes import AccountStatus
from gateway.accounts.models import Account
from gateway.accounts.schemas import (
    PasswordOut,
    SignInAccount,
    SignInAccountIn,
    SignInAccountPage,
    SignInAccountPatch,
    SignInAccountQuery,
)
from gateway.grants.errors import BeyondYourScope
from gateway.permissions import May
from gateway.tokens.errors import SignInsAreBusy
from shared import db, exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.errors import NotFound, problems
from shared.etags import IfMatch, VersionIsStale, VersionNeeded, tagged
from shared.idempotency import Route
from shared.listing import Listing

router = APIRouter(prefix="/accounts", tags=["accounts"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_ACCOUNTS])]
Administrator = Annotated[Actor, Security(authorize, scopes=[May.WRITE_ACCOUNTS])]

_row = Account.__table__.c
_select = select(*(_row[name] for name in SignInAccount.model_fields))
ACCOUNTS = Listing(
    "accounts",
    _select,
    _row.id,
    {"sign_in_name": _row.sign_in_name},
    {
        "division": _row.division.op("^@")(bindparam("division")),
        "status": _row.status == bindparam("status"),
        "name": _row.sign_in_name.op("^@")(bindparam("name")),
    },
)
ONE = db.Query(
    select(cast(func.row_to_json(literal_column("item")), Text), literal_column("item.version")).select_from(
        _select.where(_row.id == bindparam("id")).subquery("item")
    )
)


@router.get(
    "",
    operation_id="list_sign_in_accounts",
    response_model=SignInAccountPage,
    responses=exports.responses(SignInAccountPage),
)
async def list_accounts(
    query: Annotated[SignInAccountQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """The accounts the caller's office looks after."""
    return await exports.answer(request, reader, ACCOUNTS, query)


@router.post(
    "",
    operation_id="create_sign_in_account",
    status_code=201,
    response_model=SignInAccount,
    responses=problems(BeyondYourScope, constraints=("sign_in_name_is_taken",)),
)
async def create_account(new: SignInAccountIn, request: Request, actor: Administrator, session: Write) -> Response:
    """Open an account. It can sign in once a password is set, and do something once a role is granted."""
    made = await actions.create_account(session, actor, new, request.app.state.settings.district)
    answer = _tagged(made)
    answer.status_code = 201
    answer.headers["Location"] = f"/auth/v1/accounts/{made.id}"
    return answer


@router.get(
    "/{account_id}", operation_id="get_sign_in_account", response_model=SignInAccount, responses=problems(NotFound)
)
async def get_account(account_id: UUID, _: Reader, reader: Read) -> Response:
    """One account, with its ETag."""
    body, version = await reader.one(ONE, "账号 account", id=account_id)
    return tagged(body, version)


@router.patch(
    "/{account_id}",
    operation_id="update_sign_in_account",
    response_model=SignInAccount,
    responses=problems(NotFound, VersionNeeded, VersionIsStale),
)
async def update_account(
    account_id: UUID, change: SignInAccountPatch, version: IfMatch, _: Administrator, session: Write
) -> Response:
    """Change the name shown."""
    return _tagged(await actions.rename_account(session, account_id, version, change.display_name))


@router.post(
    "/{account_id}/locks",
    operation_id="lock_sign_in_account",
    response_model=SignInAccount,
    responses=problems(NotFound, BeyondYourScope),
)
async def lock_account(account_id: UUID, request: Request, actor: Administrator, session: Write) -> Response:
    """Lock the account and end its sessions. Access tokens issued before live on for minutes at most."""
    district = request.app.state.settings.district
    return _tagged(await actions.set_status(session, actor, account_id, AccountStatus.LOCKED, district))


@router.delete(
    "/{account_id}/locks",
    operation_id="unlock_sign_in_account",
    response_model=SignInAccount,
    responses=problems(NotFound, BeyondYourScope),
)
async def unlock_account(account_id: UUID, request: Request, actor: Administrator, session: Write) -> Response:
    """Let the account sign in again."""
    district = request.app.state.settings.district
    return _tagged(await actions.set_status(session, actor, account_id, AccountStatus.ACTIVE, district))


@router.post(
    "/{account_id}/passwords",
    operation_id="reset_password",
    status_code=201,
    responses=problems(NotFound, BeyondYourScope, SignInsAreBusy),
)
async def reset_password(account_id: UUID, request: Request, response: Response, actor: Administrator) -> PasswordOut:
    """Set a new random password, told once, and end every session. It cannot be repeated with an Idempotency-Key."""
    state = request.app.state
    password = actions.new_password()
    hashed = await state.identity.passwords.hash(password)
    async with state.database.begin(actor) as session:
        await actions.require_resettable(session, actor, account_id, state.settings.district)
        await actions.store_password(session, account_id, hashed)
    response.headers["Cache-Control"] = "no-store"
    return PasswordOut(password=password)


def _tagged(account: Account) -> Response:
    return tagged(SignInAccount.model_validate(account).model_dump_json(), account.version)
