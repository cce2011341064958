"""自评: handed in once a year and framework; handed in again it replaces the former, whose state is kept."""

from collections import Counter
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.evaluations.refusals import ItemNotScored, ScoresLeftOut
from services.quality.evidence.models import Evidence
from services.quality.frameworks.actions import ChildrenAreNotScored, framework_in_force
from services.quality.frameworks.models import FrameworkItem
from services.quality.frameworks.rules import scores_children
from services.quality.kindergartens.models import Kindergarten
from services.quality.self_evaluations.models import SelfEvaluation
from services.quality.self_evaluations.schemas import SelfEvaluationPut
from shared.auth import Actor
from shared.days import today
from shared.errors import InvalidInput, NotFound
from shared.events import announce


async def put_self_evaluation(
    session: AsyncSession, actor: Actor, kindergarten: UUID, year: int, code: str, put: SelfEvaluationPut
) -> None:
    """Every item with words gets a level once. Raises NotFound, ScoresLeftOut, ChildrenAreNotScored."""
    if year > today().year:
        raise InvalidInput(reason_zh="年度尚未开始。", reason_en="the year has not begun.")
    place = await session.scalar(select(Kindergarten).where(Kindergarten.id == kindergarten))
    if place is None:
        raise NotFound(what="kindergarten")
    framework = await framework_in_force(session, code, today())
    await _complete(session, framework.id, put)
    await _own_evidence(session, kindergarten, put)
    key = {"kindergarten": kindergarten, "year": year, "framework_code": code}
    found = await session.get(SelfEvaluation, key, with_for_update=True)
    if found is None:
        found = SelfEvaluation(**key, division=place.division)
        session.add(found)
    found.framework_edition, found.report = framework.edition, put.report
    found.levels = [each.model_dump(mode="json") for each in put.levels]
    found.submitted_on, found.submitted_by = today(), actor.id
    await session.flush()
    await announce(
        session,
        "quality.self_evaluation.submitted",
        f"self-evaluations/{kindergarten}/{year}/{code}",
        division=place.division,
        kindergarten=kindergarten,
        data={"year": year, "framework": code},
    )


async def _complete(session: AsyncSession, framework: UUID, put: SelfEvaluationPut) -> None:
    texts = {"/report": put.report} | {f"/levels/{n}/note": each.note for n, each in enumerate(put.levels)}
    for pointer, text in texts.items():
        if scores_children(text):
            raise ChildrenAreNotScored(items=pointer, pointer=pointer)
    query = select(FrameworkItem.code).where(
        FrameworkItem.framework == framework, FrameworkItem.answer == "scale", FrameworkItem.text.is_not(None)
    )
    asked, given = set(await session.scalars(query)), Counter(each.item for each in put.levels)
    if unknown := sorted(given.keys() - asked):
        raise ItemNotScored(items=", ".join(unknown), pointer="/levels")
    if wrong := sorted(asked - given.keys()) or sorted(item for item, count in given.items() if count > 1):
        raise ScoresLeftOut(items=", ".join(wrong), pointer="/levels")


async def _own_evidence(session: AsyncSession, kindergarten: UUID, put: SelfEvaluationPut) -> None:
    named = {each for level in put.levels for each in level.evidence}
    own = set(
        await session.scalars(select(Evidence.id).where(Evidence.id.in_(named), Evidence.kindergarten == kindergarten))
    )
    if named - own:
        raise NotFound(what="evidence", pointer="/levels")
