from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy import bindparam, column, func, select

from services.finance.permissions import May
from services.finance.refusals import ANOTHER_PERSON
from services.finance.related_parties import actions
from services.finance.related_parties.models import RelatedParty
from services.finance.related_parties.schemas import (
    RelatedPartyNew,
    RelatedPartyOut,
    RelatedPartyPage,
    RelatedPartyQuery,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import one, written_row
from shared.errors import NotFound, problems
from shared.etags import tagged
from shared.idempotency import Route
from shared.listing import Listing
from shared.tables import FOREVER

router = APIRouter(prefix="/related-parties", tags=["related parties"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_ALERTS])]
Officer = Annotated[Actor, Security(authorize, scopes=[May.ENTER_RELATED_PARTIES])]
Reviewer = Annotated[Actor, Security(authorize, scopes=[May.DECIDE_ALERTS])]
_row = RelatedParty.__table__.c
_shown = {"until": func.nullif(_row.until, FOREVER).label("until")}
_columns = select(*(_shown.get(name, _row[name]) for name in RelatedPartyOut.model_fields))
PARTIES = Listing(
    "related-parties",
    _columns,
    _row.id,
    {"since": _row.since},
    {"kindergarten": _row.kindergarten == bindparam("kindergarten")},
)
PARTY = one(_columns.where(_row.id == bindparam("id")), column("version"))


@router.get(
    "",
    operation_id="list_related_parties",
    response_model=RelatedPartyPage,
    responses=exports.responses(RelatedPartyPage),
)
async def list_parties(
    query: Annotated[RelatedPartyQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List founders and other related parties 关联方."""
    return await exports.answer(request, reader, PARTIES, query)


@router.post(
    "",
    operation_id="enter_related_party",
    status_code=status.HTTP_201_CREATED,
    response_model=RelatedPartyOut,
    responses=problems(NotFound),
)
async def enter_party(new: RelatedPartyNew, caller: Officer, session: Write) -> Response:
    """Enter a related party and, where there is one, its disclosed agreement."""
    made = await actions.enter_party(session, caller, new)
    body, version = await written_row(session, PARTY, id=made)
    return tagged(body, version, status.HTTP_201_CREATED)


@router.post(
    "/{id}/reviews",
    operation_id="review_related_party",
    response_model=RelatedPartyOut,
    responses=problems(NotFound, constraints=(ANOTHER_PERSON,)),
)
async def review_party(id: UUID, caller: Reviewer, session: Write) -> Response:
    """Review the agreement 审查协议: payments under it raise no alert from now on."""
    await actions.review_party(session, caller, id)
    return tagged(*await written_row(session, PARTY, id=id))
