"""Recording self-checks, in any order and as often as they are sent, and finding those that were missed.

Of two records of the same check the one made later holds, so that every order of uploads ends alike. A fault once
seen is a hazard, whatever a later record says: it is verified by somebody, not overwritten.
"""

import hashlib
from datetime import date, timedelta
from uuid import UUID

from pydantic_core import to_json, to_jsonable_python
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.checklists.actions import hazard_of, scored
from services.safety.checklists.models import Checklist, ChecklistItem
from services.safety.checklists.queries import in_force, items_of
from services.safety.checklists.rules import ended, is_due, period
from services.safety.hazards.actions import raise_once
from services.safety.hazards.models import Hazard
from services.safety.kindergartens.models import Kindergarten
from services.safety.parameters.published import PARAMETERS
from services.safety.parameters.rules import number
from services.safety.self_checks.models import SelfCheck
from services.safety.self_checks.schemas import BundleEntry, BundleIn, MergeLine, MergeReport, SelfCheckPut
from shared.auth import Actor
from shared.days import today
from shared.db import Database
from shared.errors import DomainError, InvalidInput, NotFound
from shared.events import announce
from shared.ids import new_id


class NoChecklistInForce(DomainError):
    zh = "{day} 没有生效的自查表“{code}”。"
    en = "No checklist {code} for self-checks is in force on {day}."


async def put_check(
    session: AsyncSession, actor: Actor, kindergarten: UUID, code: str, day: date, sent: SelfCheckPut
) -> MergeLine:
    """Record a check of the period that holds the day. Raises NotFound, NoChecklistInForce, NoSuchItem."""
    place, checklist = await _place(session, kindergarten, code, day)
    items = await _items(session, checklist.id)
    score = scored(list(items.values()), sent.answers)
    span = period(checklist.period or "daily", day)
    digest = hashlib.sha256(to_json([day, sent])).hexdigest()
    row = {
        "kindergarten": kindergarten,
        "division": place.division,
        "checklist": checklist.id,
        "code": code,
        "first_day": span.first,
        "last_day": span.last,
        "checked_on": day,
        "checked_by": actor.id,
        "recorded_at": sent.recorded_at,
        "digest": digest,
        "score": score.points,
        "failed": list(score.failed),
        "failed_keys": list(score.failed_keys),
        "due": is_due(span),
        "answers": to_jsonable_python(sent.answers),
        "note": sent.note,
    }
    check, outcome = await _merge(session, row)
    hazards = []
    for each in sent.answers if outcome != "same" else ():
        if each.result == "bad":
            reference = f"{code}:{span.first}:{kindergarten}:{each.item}"
            values = hazard_of(items[each.item], each) | {"found_on": day, "synthetic": place.synthetic}
            hazards.append(await raise_once(session, actor, "self", reference, values | {"kindergarten": kindergarten}))
    if outcome in ("created", "replaced"):
        await _tell(session, check, row)
    return MergeLine(
        kindergarten=kindergarten, checklist=code, day=day, outcome=outcome, check=check, hazards=hazards,
        code=None, reason=None,
    )  # fmt: skip


async def _place(session: AsyncSession, kindergarten: UUID, code: str, day: date) -> tuple[Kindergarten, Checklist]:
    if (place := await session.get(Kindergarten, kindergarten)) is None:
        raise NotFound(what="kindergarten")
    if day > today():
        raise InvalidInput(reason_zh="不能晚于今天。", reason_en="it cannot be after today.", pointer="/day")
    # A bundle asks for the same few lists again and again; published ones do not change.
    known: dict[tuple[str, date], Checklist | None] = session.info.setdefault("checklists", {})
    if (code, day) not in known:
        known[code, day] = await in_force(session, code, day)
    checklist = known[code, day]
    if checklist is None or checklist.use != "self_check":
        raise NoChecklistInForce(day=day, code=code)
    return place, checklist


async def _items(session: AsyncSession, checklist: UUID) -> dict[str, ChecklistItem]:
    known: dict[UUID, dict[str, ChecklistItem]] = session.info.setdefault("checklist_items", {})
    if checklist not in known:
        known[checklist] = {each.code: each for each in await items_of(session, checklist)}
    return known[checklist]


