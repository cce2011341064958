"""Writing into the books of the site."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.kindergartens.models import Kindergarten
from services.safety.site_logs.codes import SiteLogKind
from services.safety.site_logs.models import SiteLog
from services.safety.site_logs.schemas import SiteLogExit, SiteLogNew
from services.safety.steps.actions import Place, known_files
from shared.auth import Actor
from shared.days import now
from shared.errors import DomainError, InvalidInput, NotFound
from shared.events import announce
from shared.ids import new_id

ENTERING = frozenset({SiteLogKind.GATE_PERSON.value, SiteLogKind.GATE_VEHICLE.value})


class CollectorNotAuthorised(DomainError):
    zh = "来接人不在接送授权名单内,不得交接幼儿。"
    en = "Who came is not authorised to collect the child: it must not be handed over."
    hint_zh = "请联系监护人;如监护人当场授权,先更新授权名单。"
    hint_en = "Call the guardian; where the guardian authorises on the spot, update the list first."


class NobodyToLeave(DomainError):
    zh = "该记录不是出入登记,或已登记离开。"
    en = "This entry is none of the gate, or the leaving is recorded already."


async def record(session: AsyncSession, actor: Actor, new: SiteLogNew) -> UUID:
    """Write an entry. Raises NotFound, InvalidInput, CollectorNotAuthorised, FileUnknown."""
    place = await session.get(Kindergarten, new.kindergarten)
    if place is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    if (at := new.at or now()) > now():
        raise InvalidInput(reason_zh="不能晚于现在。", reason_en="it cannot be in the future.", pointer="/at")
    if new.kind == SiteLogKind.HAND_OVER:
        if new.authorised is None:
            raise InvalidInput(
                reason_zh="接送交接须注明是否在授权名单内。",
                reason_en="a hand-over says whether who came is authorised.",
                pointer="/authorised",
            )
        if not new.authorised:
            raise CollectorNotAuthorised(pointer="/authorised")
    await known_files(session, Place.of(place), new.files)
    values = new.model_dump(exclude={"authorised", "at"}) | {"at": at, "division": place.division}
    made = SiteLog(**values, id=new_id(), recorded_by=actor.id)
    session.add(made)
    await session.flush()
    if new.exception:
        await announce(
            session,
            "safety.site_log.exception",
            f"site-logs/{made.id}",
            division=place.division,
            kindergarten=place.id,
            data={"kind": new.kind, "at": at},
        )
    return UUID(str(made.id))


async def leave(session: AsyncSession, id: UUID, asked: SiteLogExit) -> None:
    """Record that who came has left. Raises NotFound, NobodyToLeave, leaves_after_it_came."""
    found = await session.scalar(select(SiteLog).where(SiteLog.id == id).with_for_update())
    if found is None:
        raise NotFound(what="entry")
    if found.kind not in ENTERING or found.left_at is not None:
        raise NobodyToLeave
    if (at := asked.at or now()) > now():
        raise InvalidInput(reason_zh="不能晚于现在。", reason_en="it cannot be in the future.", pointer="/at")
    found.left_at = at
    await session.flush()
