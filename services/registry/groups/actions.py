from typing import Any
from uuid import UUID

from pydantic_core import to_jsonable_python
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.divisions.models import Division
from services.registry.groups.schemas import GroupNew, GroupPatch
from services.registry.kindergartens.models import Group
from services.registry.refusals import refuse
from shared import etags
from shared.auth import Actor
from shared.errors import Fault, NotFound
from shared.events import announce
from shared.ids import new_id

FORMED, CHANGED = "registry.group.formed", "registry.group.changed"
TOLD = ("id", "name", "division", "founded_on", "synthetic", "version")


async def form_group(session: AsyncSession, actor: Actor, new: GroupNew) -> UUID:
    """Enter a group in the caller's scope."""
    await _place(session, actor, new.division)
    made = Group(id=new_id(), version=1, **new.model_dump())
    session.add(made)
    await session.flush()
    await _told(session, FORMED, made)
    return made.id


async def change_group(session: AsyncSession, actor: Actor, id: UUID, patch: GroupPatch, asked: int) -> None:
    """Change a group that is led from the caller's scope."""
    found = await session.get(Group, id, with_for_update=True)
    if found is None or not found.division.startswith(actor.divisions):
        raise NotFound(what="group")
    sent: dict[str, Any] = patch.model_dump(exclude_unset=True)
    changes = {name: value for name, value in sent.items() if getattr(found, name) != value}
    etags.check(asked, found.version, to_jsonable_python({name: getattr(found, name) for name in changes}))
    if "division" in changes:
        await _place(session, actor, changes["division"])
    if changes:
        for name, value in changes.items():
            setattr(found, name, value)
        await session.flush()
        await session.refresh(found)
        await _told(session, CHANGED, found)


async def _place(session: AsyncSession, actor: Actor, division: str) -> None:
    """Groups are public, so the scope of their writers is kept here and not by the table."""
    if not division.startswith(actor.divisions) or await session.get(Division, division) is None:
        said = "没有这个区划,或不在您的管理范围内。", "There is no such division in your scope."
        refuse([Fault("/division", "division-unknown", *said)])


async def _told(session: AsyncSession, kind: str, group: Group) -> None:
    data = {name: getattr(group, name) for name in TOLD}
    await announce(session, kind, f"groups/{group.id}", division=group.division, data=data)
