from typing import Annotated

from fastapi import APIRouter, Security, status

from services.registry.key_rotations.jobs import KIND
from services.registry.key_rotations.schemas import KeyRotationStarted
from services.registry.keys import Keys
from services.registry.permissions import May
from shared.auth import Actor, authorize
from shared.db import Write
from shared.errors import NotPermitted, problems
from shared.idempotency import Route
from shared.jobs import enqueue

router = APIRouter(prefix="/key-rotations", tags=["key rotations"], route_class=Route)

Protector = Annotated[Actor, Security(authorize, scopes=[May.ROTATE_KEYS])]


@router.post("", operation_id="rotate_keys", status_code=status.HTTP_202_ACCEPTED, responses=problems(NotPermitted))
async def rotate_keys(caller: Protector, keys: Keys, session: Write) -> KeyRotationStarted:
    """Seal every identifier in scope with the current key of the ring, as a job, while everything stays in use."""
    if not caller.divisions:
        raise NotPermitted(needed=May.ROTATE_KEYS)
    made = await enqueue(session, caller, KIND, {}, division=caller.divisions[0])
    return KeyRotationStarted(job=made, key=keys.current)
