from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.finance.books.refusals import PERIOD_CLOSED
from services.finance.entries import actions, queries
from services.finance.entries.refusals import (
    NO_ACCOUNT,
    REVERSED_ONCE,
    UNBALANCED,
    EntryBelongsToItsSource,
    EntryDiffers,
    ReversalStands,
)
from services.finance.entries.schemas import (
    EntriesNew,
    EntryNew,
    EntryOut,
    EntryPage,
    EntryQuery,
    PostedEntries,
    PostedEntry,
    ReversalNew,
)
from services.finance.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(tags=["entries"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_BOOKS])]
Accountant = Annotated[Actor, Security(authorize, scopes=[May.POST_ENTRIES])]
REFUSED = problems(NotFound, EntryDiffers, constraints=(UNBALANCED, NO_ACCOUNT, PERIOD_CLOSED))


@router.get(
    "/books/{id}/entries",
    operation_id="list_entries",
    response_model=EntryPage,
    responses=exports.responses(EntryPage),
)
async def list_entries(
    id: UUID, query: Annotated[EntryQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List the entries 记账凭证 of a book."""
    return await exports.answer(request, reader, queries.ENTRIES, query, id=id)


@router.post(
    "/books/{id}/entries",
    operation_id="post_entry",
    status_code=status.HTTP_201_CREATED,
    responses=REFUSED | {200: {"model": PostedEntry, "description": "It was posted before."}},
)
async def post_entry(id: UUID, new: EntryNew, _: Accountant, session: Write, response: Response) -> PostedEntry:
    """Post an entry. The same `source` and `source_key` again, with the same content, answers 200 and adds nothing."""
    (made,) = await actions.post_entries(session, id, [new.draft()])
    response.status_code = status.HTTP_200_OK if made.repeated else status.HTTP_201_CREATED
    return made


@router.post(
    "/books/{id}/entry-batches",
    operation_id="post_entries",
    status_code=status.HTTP_201_CREATED,
    responses=REFUSED,
)
async def post_entries(id: UUID, new: EntriesNew, _: Accountant, session: Write) -> PostedEntries:
    """Post up to 2,000 entries, all or none; those posted before are named and left alone."""
    drafts = [each.draft() for each in new.entries]
    return PostedEntries(items=await actions.post_entries(session, id, drafts))


@router.get("/entries/{id}", operation_id="get_entry", response_model=EntryOut, responses=problems(NotFound))
async def get_entry(id: UUID, _: Reader, reader: Read) -> Response:
    """One entry with its lines."""
    return Response((await reader.one(queries.ENTRY, "entry", id=id))[0], media_type="application/json")


@router.post(
    "/entries/{id}/reversals",
    operation_id="reverse_entry",
    status_code=status.HTTP_201_CREATED,
    response_model=EntryOut,
    responses=problems(
        NotFound, ReversalStands, EntryBelongsToItsSource, EntryDiffers, constraints=(REVERSED_ONCE, PERIOD_CLOSED)
    ),
)
async def reverse_entry(id: UUID, new: ReversalNew, _: Accountant, session: Write) -> Response:
    """Reverse an entry 红字冲销: the only way to undo one. The original stays."""
    made = await actions.reverse_entry(session, id, new.effective_on, new.reason)
    (body,) = await written_row(session, queries.ENTRY, id=made)
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")
