"""Drafting the district's norm of daily life and putting it in force."""

from datetime import date
from http import HTTPStatus
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.daily_norms.models import DailyNorm
from services.quality.daily_norms.rules import AT_LEAST, AT_MOST, MACHINE, looser
from services.quality.daily_norms.schemas import DailyNormContent, DailyNormNew
from services.quality.frameworks.actions import refuse_scores
from services.quality.parameters.published import PARAMETERS
from services.quality.parameters.rules import number
from services.quality.steps.actions import holding, record
from shared.auth import Actor
from shared.days import today
from shared.errors import DomainError, Fault, NotFound
from shared.events import announce
from shared.ids import new_id

CONCEPT = "daily_norm"


class NormIsLooserThanTheRules(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "区级规范不得低于国家规定:{names}。"
    en = "The norm asks less than the national rules: {names}."
    hint_zh = "GET /v1/parameters 列出现行数值与依据。"
    hint_en = "GET /v1/parameters lists the numbers in force and their basis."


class NormAlreadyFollowed(DomainError):
    zh = "{since} 起已有版本 {edition} 施行。"
    en = "The edition {edition} is in force from {since} or later."


def _refuse(asked: DailyNormContent, on: date) -> None:
    refuse_scores({f"/{name}": getattr(asked, name) for name in ("title", "small", "middle", "large")})
    national = {name: number(PARAMETERS, name, on) for name in (*AT_LEAST, *AT_MOST)}
    if wrong := looser({name: getattr(asked, name) for name in national}, national):
        faults = [
            Fault(f"/{n}", NormIsLooserThanTheRules.code(), NormIsLooserThanTheRules.zh, NormIsLooserThanTheRules.en)
            for n in wrong
        ]
        raise NormIsLooserThanTheRules(names=", ".join(wrong), faults=faults)


async def draft_norm(session: AsyncSession, actor: Actor, new: DailyNormNew) -> UUID:
    """Raises NormIsLooserThanTheRules, norm_edition_exists."""
    _refuse(new, today())
    if not (division := min(actor.divisions, key=len, default="")):
        raise NotFound(what="division")
    made = DailyNorm(id=new_id(), division=division, state="draft", drafted_by=actor.id, **new.model_dump())
    session.add(made)
    await session.flush()
    await announce(
        session,
        "quality.daily_norm.drafted",
        f"daily-norms/{made.id}",
        division=division,
        data={"edition": made.edition, "state": made.state},
    )
    return made.id


_held = holding(DailyNorm, MACHINE, "norm")


async def revise_norm(session: AsyncSession, actor: Actor, id: UUID, asked: DailyNormContent) -> None:
    """Raises NotInThisState, NormIsLooserThanTheRules."""
    found = await _held(session, actor, id, "revise")
    _refuse(asked, today())
    for name, value in asked.model_dump().items():
        setattr(found, name, value)
    await record(session, actor, CONCEPT, found, "revise", MACHINE["revise"])


async def publish_norm(session: AsyncSession, actor: Actor, id: UUID, since: date) -> None:
    """In force from that day. Raises NotInThisState, AnotherPersonNeeded, NormAlreadyFollowed."""
    found = await _held(session, actor, id, "publish")
    query = select(DailyNorm).where(DailyNorm.division == found.division, DailyNorm.state == "published")
    for each in await session.scalars(query.with_for_update()):
        if each.since is not None and each.since >= since:
            raise NormAlreadyFollowed(since=each.since, edition=each.edition, pointer="/since")
        each.until = since if each.until is None else min(each.until, since)
    found.state, found.since = "published", since
    await record(session, actor, CONCEPT, found, "publish", MACHINE["publish"], data={"since": since})


async def drop_norm(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    """A draft that is not wanted any more."""
    found = await _held(session, actor, id, "drop")
    found.state = "dropped"
    await record(session, actor, CONCEPT, found, "drop", MACHINE["drop"], note=note)


async def norm_in_force(session: AsyncSession, division: str, on: date) -> DailyNorm | None:
    """The norm of the nearest division above; None where the district published none."""
    query = select(DailyNorm).where(
        DailyNorm.state == "published",
        func.starts_with(division, DailyNorm.division),
        DailyNorm.since <= on,
        or_(DailyNorm.until.is_(None), DailyNorm.until > on),
    )
    return await session.scalar(query.order_by(func.length(DailyNorm.division).desc()).limit(1))
