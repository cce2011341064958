from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.registry.credit_entries import actions, queries
from services.registry.credit_entries.models import NOT_PUBLIC
from services.registry.credit_entries.schemas import (
    CreditEntryNew,
    CreditEntryOut,
    CreditEntryPage,
    CreditEntryQuery,
    CreditWithdrawal,
    PublicCreditEntries,
)
from services.registry.permissions import May
from services.registry.publications.public import Stranger
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.etags import IfMatch, VersionIsStale, VersionNeeded, tagged
from shared.idempotency import Route

router = APIRouter(prefix="/credit-entries", tags=["credit file"], route_class=Route)
public = APIRouter(prefix="/public/kindergartens/{id}/credit-entries", tags=["public"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_CREDIT])]
Keeper = Annotated[Actor, Security(authorize, scopes=[May.WRITE_CREDIT])]


@public.get("", operation_id="list_public_kindergarten_credit", response_model=PublicCreditEntries)
async def list_public_kindergarten_credit(id: UUID, _: Stranger, reader: Read) -> Response:
    """What is public of a kindergarten's credit file; withdrawn entries are gone at once."""
    found = await reader.one(queries.PUBLIC, "kindergarten", id=id, as_of=today())
    return Response(f'{{"items":{found[0]}}}', media_type="application/json")


@router.get(
    "", operation_id="list_credit_entries", response_model=CreditEntryPage, responses=exports.responses(CreditEntryPage)
)
async def list_credit_entries(
    query: Annotated[CreditEntryQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """The credit file 信用档案 of kindergartens, founders and principals."""
    return await exports.answer(request, reader, queries.ENTRIES, query, as_of=query.as_of or today())


@router.get("/{id}", operation_id="get_credit_entry", response_model=CreditEntryOut, responses=problems(NotFound))
async def get_credit_entry(id: UUID, _: Reader, reader: Read) -> Response:
    """One entry."""
    return tagged(*await reader.one(queries.ENTRY, "credit entry", id=id, as_of=today()))


@router.post(
    "",
    operation_id="record_credit_entry",
    status_code=status.HTTP_201_CREATED,
    response_model=CreditEntryOut,
    responses=problems(NotFound, constraints=(NOT_PUBLIC,)),
)
async def record_credit_entry(caller: Keeper, new: CreditEntryNew, session: Write) -> Response:
    """Enter something with its source; what is about a person is never public."""
    made = await actions.record_entry(session, caller, new)
    body, version = await written_row(session, queries.ENTRY, id=made, as_of=today())
    return tagged(body, version, status.HTTP_201_CREATED)


@router.post(
    "/{id}/withdrawals",
    operation_id="withdraw_credit_entry",
    status_code=status.HTTP_201_CREATED,
    response_model=CreditEntryOut,
    responses=problems(NotFound, VersionNeeded, VersionIsStale, actions.EntryWithdrawn),
)
async def withdraw_credit_entry(
    id: UUID, caller: Keeper, new: CreditWithdrawal, version: IfMatch, session: Write
) -> Response:
    """Take an entry back 撤销 when the decision behind it was."""
    await actions.withdraw_entry(session, caller, id, new, version)
    body, now = await written_row(session, queries.ENTRY, id=id, as_of=today())
    return tagged(body, now, status.HTTP_201_CREATED)
