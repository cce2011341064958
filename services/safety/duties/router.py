import json
from datetime import date, datetime, time, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.safety.answers import JSON
from services.safety.duties import actions, queries, rules
from services.safety.duties.actions import CheckedInAlready, NotOnDutyToday
from services.safety.duties.codes import ContactKind
from services.safety.duties.schemas import (
    ContactPlanOut,
    ContactPlanPut,
    DutyCheckIn,
    DutyGapOut,
    DutyGapQuery,
    DutyOut,
    DutyPostNew,
    DutyPostOut,
    DutyPostPage,
    DutyPostQuery,
    RosterIn,
)
from services.safety.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.days import now
from shared.db import Read, Write
from shared.documents import written
from shared.errors import InvalidInput, NotFound, problems
from shared.idempotency import Route

router = APIRouter(prefix="/duty-posts", tags=["duties"], route_class=Route)
more = APIRouter(tags=["duties"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_DUTIES])]
Planner = Annotated[Actor, Security(authorize, scopes=[May.PLAN_DUTIES])]
OnDuty = Annotated[Actor, Security(authorize, scopes=[May.CHECK_IN])]
LONGEST = timedelta(62)


@router.get("", operation_id="list_duty_posts", response_model=DutyPostPage, responses=exports.responses(DutyPostPage))
async def list_posts(query: Annotated[DutyPostQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """List posts in the caller's scope."""
    return await exports.answer(request, reader, queries.POSTS, query)


@router.post(
    "",
    operation_id="make_duty_post",
    status_code=status.HTTP_201_CREATED,
    response_model=DutyPostOut,
    responses=problems(NotFound, constraints=("post_ends_after_it_begins",)),
)
async def make_post(new: DutyPostNew, caller: Planner, session: Write) -> Response:
    """Set up a post 设岗: peak-hour duty, gate duty or patrol."""
    made = await actions.make_post(session, caller, new)
    return Response(await written(session, queries.POST, id=made), status.HTTP_201_CREATED, media_type=JSON)


@router.get("/{id}/roster", operation_id="list_duties", response_model=list[DutyOut])
async def list_duties(id: UUID, _: Reader, reader: Read) -> Response:
    """Who is rostered on a post."""
    (body,) = await reader.one(queries.DUTIES, "roster", post=id, since=None)
    return Response(body, media_type=JSON)


@router.post(
    "/{id}/roster",
    operation_id="roster_duty_post",
    status_code=status.HTTP_201_CREATED,
    response_model=list[DutyOut],
    responses=problems(NotFound, constraints=("rostered_already",)),
)
async def roster_post(id: UUID, sent: RosterIn, caller: Planner, session: Write) -> Response:
    """Put people on a post 排班."""
    await actions.roster_post(session, caller, id, sent)
    body = await written(session, queries.DUTIES, post=id, since=None)
    return Response(body, status.HTTP_201_CREATED, media_type=JSON)


@more.post(
    "/duties/{id}/check-ins",
    operation_id="check_in_duty",
    status_code=status.HTTP_201_CREATED,
    responses=problems(NotFound, NotOnDutyToday, CheckedInAlready),
)
async def check_in(id: UUID, sent: DutyCheckIn, caller: OnDuty, session: Write) -> DutyOut:
    """Be there 签到, on the day of the duty."""
    return DutyOut.model_validate(await actions.check_in(session, caller, id, sent))


@more.get("/duty-gaps", operation_id="list_duty_gaps")
async def list_gaps(query: Annotated[DutyGapQuery, Query()], _: Reader, reader: Read) -> list[DutyGapOut]:
    """Posts without anybody on a working day, before it comes; and nobody, or late, on days that were."""
    if not timedelta(0) <= query.until - query.since <= LONGEST:
        raise InvalidInput(reason_zh="最多 62 天。", reason_en="at most 62 days.", pointer="until")
    (body,) = await reader.one(queries.ROSTERS, "roster", since=query.since, until=query.until, division=query.division)
    rows = {row["id"]: row for row in json.loads(body)}
    posts: list[rules.Post] = []
    rostered: dict[tuple[str, date], list[datetime | None]] = {}
    for row in rows.values():
        until = date.fromisoformat(row["until"]) if row["until"] else None
        begins, since = time.fromisoformat(row["begins"]), date.fromisoformat(row["since"])
        posts.append(rules.Post(row["id"], begins, since, until))
        for each in row["roster"]:
            came = datetime.fromisoformat(each["checked_in_at"]) if each["checked_in_at"] else None
            rostered.setdefault((row["id"], date.fromisoformat(each["day"])), []).append(came)
    return [
        DutyGapOut(
            post=each.post,
            kindergarten=rows[each.post]["kindergarten"],
            kind=rows[each.post]["kind"],
            place=rows[each.post]["place"],
            day=each.day,
            gap=each.kind,
        )
        for each in rules.gaps(posts, rostered, query.since, query.until, now())
    ]


@more.get("/contact-plans/{kindergarten}", operation_id="get_contact_plan", responses=problems(NotFound))
async def get_contacts(kindergarten: UUID, _: Reader, reader: Read) -> ContactPlanOut:
    """Whom a kindergarten calls 联防联控."""
    (body,) = await reader.one(queries.CONTACTS, "contact plan", kindergarten=kindergarten)
    return _contacts(body)


@more.put("/contact-plans/{kindergarten}", operation_id="put_contact_plan", responses=problems(NotFound))
async def put_contacts(kindergarten: UUID, sent: ContactPlanPut, _: Planner, session: Write) -> ContactPlanOut:
    """Agree on whom a kindergarten calls."""
    await actions.put_contact_plan(session, kindergarten, sent)
    return _contacts(await written(session, queries.CONTACTS, kindergarten=kindergarten))


def _contacts(body: str) -> ContactPlanOut:
    row = json.loads(body)
    held = {each["kind"] for each in row["contacts"]}
    return ContactPlanOut(**row, missing=[each for each in ContactKind if each.value not in held])
