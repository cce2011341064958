"""Making, changing, simulating, proposing and deciding scenarios. What is approved becomes dated rules."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.parameters.actions import Authority, adopt_number
from services.finance.programmes.actions import decide_programme
from services.finance.programmes.codes import ProgrammeState
from services.finance.programmes.models import Programme
from services.finance.scenarios.codes import ScenarioState
from services.finance.scenarios.models import Scenario, ScenarioLine, ScenarioNumber, ScenarioPlace
from services.finance.scenarios.queries import COUNT_DRIFT, INSERT_LINES, INSERT_PLACES
from services.finance.scenarios.refusals import (
    BeforeTheScenario,
    NoSuchNumber,
    NotARuleOfScenarios,
    NothingIsChanged,
    RulesHaveChanged,
)
from services.finance.scenarios.rules import COPIED, MACHINE, VARIED, last_month
from services.finance.scenarios.schemas import (
    NumberChange,
    ScenarioChange,
    ScenarioDecision,
    ScenarioNew,
    ScenarioProposal,
    spelled,
)
from services.finance.scopes import district_of
from services.finance.standard_reviews.actions import record_adjustment
from services.finance.subsidy_runs.actions import FEEDS, HASHING
from services.finance.subsidy_runs.refusals import NoProgramme
from shared.auth import Actor
from shared.days import today
from shared.errors import NotFound
from shared.events import announce
from shared.ids import new_id
from shared.jobs import enqueue
from shared.machine import refusal
from shared.tables import FOREVER

SIMULATE = "finance.scenario.simulate"
_copy = text(
    """
    INSERT INTO scenario_numbers (scenario, division, parameter, name, key, since, until, former, value, changed,
      document, article, tag)
    SELECT :scenario, :division, id, name, key, since, until, value, value, false, document, article, tag
    FROM parameters WHERE state = 'approved' AND name = ANY (:names)
    """
)


async def make_scenario(session: AsyncSession, actor: Actor, new: ScenarioNew) -> UUID:
    """Copy the rules in force and change some. Raises NoProgramme, NotFound, NotARuleOfScenarios, BeforeTheScenario."""
    division = district_of(actor)
    changes = [*await _inherited(session, new.based_on), *new.changes]
    made = Scenario(
        id=new_id(),
        division=division,
        name=new.name,
        purpose=new.purpose,
        since=new.since.replace(day=1),
        until=new.until.replace(day=1),
        programmes=await _programmes(session, new.programmes),
        enrolment=spelled(new.enrolment),
        fees=spelled(new.fees),
        based_on=new.based_on,
        state=ScenarioState.DRAFT,
        made_by=actor.id,
    )
    session.add(made)
    await session.flush()
    names = [each.value for each in COPIED]
    await session.execute(_copy, {"scenario": made.id, "division": division, "names": names})
    for each in changes:
        await _set(session, made, each)
    await _within(session, made)
    await _announce(session, made, "made", {"name": made.name, "since": made.since, "until": made.until})
    return made.id


async def change_scenario(session: AsyncSession, actor: Actor, id: UUID, said: ScenarioChange) -> None:
    """New months and assumptions. Raises NotFound, NotInThisState, BeforeTheScenario."""
    found = await _locked(session, actor, id, "change")
    found.since, found.until = said.since.replace(day=1), said.until.replace(day=1)
    found.enrolment, found.fees = spelled(said.enrolment), spelled(said.fees)
    await _reopen(session, found)
    await _within(session, found)


async def set_number(session: AsyncSession, actor: Actor, id: UUID, change: NumberChange) -> UUID:
    """Change one rule. Raises NotFound, NotInThisState, NotARuleOfScenarios, BeforeTheScenario."""
    found = await _locked(session, actor, id, "change")
    made = await _set(session, found, change)
    await _within(session, found)
    await _reopen(session, found)
    return made


async def reset_number(session: AsyncSession, actor: Actor, id: UUID, number: UUID) -> None:
    """Undo one change: the value in force again, or a new number gone. Raises NotFound, NotInThisState."""
    found = await _locked(session, actor, id, "change")
    held = await session.get(ScenarioNumber, number)
    if held is None or held.scenario != id or not held.changed:
        raise NoSuchNumber
    if held.parameter is None:
        await session.delete(held)
    else:
        held.value, held.changed = held.former, False
    await _reopen(session, found)


async def simulate_scenario(session: AsyncSession, actor: Actor, id: UUID) -> None:
    """Queue the computation. Raises NotFound, NotInThisState."""
    found = await _locked(session, actor, id, "simulate")
    found.state = ScenarioState.SIMULATING
    found.job = await enqueue(session, actor, SIMULATE, {"scenario": str(id)}, division=found.division)
    await session.flush()


async def compute_scenario(session: AsyncSession, id: UUID) -> dict[str, Any]:
    """The computation: once by the rules in force and once by the scenario's. One that is done is left alone."""
    found = await session.scalar(select(Scenario).where(Scenario.id == id).with_for_update())
    if found is None:
        raise NotFound(what="scenario")
    if found.state == ScenarioState.SIMULATING:
        await _clear(session, id)
        await session.execute(HASHING)
        for rules in ("in_force", "scenario"):
            values: dict[str, Any] = {
                "scenario": id,
                "rules": rules,
                "since": found.since,
                "month": last_month(found.until),
            }
            values |= {"programmes": found.programmes}
            await session.execute(INSERT_LINES, values)
            await session.execute(INSERT_PLACES, values)
        feeds = await session.scalar(FEEDS)
        found.inputs = {"feeds": feeds, "simulated_at": str(await session.scalar(select(func.now())))}
        found.state = ScenarioState.SIMULATED
        await session.flush()
        await _announce(session, found, "simulated", {"name": found.name})
    return {"scenario": str(id)}


