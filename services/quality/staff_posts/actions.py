from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.kindergartens.models import Kindergarten
from services.quality.staff_posts.models import StaffPost
from shared.contracts.registry import POST_BEGAN, POST_CORRECTED, POST_ENDED, PostFact
from shared.tables import FOREVER


async def copy_post(session: AsyncSession, event: Mapping[str, Any]) -> None:
    """Keep our copy at the state the event tells; a later state is never overwritten by an earlier one."""
    fact = PostFact.model_validate(event["data"])
    division = await session.scalar(select(Kindergarten.division).where(Kindergarten.id == fact.kindergarten))
    told = fact.model_dump(include={"id", "kindergarten", "role", "since", "synthetic"})
    told |= {"staff": fact.person, "until": fact.until or FOREVER, "registry_version": fact.version}
    change = insert(StaffPost).values(told | {"division": division or event["division"]})
    await session.execute(
        change.on_conflict_do_update(
            index_elements=["id"],
            set_={name: change.excluded[name] for name in (*told, "division") if name != "id"},
            where=StaffPost.registry_version <= change.excluded.registry_version,
        )
    )


HANDLERS = {POST_BEGAN: copy_post, POST_ENDED: copy_post, POST_CORRECTED: copy_post}
