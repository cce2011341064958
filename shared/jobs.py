"""Long work: enqueued in the caller's transaction, run by a worker, resumable, with progress, result and cancel.

A job's function is called again with its last checkpoint when the worker died; it commits each step together with the
checkpoint, so no step happens twice.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import procrastinate
from fastapi import APIRouter, Query, Response, Security, status
from procrastinate.retry import RetryStrategy
from sqlalchemy import Text, bindparam, cast, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from shared import db, listing
from shared.auth import Actor, authorize
from shared.db import Database, Read, Write
from shared.errors import DomainError, NotFound, problems
from shared.idempotency import Route
from shared.ids import new_id
from shared.platform.tables import Job
from shared.schemas import Count, Out, Page, zh

READ, CANCEL = "jobs.read", "jobs.cancel"
Follower = Annotated[Actor, Security(authorize, scopes=[READ])]
Canceller = Annotated[Actor, Security(authorize, scopes=[CANCEL])]
Status = Literal["queued", "running", "succeeded", "failed", "cancelled"]
KINDS: dict[str, "Function"] = {}

queue = procrastinate.App(connector=procrastinate.PsycopgConnector())


class Cancelled(Exception):  # not an error: the caller wished it
    """The job was asked to stop, and stopped between two steps."""


class JobHasEnded(DomainError):
    zh = "任务已经结束({state})。"
    en = "The job has already ended ({state})."


class Work:
    """A job while it runs."""

    def __init__(self, database: Database, job: Job) -> None:
        self.database, self.id, self.arguments = database, job.id, job.arguments
        self.checkpoint: dict[str, Any] = dict(job.checkpoint)
        scope = job.scope
        self.actor = Actor(
            job.actor,
            scope.get("name", ""),
            (),
            float("inf"),
            tuple(scope.get("divisions", ())),
            tuple(UUID(each) for each in scope.get("kindergartens", ())),
        )

    @asynccontextmanager
    async def step(
        self, done: int = 0, total: int | None = None, message: str = "", **checkpoint: Any
    ) -> AsyncIterator[AsyncSession]:
        """One transaction of the job in its caller's scope; progress and checkpoint are part of it."""
        async with self.database.begin(self.actor) as session:
            cancelled = await session.scalar(select(Job.cancel_requested).where(Job.id == self.id).with_for_update())
            if cancelled:
                raise Cancelled
            yield session
            self.checkpoint |= checkpoint
            await session.execute(
                update(Job)
                .where(Job.id == self.id)
                .values(done=done, total=total, message=message, checkpoint=self.checkpoint)
            )

    async def finish(self, session: AsyncSession, result: Mapping[str, Any]) -> None:
        """End the job inside the transaction of its last step."""
        values = {"status": "succeeded", "result": dict(result), "finished_at": func.now()}
        await session.execute(update(Job).where(Job.id == self.id).values(values))


Function = Callable[[Work], Awaitable[Mapping[str, Any] | None]]


def job(kind: str) -> Callable[[Function], Function]:
    """Register the function that does this kind of work; what it returns is the result, unless it finished itself."""

    def register(function: Function) -> Function:
        KINDS[kind] = function
        return function

    return register


@queue.task(name="run", queue="jobs", retry=RetryStrategy(max_attempts=5, wait=1), pass_context=False)
async def run(job_id: str) -> None:
    """Run one job from its last checkpoint."""
    database: Database = queue.database  # type: ignore[attr-defined]  # the worker hands it over
    await perform(database, UUID(job_id))


async def enqueue(
    session: AsyncSession,
    actor: Actor,
    kind: str,
    arguments: Mapping[str, Any],
    *,
    division: str,
    kindergarten: UUID | None = None,
    id: UUID | None = None,
) -> UUID:
    """Store the job and queue it, both in the caller's transaction."""
    made = Job(
        id=id or new_id(),
        kind=kind,
        division=division,
        kindergarten=kindergarten,
        actor=actor.id,
        scope={
            "name": actor.name,
            "divisions": list(actor.divisions),
            "kindergartens": [str(each) for each in actor.kindergartens],
        },
        arguments=dict(arguments),
    )
    session.add(made)
    await session.flush()
    raw = await (await session.connection()).get_raw_connection()
    await run.configure(connection=raw.driver_connection, lock=str(made.id)).defer_async(job_id=str(made.id))
    return made.id


