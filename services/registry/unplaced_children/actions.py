"""Following up children of preschool age who are in no kindergarten."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.ages.rules import PRESCHOOL_AGES, school_age
from services.registry.children.models import Child
from services.registry.unplaced_children.models import FollowUp
from services.registry.unplaced_children.schemas import ChildFollowUpNew
from shared.auth import Actor
from shared.contracts.registry import CHILD_FOLLOWED_UP, FollowUpFact
from shared.days import today
from shared.errors import InvalidInput, NotFound
from shared.events import announce
from shared.ids import new_id


async def follow_up(session: AsyncSession, actor: Actor, child: UUID, new: ChildFollowUpNew) -> UUID:
    """Record what was found out. Raises NotFound, InvalidInput."""
    found = await session.get(Child, child)
    if found is None:
        raise NotFound(what="child")
    followed_on = new.followed_on or today()
    if followed_on > today():
        raise InvalidInput(reason_zh="不应晚于今天。", reason_en="it lies in the future.", pointer="/followed_on")
    if not PRESCHOOL_AGES[0] <= school_age(found.birth_date, new.school_year) <= PRESCHOOL_AGES[1]:
        raise InvalidInput(
            reason_zh="该幼儿在这一学年不是适龄幼儿。",
            reason_en="the child is not of preschool age in that school year.",
            pointer="/school_year",
        )
    made = FollowUp(
        id=new_id(),
        child=child,
        division=found.division,
        **new.model_dump() | {"followed_on": followed_on, "outcome": new.outcome.value},
        actor=actor.id,
    )
    session.add(made)
    await session.flush()
    fact = FollowUpFact(child=child, school_year=new.school_year, outcome=made.outcome, next_on=made.next_on)
    await announce(
        session,
        CHILD_FOLLOWED_UP,
        f"children/{child}",
        division=found.division,
        kindergarten=found.kindergarten,
        data=fact.model_dump(),
    )
    return made.id
