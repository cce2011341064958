from datetime import date
from uuid import UUID

from sqlalchemy import Text, bindparam, cast, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.checklists.models import Checklist, ChecklistItem
from services.safety.checklists.schemas import ChecklistItemOut, ChecklistRow
from shared.documents import columns, listed, one
from shared.listing import Listing

_list, _item = Checklist.__table__.alias("l"), ChecklistItem.__table__.alias("i")
_row = _list.c

CHECKLISTS = Listing(
    "checklists",
    select(*columns(_list, ChecklistRow)),
    _row.id,
    {"code": _row.code, "created_at": _row.created_at},
    {
        "code": _row.code == bindparam("code"),
        "use": _row.use == bindparam("use"),
        "state": _row.state == bindparam("state"),
    },
)
_items = (
    select(*columns(_item, ChecklistItemOut, weight=cast(_item.c.weight, Text)))
    .where(_item.c.checklist == _row.id)
    .correlate(_list)
    .order_by(_item.c.position)
)
CHECKLIST = one(select(*columns(_list, ChecklistRow), listed(_items).label("items")).where(_row.id == bindparam("id")))


async def in_force(session: AsyncSession, code: str, on: date) -> Checklist | None:
    """The version of the checklist that holds on that day."""
    query = select(Checklist).where(
        Checklist.code == code,
        Checklist.state == "published",
        Checklist.since <= on,
        or_(Checklist.until.is_(None), Checklist.until > on),
    )
    return await session.scalar(query)


async def items_of(session: AsyncSession, checklist: UUID) -> list[ChecklistItem]:
    """The points of a checklist in their order."""
    query = select(ChecklistItem).where(ChecklistItem.checklist == checklist).order_by(ChecklistItem.position)
    return list(await session.scalars(query))