async def perform(database: Database, id: UUID) -> None:
    """Do the job once: a finished one is left alone, a broken one goes on from its checkpoint."""
    async with database.begin(database.system) as session:
        found = await session.get(Job, id, with_for_update=True)
        if found is None or found.status not in ("queued", "running"):
            return
        found.status, found.attempts = "running", found.attempts + 1
        found.started_at = found.started_at or await session.scalar(select(func.now()))
        kind = found.kind
    work = Work(database, found)
    outcome: dict[str, Any]
    try:
        result = await KINDS[kind](work)
        outcome = {"status": "succeeded"} | ({"result": dict(result)} if result is not None else {})
    except Cancelled:
        outcome = {"status": "cancelled"}
    except DomainError as refusal:
        said = {"code": refusal.code(), "detail": refusal.detail("zh"), "detail_en": refusal.detail("en")}
        outcome = {"status": "failed", "result": {"problem": said}}
    async with database.begin(database.system) as session:
        await session.execute(update(Job).where(Job.id == id).values(**outcome, finished_at=func.now()))


class JobOut(Out):
    """A long piece of work and how far it is."""

    id: Annotated[UUID, zh("任务编号")]
    kind: Annotated[str, zh("种类")]
    kindergarten: Annotated[UUID | None, zh("幼儿园")]
    actor: Annotated[str, zh("发起人")]
    status: Annotated[Status, zh("状态")]
    done: Annotated[Count, zh("已完成")]
    total: Annotated[Count | None, zh("总量")]
    message: Annotated[str, zh("进度说明")]
    result: Annotated[dict[str, Any] | None, zh("结果")]
    cancel_requested: Annotated[bool, zh("已请求取消")]
    created_at: Annotated[datetime, zh("提交时间")]
    started_at: Annotated[datetime | None, zh("开始时间")]
    finished_at: Annotated[datetime | None, zh("结束时间")]


class Cancellation(Out):
    id: Annotated[UUID, zh("任务编号")]
    status: Annotated[Status, zh("状态")]
    cancel_requested: Annotated[bool, zh("已请求取消")]


class JobPage(Out):
    items: Annotated[list[JobOut], zh("任务")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class JobQuery(Page):
    kind: Annotated[str | None, zh("种类", max_length=100)] = None
    status: Annotated[Status | None, zh("状态")] = None
    sort: Annotated[Literal["-created_at", "created_at"], zh("排序")] = "-created_at"


_columns = select(*(getattr(Job, name) for name in JobOut.model_fields))
JOBS = listing.Listing(
    "jobs",
    _columns,
    Job.__table__.c.id,
    {"created_at": Job.__table__.c.created_at},
    {"kind": Job.__table__.c.kind == bindparam("kind"), "status": Job.__table__.c.status == bindparam("status")},
)
_item = _columns.where(Job.id == bindparam("id")).subquery("item")
ONE = db.Query(select(cast(func.row_to_json(text("item")), Text)).select_from(_item))


def router(service: str) -> APIRouter:
    """The job routes of one service."""
    routes = APIRouter(prefix="/jobs", tags=["jobs"], route_class=Route)

    @routes.get("", operation_id=f"list_{service}_jobs", response_model=JobPage)
    async def list_jobs(query: Annotated[JobQuery, Query()], _: Follower, reader: Read) -> Response:
        """List jobs in the caller's scope, newest first."""
        return await listing.page(reader, JOBS, query)

    @routes.get("/{id}", operation_id=f"get_{service}_job", response_model=JobOut, responses=problems(NotFound))
    async def get_job(id: UUID, _: Follower, reader: Read) -> Response:
        """How far a job is, and its result once it has one."""
        return Response((await reader.one(ONE, "job", id=id))[0], media_type="application/json")

    @routes.post(
        "/{id}/cancellation",
        operation_id=f"cancel_{service}_job",
        status_code=status.HTTP_202_ACCEPTED,
        responses=problems(NotFound, JobHasEnded),
    )
    async def cancel_job(id: UUID, _: Canceller, session: Write) -> Cancellation:
        """Ask a job to stop. It does so between two steps; its own rule says what stays."""
        found = await session.get(Job, id, with_for_update=True)
        if found is None:
            raise NotFound(what="job")
        if found.status not in ("queued", "running"):
            raise JobHasEnded(state=found.status)
        found.cancel_requested = True
        return Cancellation(id=id, status=found.status, cancel_requested=True)

    return routes
