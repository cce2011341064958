"""Keeping the file of a supplier, and the timers of its licence."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.kindergartens.models import Kindergarten
from services.safety.parameters.published import PARAMETERS
from services.safety.steps.actions import Place, known_files
from services.safety.suppliers.codes import SupplierStanding
from services.safety.suppliers.models import Supplier
from services.safety.suppliers.rules import ladder, standing
from services.safety.suppliers.schemas import SupplierPut
from services.safety.timers.actions import arm
from shared.auth import Actor
from shared.days import today
from shared.errors import NotFound
from shared.events import announce
from shared.ids import new_id
from shared.pinyin import pinyin_key


async def put_supplier(session: AsyncSession, actor: Actor, kindergarten: UUID, code: str, sent: SupplierPut) -> None:
    """File a supplier under the kindergarten's own code. Raises NotFound, FileUnknown, supply_ends_after_it_begins."""
    place = await session.get(Kindergarten, kindergarten)
    if place is None:
        raise NotFound(what="kindergarten")
    case = Place.of(place)
    await known_files(session, case, sent.files)
    values = sent.model_dump(mode="python") | {
        "kinds": [each.value for each in sent.kinds],
        "division": place.division,
        "pinyin": pinyin_key(sent.name),
        "recorded_by": actor.id,
    }
    change = insert(Supplier).values(id=new_id(), kindergarten=kindergarten, code=code, **values)
    kept = change.on_conflict_do_update(index_elements=["kindergarten", "code"], set_=values)
    made = await session.scalar(kept.returning(Supplier.id))
    await arm(session, "supplier", case.named(made, "filed"), ladder(PARAMETERS, sent, today()))
    await announce(
        session,
        "safety.supplier.filed",
        f"suppliers/{kindergarten}/{code}",
        division=place.division,
        kindergarten=kindergarten,
        data={"licence_until": sent.licence_until, "until": sent.until},
    )


async def supplier_faults(session: AsyncSession, kindergarten: UUID, codes: Sequence[str], on: date) -> list[str]:
    """What is wrong with buying from these on that day."""
    query = select(Supplier).where(Supplier.kindergarten == kindergarten, Supplier.code.in_(codes))
    known = {each.code: each for each in await session.scalars(query)} if codes else {}
    faults = []
    for code in codes:
        if (found := known.get(code)) is None:
            faults.append(f"供应商 {code} 未建档")
            continue
        stands = standing(PARAMETERS, found.licence_until, found.since, found.until, on)
        if stands in (SupplierStanding.EXPIRED, SupplierStanding.ENDED):
            faults.append(f"供应商 {code} {stands.zh}")
    return faults
