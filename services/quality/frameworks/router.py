from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response, Security, status

from services.quality.frameworks import actions, queries
from services.quality.frameworks.actions import (
    ChildrenAreNotScored,
    EditionAlreadyFollowed,
    ItemsDoNotFit,
    PublishedEditionNeverChanges,
    TextIsMissing,
)
from services.quality.frameworks.schemas import (
    CODE,
    FrameworkOut,
    FrameworkPage,
    FrameworkPublication,
    FrameworkPut,
    FrameworkQuery,
)
from services.quality.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(prefix="/frameworks", tags=["frameworks"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_FRAMEWORKS])]
Author = Annotated[Actor, Security(authorize, scopes=[May.WRITE_FRAMEWORKS])]
FrameworkCode = Annotated[str, Path(pattern=CODE)]
Edition = Annotated[str, Path(pattern=r"^[0-9a-z.-]{1,40}$")]


@router.get(
    "", operation_id="list_frameworks", response_model=FrameworkPage, responses=exports.responses(FrameworkPage)
)
async def list_frameworks(
    query: Annotated[FrameworkQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List the editions of all frameworks; `as_of` leaves those in force on a day."""
    return await exports.answer(request, reader, queries.FRAMEWORKS, query)


@router.get(
    "/{code}/editions/{edition}",
    operation_id="get_framework",
    response_model=FrameworkOut,
    responses=problems(NotFound),
)
async def get_framework(code: FrameworkCode, edition: Edition, _: Reader, reader: Read) -> Response:
    """One edition with its items; each says whether its words are official, from memory or missing."""
    (body,) = await reader.one(queries.FRAMEWORK, "framework", code=code, edition=edition)
    return Response(body, media_type="application/json")


@router.put(
    "/{code}/editions/{edition}",
    operation_id="draft_framework",
    response_model=FrameworkOut,
    responses={
        201: {"model": FrameworkOut, "description": "Drafted"},
        **problems(PublishedEditionNeverChanges, ChildrenAreNotScored, ItemsDoNotFit, TextIsMissing),
    },
)
async def draft_framework(
    code: FrameworkCode, edition: Edition, put: FrameworkPut, caller: Author, session: Write
) -> Response:
    """Draft an edition, or replace the draft: also how the official words of a national document are brought in."""
    _, new = await actions.draft_framework(session, caller, code, edition, put)
    body = await written(session, queries.FRAMEWORK, code=code, edition=edition)
    return Response(body, status.HTTP_201_CREATED if new else status.HTTP_200_OK, media_type="application/json")


@router.post(
    "/{code}/editions/{edition}/publications",
    operation_id="publish_framework",
    status_code=status.HTTP_201_CREATED,
    response_model=FrameworkOut,
    responses=problems(NotFound, PublishedEditionNeverChanges, EditionAlreadyFollowed),
)
async def publish_framework(
    code: FrameworkCode, edition: Edition, asked: FrameworkPublication, _: Author, session: Write
) -> Response:
    """Put the draft in force from a day; the edition before ends then."""
    await actions.publish_framework(session, code, edition, asked.since)
    body = await written(session, queries.FRAMEWORK, code=code, edition=edition)
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")
