from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.finance.fee_items import actions, queries
from services.finance.fee_items.refusals import PUBLISHED_OVERLAP, AboveCeiling, ForbiddenCharge, NoCeilingInForce
from services.finance.fee_items.schemas import (
    FeeItemEnding,
    FeeItemNew,
    FeeItemOut,
    FeeItemPage,
    FeeItemQuery,
    FeeItemReturn,
    FeeNoticePage,
    FeeNoticeQuery,
)
from services.finance.permissions import May
from services.finance.refusals import ANOTHER_PERSON, NoSuchStep
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.etags import tagged
from shared.idempotency import Route

router = APIRouter(tags=["fee items"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_FEE_ITEMS])]
Passer = Annotated[Actor, Security(authorize, scopes=[May.READ_FEE_NOTICES])]
Filer = Annotated[Actor, Security(authorize, scopes=[May.FILE_FEE_ITEMS])]
Officer = Annotated[Actor, Security(authorize, scopes=[May.ACCEPT_FEE_ITEMS])]
Publisher = Annotated[Actor, Security(authorize, scopes=[May.PUBLISH_FEE_ITEMS])]


@router.get(
    "/fee-items", operation_id="list_fee_items", response_model=FeeItemPage, responses=exports.responses(FeeItemPage)
)
async def list_fee_items(
    query: Annotated[FeeItemQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List fee standards in every state of their filing."""
    return await exports.answer(request, reader, queries.FEE_ITEMS, query)


@router.get(
    "/fee-notices",
    operation_id="list_fee_notices",
    response_model=FeeNoticePage,
    responses=exports.responses(FeeNoticePage),
)
async def list_fee_notices(
    query: Annotated[FeeNoticeQuery, Query()], request: Request, _: Passer, reader: Read
) -> Response:
    """收费公示: the published standards of a day, with everything the notice has to say; for public pages."""
    return await exports.answer(request, reader, queries.NOTICES, query, as_of=query.as_of or today())


@router.get("/fee-items/{id}", operation_id="get_fee_item", response_model=FeeItemOut, responses=problems(NotFound))
async def get_fee_item(id: UUID, _: Reader, reader: Read) -> Response:
    """One fee standard."""
    return tagged(*await reader.one(queries.FEE_ITEM, "fee item", id=id))


@router.post(
    "/fee-items",
    operation_id="file_fee_item",
    status_code=status.HTTP_201_CREATED,
    response_model=FeeItemOut,
    responses=problems(NotFound, ForbiddenCharge),
)
async def file_fee_item(new: FeeItemNew, caller: Filer, session: Write) -> Response:
    """File a fee standard 收费备案. Charges of a forbidden kind (赞助费, 兴趣班, 书本费 …) cannot be filed."""
    made = await actions.file_fee_item(session, caller, new)
    body, version = await written_row(session, queries.FEE_ITEM, id=made)
    return tagged(body, version, status.HTTP_201_CREATED)


@router.post(
    "/fee-items/{id}/acceptances",
    operation_id="accept_fee_item",
    response_model=FeeItemOut,
    responses=problems(NotFound, NoSuchStep, AboveCeiling, NoCeilingInForce, constraints=(ANOTHER_PERSON,)),
)
async def accept_fee_item(id: UUID, caller: Officer, session: Write) -> Response:
    """Accept a filing 受理, once it keeps below the ceiling in force on its first day."""
    await actions.accept_fee_item(session, caller, id)
    return tagged(*await written_row(session, queries.FEE_ITEM, id=id))


@router.post(
    "/fee-items/{id}/returns",
    operation_id="return_fee_item",
    response_model=FeeItemOut,
    responses=problems(NotFound, NoSuchStep),
)
async def return_fee_item(id: UUID, said: FeeItemReturn, _: Officer, session: Write) -> Response:
    """Return a filing 退回 with the reason; the kindergarten files anew."""
    await actions.return_fee_item(session, id, said.remark)
    return tagged(*await written_row(session, queries.FEE_ITEM, id=id))


@router.post(
    "/fee-items/{id}/publications",
    operation_id="publish_fee_item",
    response_model=FeeItemOut,
    responses=problems(NotFound, NoSuchStep, constraints=(ANOTHER_PERSON, PUBLISHED_OVERLAP)),
)
async def publish_fee_item(id: UUID, caller: Publisher, session: Write) -> Response:
    """Publish an accepted standard 公示; a former one of the same name ends where it begins."""
    await actions.publish_fee_item(session, caller, id)
    return tagged(*await written_row(session, queries.FEE_ITEM, id=id))


@router.post(
    "/fee-items/{id}/endings",
    operation_id="end_fee_item",
    response_model=FeeItemOut,
    responses=problems(NotFound, NoSuchStep),
)
async def end_fee_item(id: UUID, said: FeeItemEnding, _: Filer, session: Write) -> Response:
    """Stop charging a published item from a day on 停止收费; what was charged before stands."""
    await actions.end_fee_item(session, id, said.until, said.remark)
    return tagged(*await written_row(session, queries.FEE_ITEM, id=id))
