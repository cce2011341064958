from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.indicators.actions import effect_of_type_change
from services.registry.kindergartens.actions import leave_the_licence, locked, standing_of
from services.registry.kindergartens.announcements import announce_state, announce_type, touch
from services.registry.kindergartens.checks import entry_faults
from services.registry.kindergartens.models import Kindergarten, KindergartenType
from services.registry.kindergartens.takeovers import PreviewIsStale, correct, recorded, take_over, token
from services.registry.kindergartens.transitions import corrected_types_refusal, type_takeover_refusal
from services.registry.periods import Timeline, taking_over
from services.registry.refusals import RuleRefuses, refuse
from services.registry.types.queries import CHILDREN
from services.registry.types.schemas import (
    TypeChange,
    TypeChangeOutcome,
    TypeChangeQuery,
    TypeCorrection,
    TypeSpan,
)
from shared import etags
from shared.auth import Actor
from shared.days import today
from shared.db import Reader
from shared.errors import Fault
from shared.tables import FOREVER

HANDS = ("founder", "founder_code", "for_profit")


async def change_type(
    session: AsyncSession,
    reader: Reader,
    id: UUID,
    new: TypeChange,
    how: TypeChangeQuery,
    *,
    by_licence: bool = False,
) -> TypeChangeOutcome:
    """Let a type take over on a day, or tell what that would do. Raises LicenceActNeeded, and what the rules refuse.

    The founder of a licensed kindergarten changes only `by_licence`.
    """
    entry, on = await locked(session, id), today()
    day = max(new.since, on)
    await _hands(session, reader.actor, entry, new)
    if not by_licence:
        sent = (name for name in HANDS if name in new.model_fields_set and getattr(new, name) != getattr(entry, name))
        leave_the_licence(entry, sent)
    standing = await standing_of(session, entry)
    if refusal := type_takeover_refusal(standing.under(new.founder_code, new.for_profit), new.type, new.since, on):
        raise RuleRefuses(refusal, pointer="/type")
    outcome = TypeChangeOutcome(
        kindergarten=id,
        committed=not how.preview,
        before=spans(standing.types),
        after=spans(taking_over(standing.types, new.type.value, new.since)),
        children=await session.scalar(CHILDREN, {"id": id, "day": day}) or 0,
        targets=(await effect_of_type_change(reader, id, new.type, day)).targets if how.preview else None,
        token=token(id, entry.version, new),
    )
    if how.token and how.token != outcome.token:
        raise PreviewIsStale(extra={"now": outcome.model_dump(mode="json")})
    if not how.preview:
        await _store(session, entry, new)
    return outcome


async def _hands(session: AsyncSession, actor: Actor, entry: Kindergarten, new: TypeChange) -> None:
    """A new founder comes with the change or before it, never with one that lies ahead: the founder has no dates."""
    sent = {name for name in HANDS if name in new.model_fields_set}
    if sent and new.since > today():
        said = "举办者变更须在生效当日办理。", "A change of hands is recorded on its day, not ahead of it."
        refuse([Fault(f"/{min(sent)}", "founder-changes-on-the-day", *said)])
    after = {"founder_code": new.founder_code or entry.founder_code}
    refuse(await entry_faults(session, actor, after, sent & {"founder_code"}, today(), entry.id))


async def _store(session: AsyncSession, entry: Kindergarten, new: TypeChange) -> None:
    for name in HANDS:
        if name in new.model_fields_set:
            setattr(entry, name, getattr(new, name))
    values = {"type": new.type.value, "document": new.document}
    period = await take_over(session, KindergartenType, entry, values, new.since)
    await _told(session, entry, period)


async def correct_type(session: AsyncSession, id: UUID, period: UUID, change: TypeCorrection, asked: int) -> None:
    """Set a period right, as if it had been recorded so in the first place."""
    entry = await locked(session, id)
    found = await recorded(session, KindergartenType, id, period)
    sent: dict[str, Any] = change.model_dump(exclude_unset=True, mode="json")
    differing = {name: str(getattr(found, name)) for name in sent if str(getattr(found, name)) != sent[name]}
    etags.check(asked, found.version, differing)
    if not differing:
        return
    values: dict[str, Any] = {name: value for name, value in sent.items() if name != "since"}
    await correct(session, KindergartenType, found, values, change.since or found.since)
    if refusal := corrected_types_refusal(await standing_of(session, entry), today()):
        raise RuleRefuses(refusal, pointer="/type")
    await _told(session, entry, found)


async def _told(session: AsyncSession, entry: Kindergarten, period: Any) -> None:
    await touch(session, entry.id, entry.version)
    await announce_type(session, entry, period)
    await announce_state(session, entry.id)


def spans(types: Timeline) -> list[TypeSpan]:
    return [TypeSpan.model_validate(each) for each in _plain(types)]


def _plain(types: Timeline) -> Iterable[dict[str, Any]]:
    for each in types:
        yield {"type": each.value, "since": each.since, "until": None if each.until == FOREVER else each.until}
