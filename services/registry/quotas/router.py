from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.registry.kindergartens.queries import KNOWN
from services.registry.permissions import May
from services.registry.quotas import actions, queries
from services.registry.quotas.schemas import (
    StaffQuotaCourse,
    StaffQuotaCourseQuery,
    StaffQuotaNew,
    StaffQuotaOut,
    StaffQuotaPage,
    StaffQuotaQuery,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.etags import tagged
from shared.idempotency import Route

router = APIRouter(tags=["staff quotas"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_STAFFING])]
Approver = Annotated[Actor, Security(authorize, scopes=[May.WRITE_STAFF_QUOTAS])]


@router.get(
    "/staff-quotas",
    operation_id="list_staff_quotas",
    response_model=StaffQuotaPage,
    responses=exports.responses(StaffQuotaPage),
)
async def list_staff_quotas(
    query: Annotated[StaffQuotaQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """编制 and 人员额度 of each kindergarten: approved, used and free on a day."""
    return await exports.answer(request, reader, queries.QUOTAS, query, as_of=query.as_of or today())


@router.post(
    "/staff-quotas",
    operation_id="approve_staff_quota",
    status_code=status.HTTP_201_CREATED,
    response_model=StaffQuotaOut,
    responses=problems(NotFound),
)
async def approve_staff_quota(new: StaffQuotaNew, _: Approver, session: Write) -> Response:
    """Approve a number of staff from a day on, by a document. Approving the same day again corrects it."""
    made = await actions.approve_quota(session, new)
    body, version = await written_row(session, queries.QUOTA, id=made, as_of=max(new.since, today()))
    return tagged(body, version, status.HTTP_201_CREATED)


@router.get(
    "/kindergartens/{id}/staff-quotas",
    operation_id="get_staff_quota_course",
    response_model=StaffQuotaCourse,
    responses=problems(NotFound),
)
async def get_staff_quota_course(
    id: UUID, query: Annotated[StaffQuotaCourseQuery, Query()], _: Reader, reader: Read
) -> Response:
    """Approved, used and free of one kind over time: a step for every day on which something changed."""
    await reader.one(KNOWN, "kindergarten", id=id)
    found = await reader.one(queries.COURSE, "kindergarten", id=id, kind=query.kind.value)
    body = f'{{"kindergarten":"{id}","kind":"{query.kind.value}","items":{found[0]}}}'
    return Response(body, media_type="application/json")
