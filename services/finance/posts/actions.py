from collections.abc import Mapping
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.kindergartens.models import Kindergarten
from services.finance.posts.models import Post
from shared.contracts.registry import POST_BEGAN, POST_CORRECTED, POST_ENDED, PostFact
from shared.tables import FOREVER

KEPT = {"id", "person", "kindergarten", "role", "employment", "full_time", "since", "synthetic"}


async def copy_post(session: AsyncSession, event: Mapping[str, Any]) -> None:
    """Keep our copy at the state the event tells; a later state is never overwritten by an earlier one."""
    fact = PostFact.model_validate(event["data"])
    of = await session.get_one(Kindergarten, fact.kindergarten)
    state = fact.model_dump(include=KEPT) | {
        "division": of.division,
        "until": fact.until or FOREVER,
        "registry_version": fact.version,
    }
    change = insert(Post).values(state)
    await session.execute(
        change.on_conflict_do_update(
            index_elements=["id"],
            set_={name: change.excluded[name] for name in state if name != "id"},
            where=Post.__table__.c.registry_version <= change.excluded.registry_version,
        )
    )


HANDLERS = {POST_BEGAN: copy_post, POST_ENDED: copy_post, POST_CORRECTED: copy_post}
