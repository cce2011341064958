"""Visits, and the issues they leave behind until they are put right."""

from datetime import date
from http import HTTPStatus
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.responsible_inspectors.models import InspectorAssignment
from services.quality.steps.actions import holding, record
from services.quality.supervision_visits.models import SupervisionIssue, SupervisionVisit
from services.quality.supervision_visits.rules import MACHINE
from services.quality.supervision_visits.schemas import SupervisionVisitNew
from shared.auth import Actor
from shared.days import today
from shared.errors import DomainError, InvalidInput, NotFound
from shared.events import announce
from shared.ids import new_id


class NotTheResponsibleInspector(DomainError):
    status = HTTPStatus.FORBIDDEN
    zh = "只有该园责任督学登记到园督导。"
    en = "Only the responsible inspector of the kindergarten records visits."


class DangerIsHandledAtOnce(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "发现危险须写明现场处置并上报。"
    en = "Danger is handled on the spot and reported."


async def record_visit(session: AsyncSession, actor: Actor, new: SupervisionVisitNew) -> UUID:
    """Record a visit with its issues. Raises NotFound, NotTheResponsibleInspector, DangerIsHandledAtOnce."""
    if new.on > today():
        raise InvalidInput(reason_zh="不能晚于今天。", reason_en="it cannot be after today.", pointer="/on")
    if new.danger and not (new.danger_measures and new.reported_upward):
        raise DangerIsHandledAtOnce(pointer="/danger_measures")
    assignment = await _responsible(session, new.kindergarten, new.on)
    if assignment is None:
        raise NotFound(what="responsible inspector", pointer="/kindergarten")
    if assignment.account != actor.id:
        raise NotTheResponsibleInspector
    for place, each in enumerate(new.issues):
        if each.due_on < new.on:
            raise InvalidInput(
                reason_zh="早于到园日期。", reason_en="it lies before the visit.", pointer=f"/issues/{place}/due_on"
            )
    division = assignment.division
    made = SupervisionVisit(id=new_id(), division=division, inspector=actor.id, **new.model_dump(exclude={"issues"}))
    session.add(made)
    await session.flush()
    place_of = {"visit": made.id, "kindergarten": new.kindergarten, "division": division, "state": "open"}
    session.add_all(SupervisionIssue(id=new_id(), **place_of, **each.model_dump()) for each in new.issues)
    await announce(
        session,
        "quality.supervision_visit.recorded",
        f"supervision-visits/{made.id}",
        division=division,
        kindergarten=new.kindergarten,
        data={"on": new.on, "issues": len(new.issues), "danger": new.danger},
    )
    return made.id


async def _responsible(session: AsyncSession, kindergarten: UUID, on: date) -> InspectorAssignment | None:
    query = select(InspectorAssignment).where(
        InspectorAssignment.kindergarten == kindergarten,
        InspectorAssignment.since <= on,
        or_(InspectorAssignment.until.is_(None), InspectorAssignment.until > on),
    )
    return await session.scalar(query.order_by(InspectorAssignment.since.desc()))


_held = holding(SupervisionIssue, MACHINE, "supervision issue")


async def move_issue(session: AsyncSession, actor: Actor, id: UUID, verb: str, note: str) -> None:
    """Answer, close or reopen an issue. Raises NotFound, NotInThisState."""
    issue = await _held(session, actor, id, verb)
    if verb == "answer":
        issue.state, issue.answer, issue.answered_on = "answered", note, today()
    else:
        issue.state, issue.rechecked_on = ("closed" if verb == "close" else "open"), today()
    await record(session, actor, "supervision_issue", issue, verb, MACHINE[verb], note=note)
