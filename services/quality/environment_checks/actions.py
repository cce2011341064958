"""Checking space and materials by the points of the guide's area 环境创设."""

from collections import Counter
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from services.quality.environment_checks.models import EnvironmentCheck
from services.quality.environment_checks.schemas import EnvironmentCheckNew
from services.quality.frameworks.actions import framework_in_force, refuse_scores
from services.quality.frameworks.models import FrameworkItem
from services.quality.kindergartens.actions import kindergarten_of
from services.quality.primary_style_checks.actions import FindingNeedsEvidence, ListIsAnsweredWhole
from services.quality.steps.actions import happened
from shared.auth import Actor
from shared.events import announce
from shared.ids import new_id

GUIDE, AREA = "guide", "A4"


async def record_check(session: AsyncSession, actor: Actor, new: EnvironmentCheckNew) -> UUID:
    """Raises NotFound, ListIsAnsweredWhole, FindingNeedsEvidence, ChildrenAreNotScored."""
    happened(new.on, "/on")
    refuse_scores({f"/answers/{n}/note": each.note for n, each in enumerate(new.answers)})
    place = await kindergarten_of(session, new.kindergarten)
    framework = await framework_in_force(session, GUIDE, new.on)
    above = aliased(FrameworkItem)
    query = (
        select(FrameworkItem.code)
        .join(above, (above.framework == FrameworkItem.framework) & (above.code == FrameworkItem.parent))
        .where(FrameworkItem.framework == framework.id, FrameworkItem.level == "point", above.parent == AREA)
    )
    asked, given = set(await session.scalars(query)), Counter(each.item for each in new.answers)
    if wrong := sorted(asked ^ given.keys()) or sorted(item for item, count in given.items() if count > 1):
        raise ListIsAnsweredWhole(items=", ".join(wrong), pointer="/answers")
    unmet = [each for each in new.answers if each.finding == "unmet"]
    for n, each in enumerate(new.answers):
        if each in unmet and not each.note:
            raise FindingNeedsEvidence(pointer=f"/answers/{n}/note")
    made = EnvironmentCheck(
        id=new_id(),
        kindergarten=place.id,
        division=place.division,
        edition=framework.edition,
        on=new.on,
        answers=[each.model_dump(mode="json") for each in new.answers],
        unmet=[each.item for each in unmet],
        checked_by=actor.id,
    )
    session.add(made)
    await session.flush()
    await announce(
        session,
        "quality.environment_check.recorded",
        f"environment-checks/{made.id}",
        division=made.division,
        kindergarten=made.kindergarten,
        data={"on": made.on, "unmet": made.unmet},
    )
    return made.id
