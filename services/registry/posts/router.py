from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.registry.classes.refusals import KindergartenNotOpen
from services.registry.keys import Keys
from services.registry.permissions import May
from services.registry.posts import actions, queries
from services.registry.posts.offences import completed, offences
from services.registry.posts.refusals import CONSTRAINTS, REFUSED, PostHasEnded, SameKindergarten
from services.registry.posts.schemas import (
    PostCorrection,
    PostEnding,
    PostFindings,
    PostFindingsQuery,
    PostMoved,
    PostNew,
    PostOut,
    PostPage,
    PostQuery,
    PostReassignment,
    PostRow,
    PostTransfer,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.etags import IfMatch, VersionIsStale, VersionNeeded, tagged
from shared.idempotency import Route

router = APIRouter(tags=["posts"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_STAFF])]
Registrar = Annotated[Actor, Security(authorize, scopes=[May.WRITE_STAFF])]
RULES = tuple(REFUSED.values())


@router.get("/posts", operation_id="list_posts", response_model=PostPage, responses=exports.responses(PostPage))
async def list_posts(query: Annotated[PostQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """List posts 任职 in the caller's scope: in force on a day, or all."""
    return await exports.answer(request, reader, queries.POSTS, query)


@router.get("/post-findings", operation_id="list_post_findings")
async def list_post_findings(query: Annotated[PostFindingsQuery, Query()], _: Reader, reader: Read) -> PostFindings:
    """What the rules say of everyone at work on a day: REG-08 to REG-13 and REG-30 to REG-32, each with its basis."""
    on = query.as_of or today()
    found = await reader.one(
        queries.AT_WORK, "post", as_of=on, division=query.division or "", kindergarten=query.kindergarten
    )
    return offences(found[0], query, on)


@router.get("/posts/{id}", operation_id="get_post", response_model=PostOut, responses=problems(NotFound))
async def get_post(id: UUID, _: Reader, reader: Read) -> Response:
    """One post, with what the rules say of it today, or of its last day."""
    found = await reader.one(queries.WITH_STANDING, "post", id=id)
    return tagged(*completed(found[0], today()))


@router.post(
    "/posts",
    operation_id="begin_post",
    status_code=status.HTTP_201_CREATED,
    response_model=PostRow,
    responses=problems(NotFound, KindergartenNotOpen, *RULES, constraints=CONSTRAINTS),
)
async def begin_post(new: PostNew, keys: Keys, _: Registrar, session: Write) -> Response:
    """Appoint a person 任职. Refused by REG-09, REG-10 and REG-13 as they stand on the first day."""
    made = await actions.begin_post(session, keys, new)
    body, version = await written_row(session, queries.POST, id=made.id)
    return tagged(body, version, status.HTTP_201_CREATED)


@router.post(
    "/posts/{id}/end",
    operation_id="end_post",
    response_model=PostRow,
    responses=problems(NotFound, PostHasEnded, constraints=CONSTRAINTS),
)
async def end_post(id: UUID, ending: PostEnding, _: Registrar, session: Write) -> Response:
    """End a post 离任."""
    await actions.end_post(session, id, ending)
    return tagged(*await written_row(session, queries.POST, id=id))


@router.post(
    "/posts/{id}/reassign",
    operation_id="reassign_post",
    status_code=status.HTTP_201_CREATED,
    response_model=PostMoved,
    responses=problems(NotFound, PostHasEnded, KindergartenNotOpen, *RULES, constraints=CONSTRAINTS),
)
async def reassign_post(id: UUID, wish: PostReassignment, _: Registrar, session: Write) -> Response:
    """Give a person another class, role or kind of employment in the same kindergarten, from a day on."""
    made = await actions.reassign(session, id, wish)
    return await _moved(session, id, made.id)


@router.post(
    "/posts/{id}/transfer",
    operation_id="transfer_post",
    status_code=status.HTTP_201_CREATED,
    response_model=PostMoved,
    responses=problems(NotFound, PostHasEnded, SameKindergarten, KindergartenNotOpen, *RULES, constraints=CONSTRAINTS),
)
async def transfer_post(id: UUID, wish: PostTransfer, _: Registrar, session: Write) -> Response:
    """Let a person go on in another kindergarten of the caller's scope 调动, in one step.

    A kindergarten does not see another's posts: there the former one ends its post, and the new one appoints by
    document and name.
    """
    made = await actions.transfer(session, id, wish)
    return await _moved(session, id, made.id)


@router.patch(
    "/posts/{id}",
    operation_id="correct_post",
    response_model=PostRow,
    responses=problems(NotFound, VersionNeeded, VersionIsStale, *RULES, constraints=CONSTRAINTS),
)
async def correct_post(
    id: UUID, correction: PostCorrection, version: IfMatch, _: Registrar, session: Write
) -> Response:
    """Correct what was recorded wrongly. The former state stays in the history."""
    await actions.correct_post(session, id, version, correction)
    return tagged(*await written_row(session, queries.POST, id=id))


async def _moved(session: Write, ended: UUID, began: UUID) -> Response:
    former, _ = await written_row(session, queries.POST, id=ended)
    present, version = await written_row(session, queries.POST, id=began)
    return tagged(f'{{"ended":{former},"began":{present}}}', version, status.HTTP_201_CREATED)