async def _merge(session: AsyncSession, row: dict[str, object]) -> tuple[UUID, str]:
    """Store the row, or keep what holds; the later moment holds, and of equal ones the greater digest."""
    change = insert(SelfCheck).values(row | {"id": new_id()})
    key = ["kindergarten", "code", "first_day"]
    added = await session.scalar(change.on_conflict_do_nothing(index_elements=key).returning(SelfCheck.id))
    if added:
        return added, "created"
    held = (
        await session.execute(
            select(SelfCheck.id, SelfCheck.recorded_at, SelfCheck.digest)
            .where(*(getattr(SelfCheck, name) == row[name] for name in key))
            .with_for_update()
        )
    ).one()
    if held.digest == row["digest"]:
        return held.id, "same"
    if (held.recorded_at, held.digest) > (row["recorded_at"], row["digest"]):
        return held.id, "older"
    found = await session.get_one(SelfCheck, held.id, populate_existing=True)
    for name, value in row.items():
        setattr(found, name, value)
    return held.id, "replaced"


async def _tell(session: AsyncSession, check: UUID, row: dict[str, object]) -> None:
    await announce(
        session,
        "safety.self_check.recorded",
        f"self-checks/{check}",
        division=str(row["division"]),
        kindergarten=UUID(str(row["kindergarten"])),
        data={name: row[name] for name in ("code", "first_day", "failed", "failed_keys")},
    )


async def merge_bundle(session: AsyncSession, actor: Actor, bundle: BundleIn) -> MergeReport:
    """Record every entry; one that is refused says why and does not stop the others."""
    # All bundles take the same checks in the same order: two that arrive together wait, and never for each other.
    order = sorted(enumerate(bundle.entries), key=lambda each: (each[1].kindergarten, each[1].checklist, each[1].day))
    merged = {place: await _merge_entry(session, actor, each) for place, each in order}
    lines = [merged[place] for place in range(len(merged))]
    counts = {name: sum(line.outcome == name for line in lines) for name in MergeReport.model_fields if name != "lines"}
    return MergeReport(lines=lines, **counts)


async def _merge_entry(session: AsyncSession, actor: Actor, entry: BundleEntry) -> MergeLine:
    try:
        async with session.begin_nested():
            return await put_check(session, actor, entry.kindergarten, entry.checklist, entry.day, entry)
    except DomainError as refusal:
        return MergeLine(
            kindergarten=entry.kindergarten, checklist=entry.checklist, day=entry.day, outcome="refused", check=None,
            hazards=[], code=refusal.sentence.code, reason=refusal.detail("zh"),
        )  # fmt: skip


async def find_missed(database: Database, on: date) -> int:
    """Make a hazard of every check that was due and not made by the end of its period; return how many are new.

    Looks back over a window, so that a standstill of the worker loses none; the reference keeps each single.
    """
    window = on - timedelta(number(PARAMETERS, "check_window_days", on))
    async with database.begin(database.system) as session:
        lists = list(
            await session.scalars(
                select(Checklist).where(Checklist.use == "self_check", Checklist.state == "published")
            )
        )
        made = select(SelfCheck.kindergarten, SelfCheck.code, SelfCheck.first_day).where(SelfCheck.last_day >= window)
        done = {tuple(row) for row in await session.execute(made)}
        known = set(await session.scalars(select(Hazard.source_reference).where(Hazard.source == "missed_check")))
        operating = list(await session.scalars(select(Kindergarten).where(Kindergarten.status == "operating")))
    found = 0
    for place in operating:
        async with database.begin(database.system) as session:
            for checklist in lists:
                found += await _missed_at(
                    session, database, place, checklist, max(window, place.opened_on or window), on, done, known
                )
    return found


async def _missed_at(
    session: AsyncSession,
    database: Database,
    place: Kindergarten,
    checklist: Checklist,
    since: date,
    on: date,
    done: set[tuple[object, ...]],
    known: set[str | None],
) -> int:
    first, last = max(since, checklist.since or since), min(on, checklist.until or on)
    found = 0
    for span in ended(checklist.period or "daily", first, last):
        reference = f"{checklist.code}:{span.first}:{place.id}"
        if (place.id, checklist.code, span.first) in done or reference in known:
            continue
        values = {
            "kindergarten": place.id,
            "category": "duty",
            "place": checklist.title,
            "description": f"未按期完成自查:{checklist.title}({span.first} 至 {span.last})",
            "item": "D-03",
            "legal_basis": checklist.document,
            "immediate_measure": "",
            "photos": [],
            "found_on": span.last + timedelta(1),
            "synthetic": place.synthetic,
        }
        await raise_once(session, database.system, "missed_check", reference, values)
        found += 1
    return found
