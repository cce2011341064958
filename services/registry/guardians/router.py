from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response, Security, status

from services.registry.guardians import actions, queries
from services.registry.guardians.schemas import GuardianChange, GuardianNew, GuardianOut
from services.registry.keys import Keys
from services.registry.permissions import May
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.etags import IfMatch, VersionIsStale, VersionNeeded, tagged
from shared.idempotency import Route

router = APIRouter(prefix="/children/{child}/guardians", tags=["guardians"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_CHILDREN])]
Registrar = Annotated[Actor, Security(authorize, scopes=[May.WRITE_CHILDREN])]


@router.get("", operation_id="list_guardians", response_model=list[GuardianOut], responses=problems(NotFound))
async def list_guardians(child: UUID, _: Reader, reader: Read) -> Response:
    """The guardians of a child."""
    found = await reader.one(queries.GUARDIANS, "child", child=child)
    return Response(found[0], media_type="application/json")


@router.get("/{id}", operation_id="get_guardian", response_model=GuardianOut, responses=problems(NotFound))
async def get_guardian(child: UUID, id: UUID, _: Reader, reader: Read) -> Response:
    """One guardian."""
    return tagged(*await reader.one(queries.GUARDIAN, "guardian", id=id, child=child))


@router.post(
    "",
    operation_id="record_guardian",
    status_code=status.HTTP_201_CREATED,
    response_model=GuardianOut,
    responses=problems(NotFound, constraints=("guardian_already_recorded",)),
)
async def record_guardian(child: UUID, new: GuardianNew, keys: Keys, _: Registrar, session: Write) -> Response:
    """Record a guardian 监护人 of a child."""
    made = await actions.record_guardian(session, keys, child, new)
    body, version = await written_row(session, queries.GUARDIAN, id=made, child=child)
    return tagged(body, version, status.HTTP_201_CREATED)


@router.patch(
    "/{id}",
    operation_id="change_guardian",
    response_model=GuardianOut,
    responses=problems(NotFound, VersionNeeded, VersionIsStale, constraints=("guardian_already_recorded",)),
)
async def change_guardian(
    child: UUID, id: UUID, change: GuardianChange, version: IfMatch, keys: Keys, _: Registrar, session: Write
) -> Response:
    """Change a guardian's record."""
    await actions.change_guardian(session, keys, child, id, version, change)
    return tagged(*await written_row(session, queries.GUARDIAN, id=id, child=child))


@router.delete(
    "/{id}", operation_id="remove_guardian", status_code=status.HTTP_204_NO_CONTENT, responses=problems(NotFound)
)
async def remove_guardian(child: UUID, id: UUID, _: Registrar, session: Write) -> None:
    """Remove a guardian from a child's record."""
    await actions.remove_guardian(session, child, id)
