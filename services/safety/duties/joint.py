"""Joint prevention (联防联控) of every kindergarten: contact plan, drill, check and posts together."""

import json
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Security
from sqlalchemy import Date, bindparam, func, literal_column, or_, select

from services.safety.duties.codes import ContactKind
from services.safety.duties.models import ContactPlan, DutyPost
from services.safety.inspections.models import Inspection
from services.safety.kindergartens.models import Kindergarten
from services.safety.parameters.published import PARAMETERS
from services.safety.parameters.rules import number
from services.safety.permissions import May
from services.safety.routines.models import Drill
from services.safety.timers.rules import months_after
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read
from shared.documents import among, many
from shared.idempotency import Route
from shared.schemas import Count, Day, In, Out, zh

router = APIRouter(prefix="/joint-prevention", tags=["duties"], route_class=Route)
Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_DUTIES])]


class JointQuery(In):
    division: Annotated[str, zh("区划", "This division and all below it.", pattern=r"^\d{6,12}$")] = "110116"
    complete: Annotated[bool | None, zh("齐备")] = None
    as_of: Annotated[Day | None, zh("截至日期", "Left out: today.")] = None


class JointPrevention(Out):
    """What police, town and kindergarten have agreed on and practised."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    name: Annotated[str, zh("名称")]
    division: Annotated[str, zh("区划")]
    agreed_on: Annotated[date | None, zh("联系方案会商日期")]
    missing: Annotated[list[ContactKind], zh("缺少的联系单位")]
    last_joint_drill_on: Annotated[date | None, zh("最近联合演练日期")]
    last_joint_check_on: Annotated[date | None, zh("最近联合检查日期")]
    patrol_posts: Annotated[Count, zh("重点巡防点位")]
    peak_posts: Annotated[Count, zh("高峰勤务岗位")]
    faults: Annotated[list[str], zh("差距")]


_place, _plan = Kindergarten.__table__.alias("k"), ContactPlan.__table__.alias("c")
_drill, _visit, _post = Drill.__table__.c, Inspection.__table__.c, DutyPost.__table__.c
_on = bindparam("as_of", type_=Date)
_standing = (_post.since <= _on) & or_(_post.until.is_(None), _post.until > _on)


def _posts(kind: str) -> Any:
    rows = select(func.count()).where(
        _post.kindergarten == _place.c.id, _post.kind == literal_column(f"'{kind}'"), _standing
    )
    return rows.correlate(_place).scalar_subquery()


_drilled = select(func.max(_drill.held_on)).where(
    _drill.kindergarten == _place.c.id, _drill.kind == literal_column("'joint'"), _drill.held_on <= _on
)
_checked = select(func.max(_visit.visited_on)).where(
    _visit.kindergarten == _place.c.id,
    _visit.kind == literal_column("'joint'"),
    among(_visit.state, ("recorded", "signed", "shared")),
    _visit.visited_on <= _on,
)
JOINT = many(
    select(
        _place.c.id.label("kindergarten"),
        _place.c.name,
        _place.c.division,
        _plan.c.agreed_on,
        _plan.c.contacts,
        _drilled.correlate(_place).scalar_subquery().label("last_joint_drill_on"),
        _checked.correlate(_place).scalar_subquery().label("last_joint_check_on"),
        _posts("patrol").label("patrol_posts"),
        _posts("peak").label("peak_posts"),
    )
    .select_from(_place.outerjoin(_plan, (_plan.c.kindergarten == _place.c.id) & (_plan.c.agreed_on <= _on)))
    .where(_place.c.status == "operating", _place.c.division.bool_op("^@")(bindparam("division")))
    .order_by(_place.c.pinyin)
)


def _judged(row: dict[str, Any], on: date) -> JointPrevention:
    contacts = row.pop("contacts") or []
    missing = [each for each in ContactKind if each.value not in {one["kind"] for one in contacts}]
    faults = []
    if not _within(row["agreed_on"], "contact_plan_months", on):
        faults.append("联系方案未会商或已过期")
    if missing and contacts:
        faults.append("联系单位不全")
    if not _within(row["last_joint_drill_on"], "joint_drill_months", on):
        faults.append("未按期联合演练")
    if not row["patrol_posts"]:
        faults.append("无重点巡防点位")
    if not row["peak_posts"]:
        faults.append("无高峰勤务岗位")
    known = row | {"missing": [each.value for each in missing], "faults": faults}
    return JointPrevention.model_validate_json(json.dumps(known))


def _within(day: str | None, parameter: str, on: date) -> bool:
    return day is not None and on <= months_after(date.fromisoformat(day), number(PARAMETERS, parameter, on))


@router.get("", operation_id="list_joint_prevention")
async def list_joint(query: Annotated[JointQuery, Query()], _: Reader, reader: Read) -> list[JointPrevention]:
    """Contact plan, joint drill and check, and posts of each kindergarten 联防联控, with what lacks."""
    on = query.as_of or today()
    (body,) = await reader.one(JOINT, "kindergartens", division=query.division, as_of=on)
    found = [_judged(row, on) for row in json.loads(body)]
    return [each for each in found if query.complete is None or (not each.faults) is query.complete]
