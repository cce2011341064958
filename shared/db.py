"""One request is one transaction, opened in the caller's scope and committed before the response leaves.

Reads go another way: one SELECT whose JSON PostgreSQL builds, sent together with the scope in one round trip over
connections that cannot write.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import cached_property
from typing import Annotated, Any, cast

from fastapi import Depends, Header, Request
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool, PoolTimeout
from sqlalchemy import ClauseElement, make_url, text
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.sql.compiler import SQLCompiler

from shared import idempotency
from shared.auth import Actor
from shared.errors import NotFound, Unavailable

# Row-level security reads these settings; they end with the transaction.
SCOPE = (
    "SELECT set_config('app.divisions', %(divisions)s, true), set_config('app.kindergartens', %(kindergartens)s, true),"
    " set_config('app.actor', %(actor)s, true)"
)
# Scope and answer in one statement. CASE evaluates its condition first, and a subquery only when its branch is taken;
# were it otherwise, the settings would be unset and the answer empty, never too full.
WITHIN = (
    "SELECT CASE WHEN set_config('app.divisions', %(_divisions)s, true)"
    " || set_config('app.kindergartens', %(_kindergartens)s, true) || set_config('app.actor', %(_actor)s, true)"
    " IS NOT NULL THEN convert_to(({}), 'UTF8') END"
)
_scope = text(SCOPE.replace("%(", ":").replace(")s", ""))
_dialect = PGDialect_psycopg()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
# A district lives in one time zone: it decides which day it is. Compiling a query costs more than it saves here.
OPTIONS = "-c timezone=Asia/Shanghai -c jit=off -c statement_timeout=60000 -c lock_timeout=15000"


def scope_of(actor: Actor) -> dict[str, str]:
    """The settings that row-level security reads."""
    ids = ",".join(str(each) for each in actor.kindergartens)
    return {"divisions": ",".join(actor.divisions), "kindergartens": ids, "actor": actor.id}


async def enter(session: AsyncSession, actor: Actor) -> None:
    """Put the transaction of this session into the actor's scope."""
    await session.execute(_scope, scope_of(actor))


class Query:
    """A SELECT with named bind parameters, compiled once."""

    def __init__(self, statement: ClauseElement) -> None:
        self.statement = statement

    @cached_property
    def _compiled(self) -> SQLCompiler:
        return cast("SQLCompiler", self.statement.compile(dialect=_dialect))

    @cached_property
    def sql(self) -> str:
        return str(self._compiled)

    @cached_property
    def within(self) -> str:
        """The query, which gives one text, together with its scope."""
        return WITHIN.format(self.sql)

    @cached_property
    def defaults(self) -> dict[str, Any]:
        """Values of the parameters that were given one where the statement was written; None for the others."""
        return dict(self._compiled.construct_params(_check=False))


class Database:
    """The two doors into one service's database: `sessions` to write, `reads` to read."""

    def __init__(self, url: str, size: int = 8, district: str = "110116") -> None:
        self.url = url
        # The platform itself, where no caller is: jobs being picked up, feeds being followed.
        self.system = Actor("system", "", (), float("inf"), (district,))
        async_url = make_url(url).set(drivername="postgresql+psycopg")
        self.engine = create_async_engine(
            async_url,
            pool_size=size,
            max_overflow=0,
            pool_timeout=20,
            connect_args={"options": OPTIONS, "application_name": "huaiyou-write"},
        )
        self.sessions = async_sessionmaker(self.engine, expire_on_commit=False)
        self.reads = AsyncConnectionPool(
            url,
            min_size=1,
            max_size=size,
            timeout=20,
            open=False,
            kwargs={
                "autocommit": True,
                "prepare_threshold": 2,
                "options": f"{OPTIONS} -c default_transaction_read_only=on",
                "application_name": "huaiyou-read",
            },
            check=None,
        )

    async def open(self) -> None:
        await self.reads.open(wait=False)

    async def close(self) -> None:
        await self.reads.close()
        await self.engine.dispose()

    @asynccontextmanager
    async def begin(self, actor: Actor) -> AsyncIterator[AsyncSession]:
        """A transaction in the actor's scope, committed at the end of the block."""
        async with self.sessions.begin() as session:
            await enter(session, actor)
            yield session

    @asynccontextmanager
    async def reading(self, actor: Actor) -> AsyncIterator[AsyncConnection]:
        """A read-only transaction in the actor's scope, for what one SELECT cannot do (exports)."""
        async with self._connection() as connection, connection.transaction():
            await connection.execute(SCOPE, scope_of(actor))
            yield connection

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[AsyncConnection]:
        try:
            async with self.reads.connection() as connection:
                yield connection
        except PoolTimeout as error:
            raise Unavailable from error

    async def row(self, actor: Actor, query: Query, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """First row of the query in the actor's scope.

        Outside an explicit transaction PostgreSQL runs a pipeline up to its sync as one transaction, so the scope
        holds for exactly the one SELECT that follows it.
        """
        async with self._connection() as connection:
            async with connection.pipeline():
                await connection.execute(SCOPE, scope_of(actor))
                cursor = await connection.execute(query.sql, {**query.defaults, **values})
            return await cursor.fetchone()

    async def body(self, actor: Actor, query: Query, values: Mapping[str, Any]) -> bytes:
        """The one text the query gives, as UTF-8: scope and answer in one statement, the quickest way there is."""
        ids = ",".join(str(each) for each in actor.kindergartens)
        scope = {"_divisions": ",".join(actor.divisions), "_kindergartens": ids, "_actor": actor.id}
        async with self._connection() as connection:
            cursor = await connection.execute(query.within, {**query.defaults, **values, **scope}, binary=True)
            row = await cursor.fetchone()
        return row[0] if row else b""


class Reader:
    """Reads of one request: each is one SELECT in the caller's scope, over a connection that cannot write."""

    def __init__(self, database: Database, actor: Actor) -> None:
        self.database, self.actor = database, actor

    async def row(self, query: Query, **values: Any) -> tuple[Any, ...] | None:
        return await self.database.row(self.actor, query, values)

    async def body(self, query: Query, **values: Any) -> bytes:
        return await self.database.body(self.actor, query, values)

    async def one(self, query: Query, what: str, **values: Any) -> tuple[Any, ...]:
        """The row, or `NotFound`: what lies outside one's scope does not exist."""
        if (found := await self.row(query, **values)) is None:
            raise NotFound(what=what)
        return found


async def _transaction(
    request: Request,
    idempotency_key: Annotated[
        str | None,
        Header(
            min_length=1,
            max_length=200,
            pattern=r"^[\x21-\x7e]+$",
            description="Repeats of a request with the same key and body get the first answer again.",
        ),
    ] = None,
) -> AsyncIterator[AsyncSession]:
    """Commit when the endpoint returns; roll back when it raises."""
    async with request.app.state.database.begin(request.state.actor) as session:
        if idempotency_key is not None:
            await idempotency.claim(request, session, idempotency_key)
        yield session


async def _reader(request: Request) -> Reader:
    return Reader(request.app.state.database, request.state.actor)


# scope="function": a client that holds a 201 holds a committed row, and a deferred constraint can still say no.
Write = Annotated[AsyncSession, Depends(_transaction, scope="function")]
Read = Annotated[Reader, Depends(_reader)]
