from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.registry.bars import actions, queries
from services.registry.bars.schemas import BarLifting, BarNew, BarOut, BarPage, BarQuery, BarRecorded, BarredPosts
from services.registry.keys import Keys
from services.registry.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, NotPermitted, problems
from shared.etags import IfMatch, VersionIsStale, VersionNeeded, tagged
from shared.idempotency import Route

router = APIRouter(prefix="/bars", tags=["bars"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_BARS])]
Keeper = Annotated[Actor, Security(authorize, scopes=[May.WRITE_BARS])]


@router.get("", operation_id="list_bars", response_model=BarPage, responses=exports.responses(BarPage))
async def list_bars(query: Annotated[BarQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """The list of those who may not work in kindergartens 从业禁止名单, for those who keep it."""
    return await exports.answer(request, reader, queries.BARS, query)


@router.get("/{id}", operation_id="get_bar", response_model=BarOut, responses=problems(NotFound))
async def get_bar(id: UUID, _: Reader, reader: Read) -> Response:
    """One entry of the list."""
    return tagged(*await reader.one(queries.BAR, "bar", id=id))


@router.get("/{id}/posts", operation_id="list_posts_of_barred", responses=problems(NotFound))
async def list_posts_of_barred(id: UUID, _: Reader, reader: Read) -> BarredPosts:
    """The posts of a barred person that last today: to be stopped at once, whoever entered the bar."""
    await reader.one(queries.KNOWN, "bar", id=id)
    found = await reader.one(queries.TO_STOP, "bar", bar=id, on=today())
    return BarredPosts.model_validate_json(f'{{"items":{found[0]}}}')


@router.post("", operation_id="record_bar", status_code=status.HTTP_201_CREATED, response_model=BarRecorded)
async def record_bar(new: BarNew, keys: Keys, caller: Keeper, session: Write) -> Response:
    """Enter someone by document. From that day on no post begins; those that last are answered, to be stopped."""
    if not caller.divisions:
        raise NotPermitted(needed=May.WRITE_BARS)
    made = await actions.record_bar(session, keys, caller, new)
    body, version = await written_row(session, queries.BAR, id=made.id)
    posts = await written_row(session, queries.TO_STOP, document=made.document_index, on=today())
    return tagged(f'{{"bar":{body},"posts":{posts[0]}}}', version, status.HTTP_201_CREATED)


@router.post(
    "/{id}/lift",
    operation_id="lift_bar",
    response_model=BarOut,
    responses=problems(NotFound, VersionNeeded, VersionIsStale),
)
async def lift_bar(id: UUID, lifting: BarLifting, version: IfMatch, _: Keeper, session: Write) -> Response:
    """End a bar earlier than it was entered, by a later decision."""
    await actions.lift_bar(session, id, version, lifting)
    return tagged(*await written_row(session, queries.BAR, id=id))