async def propose_scenario(session: AsyncSession, actor: Actor, id: UUID, said: ScenarioProposal) -> None:
    """First signature. Raises NotFound, NotInThisState, NothingIsChanged, RulesHaveChanged."""
    found = await _locked(session, actor, id, "propose")
    if not await _changes(session, found) and not await _proposed(session, found):
        raise NothingIsChanged
    await _undrifted(session, found)
    found.document, found.tag, found.reason = said.document, said.tag, said.reason
    found.state, found.proposed_by = ScenarioState.PROPOSED, actor.id
    await session.flush()
    await _announce(session, found, "proposed", {"name": found.name, "document": found.document})


async def decide_scenario(session: AsyncSession, actor: Actor, id: UUID, said: ScenarioDecision) -> None:
    """Second signature: what was changed becomes dated rules. Raises RulesHaveChanged, another_person_decides."""
    found = await _locked(session, actor, id, "decide")
    found.state = ScenarioState.APPROVED if said.approve else ScenarioState.REJECTED
    found.decided_by, found.remark = actor.id, said.remark
    found.decided_at = await session.scalar(select(func.now()))
    await session.flush()
    if said.approve:
        await _undrifted(session, found)
        await _adopt(session, actor, found)
    await _announce(session, found, found.state, {"name": found.name, "document": found.document})


async def _adopt(session: AsyncSession, actor: Actor, found: Scenario) -> None:
    for code in await _proposed(session, found):
        await decide_programme(session, actor, code, approve=True)
    by = Authority(str(found.document), str(found.tag), str(found.proposed_by), actor.id, found.id)
    changes = await _changes(session, found)
    for each in changes:
        await adopt_number(session, found.division, each, by)
    subjects = {(each.name, each.key.split("/")[0]) for each in changes}
    await record_adjustment(session, found.division, sorted(subjects), today(), by, found.reason)


