"""Recording what was done: a step, and the fact for whoever follows the feed, in the transaction of the change."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from pydantic_core import to_jsonable_python
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.steps.models import Step
from shared.auth import Actor
from shared.days import today
from shared.errors import InvalidInput
from shared.events import announce
from shared.ids import new_id
from shared.machine import Machine, Verb, refusal


class Case(Protocol):
    """What every row with a life of its own has."""

    id: Any
    division: Any
    state: Any

    @property
    def kindergarten(self) -> Any:
        """None: the case is a district's."""


def admit(machine: Machine, verb: str, case: Case, actor: Actor) -> None:
    """Raise what stands against it."""
    if refused := refusal(machine, verb, case, actor.id, today()):
        raise refused


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
