"""The verbs of a filing: load, decide, write, record, announce. What it changes is changed by acceptance only."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from pydantic_core import to_jsonable_python
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.filings import rules
from services.registry.filings.codes import FilingKind
from services.registry.filings.effects import effects, refusals
from services.registry.filings.models import Filing
from services.registry.filings.rules import MACHINE, NothingToFile, Subject
from services.registry.filings.schemas import (
    FilingAcceptance,
    FilingChanges,
    FilingNew,
    FilingPreview,
    FilingProposal,
)
from services.registry.kindergartens.actions import change, leave_the_licence, locked, standing_of
from services.registry.kindergartens.checks import entry_faults
from services.registry.kindergartens.models import Kindergarten
from services.registry.kindergartens.takeovers import PreviewIsStale
from services.registry.licences.actions import in_the_district
from services.registry.parameters.published import PARAMETERS
from services.registry.periods import on
from services.registry.posts.codes import PostRole
from services.registry.posts.models import Post
from services.registry.refusals import refuse
from services.registry.steps.actions import record
from services.registry.types.actions import HANDS, change_type
from services.registry.types.schemas import TypeChange, TypeChangeQuery
from shared.auth import Actor
from shared.contracts.registry import FILING_PROPOSED, FilingFact
from shared.days import today
from shared.db import Reader
from shared.errors import Fault, NotFound
from shared.events import announce
from shared.ids import new_id
from shared.machine import refusal

# Fields of the record that only a filing brings; the rules of an entry do not know them.
KINDS = {each.value: each for each in FilingKind}
FILED_ONLY = frozenset({"type", "email", "fee_document", "principal"})


async def record_now(session: AsyncSession, entry: Kindergarten) -> dict[str, Any]:
    """What the record says today of every field that can be filed, as JSON spells it."""
    kind = on((await standing_of(session, entry)).types, today())
    found = {name: getattr(entry, name) for name in FilingChanges.model_fields if name != "type"}
    return {**to_jsonable_python(found), "type": kind.value if kind else None}


async def differing(session: AsyncSession, entry: Kindergarten, changes: FilingChanges) -> tuple[dict[str, Any], ...]:
    """What the record says of the fields that would change, and what they would say."""
    now, sent = await record_now(session, entry), changes.model_dump(mode="json", exclude_unset=True)
    after = {name: value for name, value in sent.items() if now[name] != value}
    return {name: now[name] for name in after}, after


async def preview_filing(session: AsyncSession, reader: Reader, new: FilingPreview) -> dict[str, Any]:
    """What these changes would do and what stands against them; nothing is stored. Raises NotFound, InvalidInput."""
    entry = await session.get(Kindergarten, new.kindergarten)
    if entry is None:
        raise NotFound(what="kindergarten")
    base, after = await differing(session, entry, new.changes)
    await _sound(session, reader.actor, entry, new.changes, after)
    return await effects(reader, entry.id, base, after, today())


async def propose_filing(session: AsyncSession, actor: Actor, new: FilingNew) -> UUID:
    """Take a filing in. Raises NotFound, NothingToFile, LicenceActNeeded, RecognitionDecidesType and the rules' no."""
    entry, day = await locked(session, new.kindergarten), today()
    made = Filing(
        id=new_id(),
        kindergarten=entry.id,
        division=entry.division,
        kind=new.kind.value,
        state="proposed",
        proposed_on=day,
        synthetic=entry.synthetic,
        basis={},
        **await _proposed(session, actor, entry, new.kind, new),
    )
    made.late = rules.is_late(PARAMETERS, made.happened_on, day)
    session.add(made)
    await session.flush()
    fact = told(made)
    subject = f"filings/{made.id}"
    await announce(session, FILING_PROPOSED, subject, division=made.division, kindergarten=entry.id, data=fact)
    return made.id


async def _proposed(
    session: AsyncSession, actor: Actor, entry: Kindergarten, kind: FilingKind, new: FilingProposal
) -> dict[str, Any]:
    day = today()
    happened = new.happened_on or day
    if happened > day:
        refuse([Fault("/happened_on", "not-happened-yet", "变更尚未发生。", "It has not happened yet.")])
    if (kind is FilingKind.CONFIRMATION) == bool(new.changes.model_fields_set):
        said = "变更备案须填写变更内容,年度确认则不填。", "A change names what changes, and a confirmation nothing."
        refuse([Fault("/changes", "changes-of-a-change", *said)])
    base, after = await differing(session, entry, new.changes)
    if kind is FilingKind.CHANGE and not after:
        raise NothingToFile
    await _sound(session, actor, entry, new.changes, after)
    leave_the_licence(entry, after, "/changes")
    against = refusals(await _footing(session, entry), after, await standing_of(session, entry), day)
    for each in against:
        raise each
    return {
        "happened_on": happened,
        "statement": new.statement,
        "documents": list(new.documents),
        "base": base,
        "changes": after,
        "proposed_by": actor.id,
        "answer_due_on": rules.answer_due(PARAMETERS, day),
    }


