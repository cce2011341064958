from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from pydantic_core import to_jsonable_python
from sqlalchemy import Date, bindparam, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.founders.models import Founder
from services.registry.founders.rules import PUBLIC_ASSETS
from services.registry.kindergartens.announcements import (
    announce_departure,
    announce_state,
    announce_status,
    announce_type,
)
from services.registry.kindergartens.checks import entry_faults
from services.registry.kindergartens.codes import Status
from services.registry.kindergartens.models import Kindergarten, KindergartenStatus, KindergartenType
from services.registry.kindergartens.rules import needing_an_act
from services.registry.kindergartens.schemas import First, KindergartenFields, KindergartenNew, KindergartenPatch
from services.registry.kindergartens.schemas import KindergartenPut as Put
from services.registry.kindergartens.takeovers import take_over
from services.registry.kindergartens.transitions import (
    Standing,
    founder_refusal,
    status_takeover_refusal,
    type_takeover_refusal,
)
from services.registry.periods import Period, timeline
from services.registry.refusals import RuleRefuses, refuse
from shared import etags
from shared.auth import Actor
from shared.contracts.registry import KINDERGARTEN_CHANGED, KINDERGARTEN_REGISTERED
from shared.days import today
from shared.errors import DomainError, Fault, NotFound
from shared.ids import new_id
from shared.pinyin import pinyin_key

FIELDS = (*KindergartenFields.model_fields, "school_code")
OF_THE_FOUNDER = {"founder_code", "for_profit"}


WITH_PUBLIC_ASSETS = select(
    select(Founder.id)
    .where(
        Founder.kindergarten == bindparam("id"),
        Founder.until > bindparam("on", type_=Date),
        Founder.assets.in_([each.value for each in PUBLIC_ASSETS]),
    )
    .exists()
)


class FirstEntryDiffers(DomainError):
    zh = "该幼儿园已登记,其首次登记的状态或办园性质与此不同。"
    en = "The kindergarten is registered already, with another first status or type."
    hint_zh = "变更办园性质和状态请用 /types 与 /statuses;重复提交时不必再附 first。"
    hint_en = "Change types and statuses under /types and /statuses; leave `first` out of repeats."


class LicenceActNeeded(DomainError):
    zh = "{fields}由办学许可证载明,须凭许可事项变更,不能直接修改。"
    en = "The licence says {fields}: only an act on the licence changes it."
    hint_zh = (
        "变更:POST /v1/licence-applications(kind=change);"
        "登记差错或补录原有许可证:POST /v1/licences/{{id}}/corrections。"
    )
    hint_en = (
        "To change it: POST /v1/licence-applications with kind=change. To set right what was recorded wrongly, or to"
        " enter a licence held before: POST /v1/licences/{{id}}/corrections."
    )


async def register(session: AsyncSession, actor: Actor, new: KindergartenNew) -> UUID:
    """Enter a kindergarten with its first status and type."""
    on, entry = today(), new.model_dump(exclude={"first"})
    refuse(await entry_faults(session, actor, entry, FIELDS, on))
    first, since = new.first, new.first.since or on
    made = new_id()
    begins(Standing(new.founder_code, new.for_profit, new.relation), first, since, on)
    if first.status is Status.OPERATING and entry["opened_on"] is None:
        entry["opened_on"] = since
    await session.execute(insert(Kindergarten).values(id=made, pinyin=pinyin_key(new.name), **entry))
    await _enter_first(session, await session.get_one(Kindergarten, made), first, since)
    return made


async def _enter_first(session: AsyncSession, entry: Kindergarten, first: First, since: date) -> None:
    """Store the first type and status and tell of the kindergarten, and of each from when on it holds."""
    said = {"status": first.status.value, "reason": first.reason}
    status = await take_over(session, KindergartenStatus, entry, said, since)
    said = {"type": first.type.value, "document": first.document} if first.type else {}
    type_ = await take_over(session, KindergartenType, entry, said, since) if said else None
    await announce_state(session, entry.id, KINDERGARTEN_REGISTERED)
    await announce_status(session, entry, status)
    if type_:
        await announce_type(session, entry, type_)


def begins(standing: Standing, first: First, since: date, on: date) -> None:
    """Refuse a first type or status that the rules do not allow."""
    if first.type:
        if refusal := type_takeover_refusal(standing, first.type, since, on):
            raise RuleRefuses(refusal, pointer="/first/type")
        standing = replace(standing, types=(Period(first.type, since),))
    if refusal := status_takeover_refusal(standing, first.status, since):
        raise RuleRefuses(refusal, pointer="/first/status")


