from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy import Date, bindparam, func, select

from services.quality.parents_committees import actions
from services.quality.parents_committees.actions import CommitteeHasOneChair
from services.quality.parents_committees.models import ParentsCommittee
from services.quality.parents_committees.schemas import (
    ParentsCommitteeEnd,
    ParentsCommitteeMembers,
    ParentsCommitteeNew,
    ParentsCommitteeOut,
    ParentsCommitteePage,
    ParentsCommitteeQuery,
    ParentsCommitteeRow,
)
from services.quality.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import columns, one, written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.listing import Listing

router = APIRouter(prefix="/parents-committees", tags=["families"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_FAMILIES])]
Former = Annotated[Actor, Security(authorize, scopes=[May.FORM_COMMITTEES])]
_row = ParentsCommittee.__table__
_special = {"seats": func.jsonb_array_length(_row.c.members)}
_on = bindparam("as_of", type_=Date)
COMMITTEES = Listing(
    "parents-committees",
    select(*columns(_row, ParentsCommitteeRow, **_special)),
    _row.c.id,
    {"since": _row.c.since},
    {
        "kindergarten": _row.c.kindergarten == bindparam("kindergarten"),
        "as_of": (_row.c.since <= _on) & (_row.c.until > _on),
    },
)
COMMITTEE = one(select(*columns(_row, ParentsCommitteeOut, **_special)).where(_row.c.id == bindparam("id")))


@router.get(
    "",
    operation_id="list_parents_committees",
    response_model=ParentsCommitteePage,
    responses=exports.responses(ParentsCommitteePage),
)
async def list_parents_committees(
    query: Annotated[ParentsCommitteeQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List parents' committees 家委会 by term; who sits on them is in no list."""
    return await exports.answer(request, reader, COMMITTEES, query)


@router.get(
    "/{id}", operation_id="get_parents_committee", response_model=ParentsCommitteeOut, responses=problems(NotFound)
)
async def get_parents_committee(id: UUID, _: Former, reader: Read) -> Response:
    """One committee with its members, for those who form it."""
    (body,) = await reader.one(COMMITTEE, "parents' committee", id=id)
    return Response(body, media_type="application/json")


@router.post(
    "",
    operation_id="form_parents_committee",
    status_code=status.HTTP_201_CREATED,
    response_model=ParentsCommitteeOut,
    responses=problems(
        NotFound, CommitteeHasOneChair, constraints=("committee_is_in_office", "term_ends_after_it_begins")
    ),
)
async def form_parents_committee(new: ParentsCommitteeNew, _: Former, session: Write) -> Response:
    """Record a committee elected for a term (学前教育法第三十三条)."""
    body = await written(session, COMMITTEE, id=await actions.form_committee(session, new))
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")


@router.put(
    "/{id}/members",
    operation_id="name_committee_members",
    response_model=ParentsCommitteeOut,
    responses=problems(NotFound, CommitteeHasOneChair),
)
async def name_committee_members(id: UUID, put: ParentsCommitteeMembers, _: Former, session: Write) -> Response:
    """Set who sits on the committee."""
    await actions.name_members(session, id, put.members)
    return Response(await written(session, COMMITTEE, id=id), media_type="application/json")


@router.post(
    "/{id}/ends",
    operation_id="end_parents_committee",
    status_code=status.HTTP_201_CREATED,
    response_model=ParentsCommitteeOut,
    responses=problems(NotFound),
)
async def end_parents_committee(id: UUID, asked: ParentsCommitteeEnd, _: Former, session: Write) -> Response:
    """End a term before its time, with the reason."""
    await actions.end_committee(session, id, asked)
    body = await written(session, COMMITTEE, id=id)
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")
