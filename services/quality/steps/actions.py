"""Taking a case up for a verb, and recording what was done: a step, and the fact for whoever follows the feed."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any, Protocol, TypeVar
from uuid import UUID

from pydantic_core import to_jsonable_python
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.db import Table
from services.quality.steps.models import Step
from shared.auth import Actor
from shared.days import today
from shared.errors import InvalidInput, NotFound, NotPermitted
from shared.events import announce
from shared.ids import new_id
from shared.machine import Machine, Verb, refusal

Row = TypeVar("Row", bound=Table)


class Case(Protocol):
    """What every row with a life of its own has."""

    id: Any
    division: Any
    state: Any

    @property
    def kindergarten(self) -> Any:
        """None: the case is a district's."""


def admit(machine: Machine, verb: str, case: Any, actor: Actor) -> None:
    """Raise what stands against it."""
    if refused := refusal(machine, verb, case, actor.id, today()):
        raise refused


async def locked(session: AsyncSession, table: type[Row], id: UUID, needed: str, what: str) -> Row:
    """The row, locked for a change that takes that permission.

    Raises NotFound where the caller does not see it, NotPermitted where it lies beyond the places they may change.
    """
    found = await session.get(table, id, with_for_update=True)
    if found is not None:
        return found
    if await session.get(table, id) is None:
        raise NotFound(what=what)
    raise NotPermitted(needed=needed)


def holding(
    table: type[Row], machine: Machine, what: str
) -> Callable[[AsyncSession, Actor, UUID, str], Awaitable[Row]]:
    """How a concept takes up a case for a verb: locked, and refused for all that stands against the verb."""

    async def held(session: AsyncSession, actor: Actor, id: UUID, verb: str) -> Row:
        found = await locked(session, table, id, machine[verb].permission, what)
        admit(machine, verb, found, actor)
        return found

    return held


def happened(day: date, pointer: str) -> None:
    """What is recorded has happened: its day has come."""
    if day > today():
        raise InvalidInput(reason_zh="不能晚于今天。", reason_en="it cannot be after today.", pointer=pointer)


async def record(
    session: AsyncSession,
    actor: Actor,
    concept: str,
    case: Case,
    name: str,
    done: Verb,
    *,
    note: str = "",
    data: Mapping[str, Any] | None = None,
    fact: Mapping[str, Any] | None = None,
) -> None:
    """Add the step and announce `quality.<concept>.<happened>`; `fact` is the event's data, of nothing personal."""
    session.add(
        Step(
            id=new_id(),
            concept=concept,
            subject=case.id,
            division=case.division,
            kindergarten=case.kindergarten,
            verb=name,
            actor=actor.id,
            on=today(),
            basis=done.basis,
            note=note,
            data=to_jsonable_python(dict(data or {})),
        )
    )
    await session.flush()
    await announce(
        session,
        f"quality.{concept}.{done.happened}",
        f"{concept.replace('_', '-')}s/{case.id}",
        division=case.division,
        kindergarten=case.kindergarten,
        data={"state": case.state} if fact is None else fact,
    )
