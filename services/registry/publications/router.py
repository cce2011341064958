from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.registry.permissions import May
from services.registry.publications import actions, queries
from services.registry.publications.schemas import (
    PublicationDraft,
    PublicationDutyPage,
    PublicationDutyQuery,
    PublicationNew,
    PublicationPage,
    PublicationQuery,
    Published,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(prefix="/publications", tags=["publications"], route_class=Route)
duties = APIRouter(prefix="/publication-duties", tags=["publications"], route_class=Route)
drafts = APIRouter(prefix="/kindergartens/{id}/publication-draft", tags=["publications"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_FILINGS])]
Publisher = Annotated[Actor, Security(authorize, scopes=[May.PUBLISH_RECORDS])]


@duties.get(
    "",
    operation_id="list_publication_duties",
    response_model=PublicationDutyPage,
    responses=exports.responses(PublicationDutyPage),
)
async def list_publication_duties(
    query: Annotated[PublicationDutyQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """Changes the public pages have to show, by their last day; `overdue` finds those of REG-24."""
    return await exports.answer(request, reader, queries.DUTIES, query, as_of=query.as_of or today())


@router.get(
    "", operation_id="list_publications", response_model=PublicationPage, responses=exports.responses(PublicationPage)
)
async def list_publications(
    query: Annotated[PublicationQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """What was published when, and by whom."""
    return await exports.answer(request, reader, queries.PUBLICATIONS, query)


@router.post(
    "",
    operation_id="publish_records",
    status_code=status.HTTP_201_CREATED,
    response_model=Published,
    responses=problems(NotFound),
)
async def publish_records(caller: Publisher, new: PublicationNew, session: Write) -> Response:
    """Bring the public pages of these kindergartens up to date 公示: all of them or none."""
    made = await actions.publish_records(session, caller, new.kindergartens)
    items = await written(session, queries.PUBLISHED, ids=made)
    return Response(f'{{"items":{items}}}', status.HTTP_201_CREATED, media_type="application/json")


@drafts.get("", operation_id="get_publication_draft", responses=problems(NotFound))
async def get_publication_draft(id: UUID, _: Publisher, session: Write) -> PublicationDraft:
    """What would be published of a kindergarten today, and where its page differs from it."""
    return PublicationDraft.model_validate(await actions.draft(session, id))
