"""Agreeing on a partnership, what the partners do, whom they exchange, its reviews and its end."""

from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.frameworks.actions import refuse_scores
from services.quality.kindergartens.actions import kindergarten_of
from services.quality.parameters.published import PARAMETERS
from services.quality.parameters.rules import number
from services.quality.partnerships.models import Partnership, PartnershipActivity, StaffExchange
from services.quality.partnerships.rules import MACHINE
from services.quality.partnerships.schemas import PartnershipActivityNew, PartnershipNew, StaffExchangeNew
from services.quality.steps.actions import happened, holding, record
from shared.auth import Actor
from shared.days import today
from shared.errors import DomainError, InvalidInput, NotFound
from shared.events import announce
from shared.ids import new_id

CONCEPT = "partnership"


class PartnerIsMissing(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "区内幼儿园须选定帮扶幼儿园;其他帮扶方须写明名称。"
    en = "A kindergarten of the district is chosen, any other partner is named: one of the two."


class OutsideThePartnership(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "日期不在结对期间。"
    en = "It lies outside the time of the partnership."


class OutcomeIsReported(DomainError):
    zh = "该交流成效已报告。"
    en = "The outcome of the exchange has been reported."


async def agree(session: AsyncSession, new: PartnershipNew) -> UUID:
    """Raises NotFound, PartnerIsMissing, partner_is_another, partnership_stands_already and more."""
    inside = new.partner_kind == "kindergarten"
    if inside != (new.partner is not None) or inside == bool(new.partner_name):
        raise PartnerIsMissing(pointer="/partner")
    refuse_scores({"/goals": new.goals})
    place = await kindergarten_of(session, new.kindergarten)
    made = Partnership(id=new_id(), division=place.division, state="agreed", **new.model_dump())
    if new.partner is not None:
        made.partner_name = (await kindergarten_of(session, new.partner, "/partner")).name
    made.review_due_on = new.since + timedelta(number(PARAMETERS, "support_review_days", new.since))
    session.add(made)
    await session.flush()
    await announce(
        session,
        "quality.partnership.agreed",
        f"partnerships/{made.id}",
        division=made.division,
        kindergarten=made.kindergarten,
        data={"kind": made.kind, "partner": made.partner, "since": made.since, "until": made.until},
    )
    return made.id


_held = holding(Partnership, MACHINE, "partnership")


async def review(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    """Say how it goes; the next review is due after the district's days."""
    found = await _held(session, actor, id, "review")
    found.reviewed_on = today()
    found.review_due_on = today() + timedelta(number(PARAMETERS, "support_review_days", today()))
    await record(session, actor, CONCEPT, found, "review", MACHINE["review"], note=note)


async def end(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    """End it today, with the reason."""
    found = await _held(session, actor, id, "end")
    found.state, found.ended_on = "ended", today()
    await record(session, actor, CONCEPT, found, "end", MACHINE["end"], note=note)


async def _of(session: AsyncSession, id: UUID) -> Partnership:
    found = await session.scalar(select(Partnership).where(Partnership.id == id))
    if found is None:
        raise NotFound(what="partnership", pointer="/partnership")
    return found


async def record_activity(session: AsyncSession, actor: Actor, new: PartnershipActivityNew) -> UUID:
    """Raises NotFound, OutsideThePartnership, ChildrenAreNotScored."""
    happened(new.on, "/on")
    refuse_scores({"/topic": new.topic, "/summary": new.summary})
    found = await _of(session, new.partnership)
    if not found.since <= new.on < min(found.until, found.ended_on or found.until):
        raise OutsideThePartnership(pointer="/on")
    made = PartnershipActivity(id=new_id(), kindergarten=found.kindergarten, division=found.division)
    for name, value in new.model_dump().items():
        setattr(made, name, value)
    made.partner, made.recorded_by = found.partner, actor.id
    session.add(made)
    await session.flush()
    await announce(
        session,
        "quality.partnership_activity.recorded",
        f"partnership-activities/{made.id}",
        division=made.division,
        kindergarten=made.kindergarten,
        data={"on": made.on, "form": made.form},
    )
    return made.id


async def exchange(session: AsyncSession, new: StaffExchangeNew) -> UUID:
    """Raises NotFound, OutsideThePartnership, person_is_exchanged_once, exchange_ends_after_it_begins."""
    found = await _of(session, new.partnership)
    last = min(found.until, found.ended_on or found.until)
    if new.since < found.since or new.until > last:
        raise OutsideThePartnership(pointer="/since" if new.since < found.since else "/until")
    made = StaffExchange(id=new_id(), kindergarten=found.kindergarten, division=found.division, partner=found.partner)
    for name, value in new.model_dump().items():
        setattr(made, name, value)
    session.add(made)
    await session.flush()
    await announce(
        session,
        "quality.staff_exchange.agreed",
        f"staff-exchanges/{made.id}",
        division=made.division,
        kindergarten=made.kindergarten,
        data={"kind": made.kind, "direction": made.direction, "since": made.since, "until": made.until},
    )
    return made.id


async def report_exchange(session: AsyncSession, id: UUID, outcome: str) -> None:
    """Say what came of it, once it has begun. Raises NotFound, OutcomeIsReported."""
    found = await session.scalar(select(StaffExchange).where(StaffExchange.id == id).with_for_update())
    if found is None:
        raise NotFound(what="exchange")
    if found.outcome is not None:
        raise OutcomeIsReported
    if today() < found.since:
        raise InvalidInput(reason_zh="交流尚未开始。", reason_en="the exchange has not begun.")
    found.outcome, found.reported_on = outcome, today()
    await session.flush()