async def _footing(session: AsyncSession, entry: Kindergarten) -> dict[str, Any]:
    return await record_now(session, entry) | {"licence_number": entry.licence_number}


async def _sound(
    session: AsyncSession, actor: Actor, entry: Kindergarten, changes: FilingChanges, after: Mapping[str, Any]
) -> None:
    """Refuse codes, divisions and posts nobody knows, each at its place."""
    values = {name: getattr(changes, name) for name in after}
    entered = {name: value for name, value in values.items() if name not in FILED_ONLY}
    whole = {each.key: getattr(entry, each.key) for each in Kindergarten.__table__.columns} | entered
    faults = await entry_faults(session, in_the_district(actor, entry), whole, entered.keys(), today(), entry.id)
    if "principal" in values:
        held = select(Post.id).where(
            Post.id == values["principal"],
            Post.kindergarten == entry.id,
            Post.role == PostRole.PRINCIPAL.value,
            Post.since <= today(),
            Post.until > today(),
        )
        if await session.scalar(held) is None:
            said = "该任职不是本园现任园长。", "It is no present principal's post of this kindergarten."
            faults.append(Fault("/principal", "principal-unknown", *said))
    refuse([replace(each, pointer=f"/changes{each.pointer}") for each in faults])


def told(case: Filing) -> dict[str, Any]:
    """The fact of a filing: which fields, never what they say."""
    names = ("id", "kindergarten", "kind", "state", "answer_due_on", "late", "synthetic")
    fact = FilingFact(fields=sorted(case.changes), **{name: getattr(case, name) for name in names})
    return fact.model_dump(mode="json")


async def held(session: AsyncSession, actor: Actor, id: UUID, verb: str) -> tuple[Filing, Kindergarten]:
    """The filing and its kindergarten, locked, when the verb may be done. Raises NotFound and what the rules refuse."""
    case = await session.scalar(select(Filing).where(Filing.id == id).with_for_update())
    if case is None:
        raise NotFound(what="filing")
    entry = await locked(session, case.kindergarten)
    moved = rules.moved(case.base, await record_now(session, entry))
    if refused := refusal(MACHINE, verb, Subject(case.state, case.proposed_by, moved), actor.id, today()):
        raise refused
    return case, entry


async def _note(session: AsyncSession, actor: Actor, case: Filing, verb: str, note: str) -> None:
    data = {"fields": sorted(case.changes)}
    await record(session, actor, "filing", case, MACHINE, verb, note=note, data=data, fact=told(case))


async def amend_filing(session: AsyncSession, actor: Actor, id: UUID, new: FilingProposal) -> None:
    """Hand the filing in again, on the record as it stands now; the time to answer runs anew."""
    case, entry = await held(session, actor, id, "amend")
    for name, value in (await _proposed(session, actor, entry, KINDS[case.kind], new)).items():
        setattr(case, name, value)
    case.state = "proposed"
    await _note(session, actor, case, "amend", new.statement)


async def withdraw_filing(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    """The kindergarten takes it back."""
    case, _ = await held(session, actor, id, "withdraw")
    case.state = "withdrawn"
    await _note(session, actor, case, "withdraw", note)


async def return_filing(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    """Send it back with the reasons."""
    case, _ = await held(session, actor, id, "return")
    case.state = "returned"
    await _note(session, actor, case, "return", note)


async def accept_filing(session: AsyncSession, reader: Reader, id: UUID, new: FilingAcceptance) -> None:
    """Let the record say what was filed. Raises FilingIsStale, PreviewIsStale and what the register refuses."""
    actor, day = reader.actor, today()
    case, entry = await held(session, actor, id, "accept")
    seen = await effects(reader, entry.id, case.base, case.changes, day)
    if new.token and new.token != seen["token"]:
        raise PreviewIsStale(extra={"now": to_jsonable_python(seen)})
    case.basis = to_jsonable_python(seen)
    await _write(session, reader, case, entry)
    case.state, case.answered_on, case.answered_by = "accepted", day, actor.id
    await _note(session, actor, case, "accept", new.note)


async def _write(session: AsyncSession, reader: Reader, case: Filing, entry: Kindergarten) -> None:
    changes = FilingChanges.model_validate(case.changes)
    values: dict[str, Any] = {name: getattr(changes, name) for name in case.changes}
    leave_the_licence(entry, values)
    for each in refusals(await _footing(session, entry), case.changes, await standing_of(session, entry), today()):
        raise each
    if "type" in values:
        hands = {name: values.pop(name) for name in HANDS if name in values}
        document = case.documents[0] if case.documents else f"信息备案{case.proposed_on}"
        new = TypeChange(type=values.pop("type"), since=today(), document=document, **hands)
        await change_type(session, reader, entry.id, new, TypeChangeQuery())
    await change(session, reader.actor, entry, values)
