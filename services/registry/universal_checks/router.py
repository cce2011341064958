from typing import Annotated

from fastapi import APIRouter, Path, Query, Security, status

from services.registry.permissions import May
from services.registry.universal_checks.answers import check, enter
from services.registry.universal_checks.schemas import (
    ITEM,
    UniversalCheck,
    UniversalCheckQuery,
    UniversalEvidencePut,
)
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(prefix="/plan/universal-check", tags=["universal check"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_PLAN])]
Planner = Annotated[Actor, Security(authorize, scopes=[May.WRITE_PLAN])]
Item = Annotated[str, Path(pattern=ITEM, description="Number of the item, such as B1.")]


@router.get("", operation_id="get_universal_check", responses=problems(NotFound))
async def get_universal_check(
    query: Annotated[UniversalCheckQuery, Query()], _: Reader, reader: Read
) -> UniversalCheck:
    """The district's self-check for 双普 (教督〔2020〕1号): every item, computed or with its evidence."""
    return await check(reader, query.as_of or today())


@router.put(
    "/{item}",
    operation_id="enter_universal_evidence",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(NotFound),
)
async def enter_universal_evidence(item: Item, caller: Planner, put: UniversalEvidencePut, session: Write) -> None:
    """Enter what was found about an item the registry cannot compute, with its document."""
    await enter(session, caller, item, put)
