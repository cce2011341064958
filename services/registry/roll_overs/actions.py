"""Ending a school year: previewed to the child, then done exactly so by a job, a kindergarten at a time."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.ages.rules import school_year_until
from services.registry.kindergartens.models import Kindergarten
from services.registry.roll_overs import tokens
from services.registry.roll_overs.plans import ClassPlan, digest, plan
from services.registry.roll_overs.refusals import RollOverDiffers, RollOverNeedsPreview
from services.registry.roll_overs.schemas import (
    RollOverClass,
    RollOverNew,
    RollOverNext,
    RollOverPlan,
    RollOverProblem,
    RollOverStarted,
)
from shared.auth import Actor
from shared.errors import NotFound
from shared.jobs import enqueue

KIND = "registry.roll_over"


async def preview(session: AsyncSession, new: RollOverNew) -> RollOverPlan:
    """What ending the school year would do, class by class, and the token that makes it come true."""
    plans = await _plans(session, new)
    return RollOverPlan(
        school_year=new.school_year,
        on=school_year_until(new.school_year),
        kindergartens=len({each.kindergarten for each in plans}),
        classes_formed=sum(each.forms for each in plans),
        **_totals(plans),
        classes=[_shown(each) for each in plans],
        token=tokens.write(plans),
    )


async def start(session: AsyncSession, actor: Actor, new: RollOverNew) -> RollOverStarted:
    """Enqueue what was previewed. Raises RollOverNeedsPreview, RollOverDiffers with what has changed since."""
    if new.token is None:
        raise RollOverNeedsPreview(pointer="/token")
    plans = await _plans(session, new)
    if changed := tokens.differences(tokens.read(new.token), plans):
        raise RollOverDiffers(classes=len(changed), extra={"differences": changed[:1000]})
    expected = {str(kindergarten): digest(found) for kindergarten, found in by_kindergarten(plans).items()}
    place = await _place(session, actor)
    job = await enqueue(session, actor, KIND, {"school_year": new.school_year, "expected": expected}, **place)
    return RollOverStarted(job=job, kindergartens=len(expected), **_totals(plans))


def by_kindergarten(plans: Sequence[ClassPlan]) -> dict[UUID, list[ClassPlan]]:
    found: dict[UUID, list[ClassPlan]] = defaultdict(list)
    for each in plans:
        found[each.kindergarten].append(each)
    return dict(found)


async def _plans(session: AsyncSession, new: RollOverNew) -> list[ClassPlan]:
    for number, each in enumerate(new.kindergartens or ()):
        if await session.get(Kindergarten, each) is None:
            raise NotFound(what="kindergarten", pointer=f"/kindergartens/{number}")
    return await plan(session, new.school_year, new.kindergartens)


async def _place(session: AsyncSession, actor: Actor) -> dict[str, Any]:
    """Where the job belongs: to the caller's first division, or to its kindergarten."""
    if actor.divisions:
        return {"division": actor.divisions[0]}
    own = await session.get_one(Kindergarten, actor.kindergartens[0])
    return {"division": own.division, "kindergarten": own.id}


def _totals(plans: Sequence[ClassPlan]) -> dict[str, int]:
    return {name: sum(getattr(each, name) for each in plans) for name in ("promoted", "graduated", "held")}


def _shown(each: ClassPlan) -> RollOverClass:
    going = each.destination
    following = going and RollOverNext(
        class_id=going.id,
        name=going.name,
        kind=going.kind,
        standard_size=going.standard_size,
        hard_limit=going.hard_limit,
        children_before=going.most,
        children_after=going.most + each.promoted,
    )
    return RollOverClass(
        class_id=each.id,
        name=each.name,
        kind=each.kind,
        kindergarten=each.kindergarten,
        kindergarten_name=each.kindergarten_name,
        promoted=each.promoted,
        graduated=each.graduated,
        held=each.held,
        next=following,
        problems=[
            RollOverProblem(
                code=problem.finding.code,
                zh=problem.finding.zh,
                en=problem.finding.en,
                severity="warning" if problem.finding.severity == "warning" else "error",
                child=problem.child,
                enrolment=problem.enrolment,
            )
            for problem in each.problems
        ],
    )