async def locked(session: AsyncSession, id: UUID) -> Kindergarten:
    """The kindergarten, held until the transaction ends. Raises `NotFound`."""
    found = await session.get(Kindergarten, id, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFound(what="kindergarten")
    return found


async def standing_of(session: AsyncSession, entry: Kindergarten) -> Standing:
    """What decisions about the kindergarten depend on, read under its lock."""
    types = select(KindergartenType.type, KindergartenType.since, KindergartenType.until)
    statuses = select(KindergartenStatus.status, KindergartenStatus.since, KindergartenStatus.until)
    return Standing(
        founder_code=entry.founder_code,
        for_profit=entry.for_profit,
        public_assets=bool(await session.scalar(WITH_PUBLIC_ASSETS, {"id": entry.id, "on": today()})),
        relation=entry.relation,
        types=timeline(
            Period(*row) for row in await session.execute(types.where(KindergartenType.kindergarten == entry.id))
        ),
        statuses=timeline(
            Period(*row) for row in await session.execute(statuses.where(KindergartenStatus.kindergarten == entry.id))
        ),
    )


async def edit(session: AsyncSession, actor: Actor, id: UUID, patch: KindergartenPatch, asked: int) -> None:
    """Change the fields that were sent, if the caller has seen the present version."""
    entry = await locked(session, id)
    sent = patch.model_dump(exclude_unset=True)
    changes = {name: value for name, value in sent.items() if getattr(entry, name) != value}
    etags.check(asked, entry.version, to_jsonable_python({name: getattr(entry, name) for name in changes}))
    leave_the_licence(entry, changes)
    await change(session, actor, entry, changes)


def leave_the_licence(entry: Kindergarten, changes: Iterable[str], pointer: str = "") -> None:
    """Refuse changes that only an act on the licence makes. Raises LicenceActNeeded, naming each."""
    if found := needing_an_act(changes, licensed=entry.licence_number is not None):
        faults = [
            Fault(
                f"{pointer}/{name}",
                "licence-act-needed",
                "须凭许可事项变更。",
                "Only an act on the licence changes it.",
            )
            for name in found
        ]
        raise LicenceActNeeded(fields="、".join(found), faults=faults, extra={"fields": found})


async def change(session: AsyncSession, actor: Actor, entry: Kindergarten, changes: Mapping[str, Any]) -> None:
    """Store changed fields of a locked entry and tell of them; nothing happens when nothing changes."""
    if not changes:
        return
    on, left = today(), entry.division
    after = {name: getattr(entry, name) for name in FIELDS} | dict(changes)
    refuse(await entry_faults(session, actor, after, changes.keys(), on, entry.id))
    for name, value in changes.items():
        setattr(entry, name, value)
    if OF_THE_FOUNDER & changes.keys() and (refusal := founder_refusal(await standing_of(session, entry), on)):
        raise RuleRefuses(refusal, pointer=f"/{min(OF_THE_FOUNDER & changes.keys())}")
    if "name" in changes:
        entry.pinyin = pinyin_key(entry.name)
    await session.flush()
    if entry.division != left:
        await announce_departure(session, entry.id, left, entry.division)
    await announce_state(session, entry.id, KINDERGARTEN_CHANGED)


async def put_by_school_code(session: AsyncSession, actor: Actor, school_code: str, put: Put) -> tuple[UUID, bool]:
    """Bring the entry under that school code to this state; return its id and whether it is new."""
    # Two who bring the same code at once take turns, so that the second finds the first one's entry.
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(school_code, 0))))
    found = await session.scalar(select(Kindergarten.id).where(Kindergarten.school_code == school_code))
    if found is None:
        return await register(session, actor, _new(put, school_code)), True
    entry = await locked(session, found)
    sent = put.model_dump(exclude={"first"})
    if sent["opened_on"] is None:
        sent["opened_on"] = entry.opened_on  # it follows from the first day of operation
    if sent["synthetic"] != entry.synthetic:
        said = "演示数据的标记不可更改。", "The mark of demonstration data cannot be changed."
        refuse([Fault("/synthetic", "synthetic-is-fixed", *said)])
    if "first" in put.model_fields_set:
        await _agrees(session, entry, put.first)
    changes = {name: value for name, value in sent.items() if getattr(entry, name) != value}
    leave_the_licence(entry, changes)
    await change(session, actor, entry, changes)
    return found, False


def _new(put: Put, school_code: str) -> KindergartenNew:
    return KindergartenNew.model_construct(**dict(put), school_code=school_code)


async def _agrees(session: AsyncSession, entry: Kindergarten, first: First) -> None:
    """Raise `FirstEntryDiffers` when the record began otherwise."""
    standing = await standing_of(session, entry)
    kind, status = next(iter(standing.types), None), next(iter(standing.statuses), None)
    same_type = first.type is None or (kind is not None and kind.value == first.type)
    same_status = status is not None and status.value == first.status
    same_day = first.since is None or (status is not None and status.since == first.since)
    if not (same_type and same_status and same_day):
        raise FirstEntryDiffers(pointer="/first")
