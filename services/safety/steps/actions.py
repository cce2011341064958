"""Recording what was done: a step, and the fact for whoever follows the feed, in the transaction of the change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Protocol
from uuid import UUID

from pydantic_core import to_jsonable_python
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.files.models import File
from services.safety.kindergartens.models import Kindergarten
from services.safety.steps.models import Step
from shared.auth import Actor
from shared.days import today
from shared.errors import DomainError
from shared.events import announce
from shared.ids import new_id
from shared.machine import Machine, refusal

# Where a case is read, when it is not its name with an s.
PATHS = {"penalty": "penalties", "video_access": "video-accesses"}


def subject(concept: str, id: UUID) -> str:
    """The address of a case within this service, as events name it."""
    return f"{PATHS.get(concept, concept + 's')}/{id}"


class Case(Protocol):
    """What every row with a life of its own has."""

    @property
    def id(self) -> Any: ...

    @property
    def division(self) -> Any: ...

    @property
    def kindergarten(self) -> Any: ...

    @property
    def state(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Place:
    """A kindergarten, or what belongs to one, where a case is asked for."""

    id: UUID
    division: str
    kindergarten: UUID | None
    state: str = ""

    @classmethod
    def of(cls, kindergarten: Kindergarten) -> "Place":
        return cls(kindergarten.id, kindergarten.division, kindergarten.id)

    def named(self, id: UUID | None, state: str) -> "Place":
        """A thing of this place."""
        return Place(id or self.id, self.division, self.kindergarten, state)


class FileUnknown(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "文件 {file} 不存在,或不属于该园所。"
    en = "There is no file {file} of this place."
    hint_zh = "请先通过 POST /v1/files 上传,并注明同一幼儿园。"
    hint_en = "Upload it first with POST /v1/files, naming the same kindergarten."


async def one_at_a_time(session: AsyncSession, key: str) -> None:
    """Whoever looks for this key and stores it when there is none waits for the one before, until it is committed."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))


def admit(machine: Machine, verb: str, case: Case, actor: Actor) -> None:
    """Raise what stands against it."""
    if refused := refusal(machine, verb, case, actor.id, today()):
        raise refused


async def known_files(session: AsyncSession, case: Case, files: Sequence[UUID], pointer: str = "/files") -> None:
    """Every file exists and belongs to the same place. Raises FileUnknown."""
    if not files:
        return
    query = select(File.id).where(File.id.in_(files), File.division.startswith(case.division[:6]))
    if case.kindergarten is not None:
        query = query.where(File.kindergarten == case.kindergarten)
    found = set(await session.scalars(query))
    for each in files:
        if each not in found:
            raise FileUnknown(file=each, pointer=pointer)


async def record(
    session: AsyncSession,
    actor: Actor,
    concept: str,
    case: Case,
    verb: str,
    basis: str,
    *,
    note: str = "",
    files: Sequence[UUID] = (),
    data: Mapping[str, Any] | None = None,
    fact: Mapping[str, Any] | None = None,
) -> None:
    """Add the step and announce `safety.<concept>.<verb>`; `fact` is the event's data and holds nothing personal."""
    await known_files(session, case, files)
    session.add(
        Step(
            id=new_id(),
            concept=concept,
            subject=case.id,
            division=case.division,
            kindergarten=case.kindergarten,
            verb=verb,
            actor=actor.id,
            on=today(),
            basis=basis,
            note=note,
            files=list(files),
            data=to_jsonable_python(dict(data or {})),
        )
    )
    await session.flush()
    await announce(
        session,
        f"safety.{concept}.{verb}",
        subject(concept, case.id),
        division=case.division,
        kindergarten=case.kindergarten,
        data=dict(fact or {}) | {"state": case.state},
    )
