from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy import ARRAY, Date, Uuid, bindparam, cast, func, literal_column, select

from services.quality.family_activities import actions
from services.quality.family_activities.actions import PartnerIsNamed, SomebodyCame
from services.quality.family_activities.models import FamilyActivity, GuidanceConfirmation, GuidanceNotice
from services.quality.family_activities.schemas import (
    FamilyActivityNew,
    FamilyActivityOut,
    FamilyActivityPage,
    FamilyActivityQuery,
    GuidanceNoticeNew,
    GuidanceNoticeOut,
    GuidanceNoticePage,
    GuidanceNoticeQuery,
    GuidanceNoticeRow,
)
from services.quality.frameworks.actions import ChildrenAreNotScored
from services.quality.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import columns, one, written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.listing import Listing

router = APIRouter(tags=["families"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_FAMILIES])]
Keeper = Annotated[Actor, Security(authorize, scopes=[May.KEEP_FAMILIES])]
_row, _sent, _read = FamilyActivity.__table__, GuidanceNotice.__table__, GuidanceConfirmation.__table__.c
_activity = select(*columns(_row, FamilyActivityOut, on=_row.c.on_day))
ACTIVITIES = Listing(
    "family-activities",
    _activity,
    _row.c.id,
    {"on": _row.c.on_day},
    {
        "kindergarten": _row.c.kindergarten == bindparam("kindergarten"),
        "kind": _row.c.kind == bindparam("kind"),
        "since": _row.c.on_day >= bindparam("since", type_=Date),
        "until": _row.c.on_day < bindparam("until", type_=Date),
    },
)
ACTIVITY = one(_activity.where(_row.c.id == bindparam("id")))
_to = func.cardinality(_sent.c.children)
_confirmed = select(func.count()).where(_read.notice == _sent.c.id).correlate(_sent).scalar_subquery()
_each = func.unnest(_sent.c.children).column_valued("each_child")
_silent = (
    select(func.coalesce(func.array_agg(_each), cast(literal_column("'{}'"), ARRAY(Uuid))))
    .where(_each.not_in(select(_read.child).where(_read.notice == _sent.c.id).correlate(_sent)))
    .correlate(_sent)
    .scalar_subquery()
)
NOTICES = Listing(
    "guidance-notices",
    select(*columns(_sent, GuidanceNoticeRow, sent=_to, confirmed=_confirmed)),
    _sent.c.id,
    {"sent_on": _sent.c.sent_on},
    {
        "kindergarten": _sent.c.kindergarten == bindparam("kindergarten"),
        "kind": _sent.c.kind == bindparam("kind"),
        "school_year": _sent.c.school_year == bindparam("school_year"),
        "complete": (_confirmed == _to) == bindparam("complete"),
    },
)
NOTICE = one(
    select(*columns(_sent, GuidanceNoticeOut, sent=_to, confirmed=_confirmed, unconfirmed=_silent)).where(
        _sent.c.id == bindparam("id")
    )
)


@router.get(
    "/family-activities",
    operation_id="list_family_activities",
    response_model=FamilyActivityPage,
    responses=exports.responses(FamilyActivityPage),
)
async def list_family_activities(
    query: Annotated[FamilyActivityQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List what families and community took part in 家园社协同."""
    return await exports.answer(request, reader, ACTIVITIES, query)


@router.post(
    "/family-activities",
    operation_id="record_family_activity",
    status_code=status.HTTP_201_CREATED,
    response_model=FamilyActivityOut,
    responses=problems(NotFound, PartnerIsNamed, SomebodyCame, ChildrenAreNotScored),
)
async def record_family_activity(new: FamilyActivityNew, caller: Keeper, session: Write) -> Response:
    """Record an open day, a meeting, home visits, or what was done with the community."""
    body = await written(session, ACTIVITY, id=await actions.record_activity(session, caller, new))
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")


@router.get(
    "/guidance-notices",
    operation_id="list_guidance_notices",
    response_model=GuidanceNoticePage,
    responses=exports.responses(GuidanceNoticePage),
)
async def list_guidance_notices(
    query: Annotated[GuidanceNoticeQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List guidance sent to families 入园、入学准备指导, with how many confirmed; whose is in no list."""
    return await exports.answer(request, reader, NOTICES, query)


@router.get(
    "/guidance-notices/{id}",
    operation_id="get_guidance_notice",
    response_model=GuidanceNoticeOut,
    responses=problems(NotFound),
)
async def get_guidance_notice(id: UUID, _: Keeper, reader: Read) -> Response:
    """One guidance with the children whose families have not confirmed."""
    (body,) = await reader.one(NOTICE, "guidance", id=id)
    return Response(body, media_type="application/json")


@router.post(
    "/guidance-notices",
    operation_id="send_guidance",
    status_code=status.HTTP_201_CREATED,
    response_model=GuidanceNoticeOut,
    responses=problems(NotFound, ChildrenAreNotScored),
)
async def send_guidance(new: GuidanceNoticeNew, caller: Keeper, session: Write) -> Response:
    """Record guidance sent to the families of these children."""
    body = await written(session, NOTICE, id=await actions.send_guidance(session, caller, new))
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")


@router.put(
    "/guidance-notices/{id}/confirmations/{child}",
    operation_id="confirm_guidance",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(NotFound),
)
async def confirm_guidance(id: UUID, child: UUID, _: Keeper, session: Write) -> None:
    """Record that the family of a child confirmed the guidance."""
    await actions.confirm_guidance(session, id, child)