async def _set(session: AsyncSession, of: Scenario, change: NumberChange) -> UUID:
    if change.name not in VARIED:
        raise NotARuleOfScenarios(name=change.name.value, pointer="/name")
    row = {"scenario": of.id, "division": of.division, "name": change.name.value, "key": change.key}
    row |= {"since": change.since, "until": change.until or FOREVER, "value": change.value, "changed": True}
    row |= {"former": None, "document": "", "article": "", "tag": "illustrative"}
    put = upsert(ScenarioNumber).values(row)
    kept = {name: put.excluded[name] for name in ("value", "until", "changed")}
    made = put.on_conflict_do_update(index_elements=["scenario", "name", "key", "since"], set_=kept)
    return (await session.execute(made.returning(ScenarioNumber.id))).scalar_one()


async def _inherited(session: AsyncSession, id: UUID | None) -> list[NumberChange]:
    if id is None:
        return []
    found = await session.get(Scenario, id)
    if found is None:
        raise NotFound(what="scenario", pointer="/based_on")
    return [
        NumberChange.model_validate(
            {"name": each.name, "key": each.key, "value": each.value, "since": each.since}
            | ({"until": each.until} if each.until < FOREVER else {})
        )
        for each in await _changes(session, found)
    ]


async def _programmes(session: AsyncSession, asked: Sequence[str] | None) -> list[str]:
    found = await session.execute(
        select(Programme.code, Programme.state).where(Programme.state != ProgrammeState.REJECTED)
    )
    known = {row.code: row.state for row in found}
    chosen = set(asked) if asked is not None else {c for c, s in known.items() if s == ProgrammeState.APPROVED}
    if not chosen or chosen - known.keys():
        raise NoProgramme(codes="、".join(sorted(chosen - known.keys())) or "—", pointer="/programmes")
    return sorted(chosen)


async def _proposed(session: AsyncSession, of: Scenario) -> Sequence[UUID]:
    waiting = (Programme.code.in_(of.programmes), Programme.state == ProgrammeState.PROPOSED)
    return (await session.scalars(select(Programme.id).where(*waiting).order_by(Programme.code))).all()


async def _changes(session: AsyncSession, of: Scenario) -> Sequence[ScenarioNumber]:
    own = (ScenarioNumber.scenario == of.id, ScenarioNumber.changed)
    order = (ScenarioNumber.name, ScenarioNumber.key, ScenarioNumber.since)
    return (await session.scalars(select(ScenarioNumber).where(*own).order_by(*order))).all()


async def _within(session: AsyncSession, of: Scenario) -> None:
    """Nothing that would be approved holds before the months that are simulated."""
    begins = [each.since for each in await _changes(session, of)]
    waiting = (Programme.code.in_(of.programmes), Programme.state == ProgrammeState.PROPOSED)
    begins += [each.replace(day=1) for each in await session.scalars(select(Programme.since).where(*waiting))]
    if begins and min(begins) < of.since:
        raise BeforeTheScenario(day=min(begins), since=of.since, pointer="/since")


async def _undrifted(session: AsyncSession, of: Scenario) -> None:
    names = [each.value for each in VARIED]
    if numbers := await session.scalar(COUNT_DRIFT, {"scenario": of.id, "names": names}):
        raise RulesHaveChanged(numbers=numbers)


async def _reopen(session: AsyncSession, found: Scenario) -> None:
    """Whatever was simulated before no longer says anything."""
    found.state, found.inputs = ScenarioState.DRAFT, {}
    await _clear(session, found.id)
    await session.flush()


async def _clear(session: AsyncSession, id: UUID) -> None:
    await session.execute(delete(ScenarioLine).where(ScenarioLine.scenario == id))
    await session.execute(delete(ScenarioPlace).where(ScenarioPlace.scenario == id))


async def _locked(session: AsyncSession, actor: Actor, id: UUID, verb: str) -> Scenario:
    found = await session.scalar(select(Scenario).where(Scenario.id == id).with_for_update())
    if found is None:
        raise NotFound(what="scenario")
    if refused := refusal(MACHINE, verb, found, actor.id, today()):
        raise refused
    return found


async def _announce(session: AsyncSession, said: Scenario, what: str, data: dict[str, Any]) -> None:
    await announce(session, f"finance.scenario.{what}", f"scenarios/{said.id}", division=said.division, data=data)
