import json
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.registry.groups import actions
from services.registry.groups.queries import GROUP, GROUPS
from services.registry.groups.schemas import GroupMembers, GroupNew, GroupOut, GroupPage, GroupPatch, GroupQuery
from services.registry.kindergartens.queries import MEMBERS
from services.registry.kindergartens.schemas import KindergartenDay
from services.registry.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.etags import IfMatch, VersionIsStale, VersionNeeded, tagged
from shared.idempotency import Route

router = APIRouter(prefix="/groups", tags=["groups"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_KINDERGARTENS])]
Registrar = Annotated[Actor, Security(authorize, scopes=[May.WRITE_KINDERGARTENS])]


def _shown(found: tuple[Any, ...], code: int = status.HTTP_200_OK) -> Response:
    return tagged(found[0], json.loads(found[0])["version"], code)


@router.get("", operation_id="list_groups", response_model=GroupPage, responses=exports.responses(GroupPage))
async def list_groups(query: Annotated[GroupQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """List the education groups 教育集团; they are public."""
    return await exports.answer(request, reader, GROUPS, query)


@router.get("/{id}", operation_id="get_group", response_model=GroupOut, responses=problems(NotFound))
async def get_group(id: UUID, _: Reader, reader: Read) -> Response:
    """One group."""
    return _shown(await reader.one(GROUP, "group", id=id))


@router.get(
    "/{id}/kindergartens", operation_id="list_group_members", response_model=GroupMembers, responses=problems(NotFound)
)
async def list_group_members(id: UUID, query: Annotated[KindergartenDay, Query()], _: Reader, reader: Read) -> Response:
    """The kindergartens of a group, as far as the caller's scope reaches."""
    await reader.one(GROUP, "group", id=id)
    found = await reader.one(MEMBERS, "group", id=id, as_of=query.as_of or today())
    return Response(f'{{"items":{found[0]}}}', media_type="application/json")


@router.post("", operation_id="form_group", status_code=status.HTTP_201_CREATED, response_model=GroupOut)
async def form_group(caller: Registrar, new: GroupNew, session: Write) -> Response:
    """Enter a group."""
    group = await actions.form_group(session, caller, new)
    return _shown(await written_row(session, GROUP, id=group), status.HTTP_201_CREATED)


@router.patch(
    "/{id}",
    operation_id="change_group",
    response_model=GroupOut,
    responses=problems(NotFound, VersionNeeded, VersionIsStale),
)
async def change_group(id: UUID, caller: Registrar, version: IfMatch, patch: GroupPatch, session: Write) -> Response:
    """Change a group that is led from the caller's scope."""
    await actions.change_group(session, caller, id, patch, version)
    return _shown(await written_row(session, GROUP, id=id))
