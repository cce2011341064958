"""SELECTs whose JSON PostgreSQL builds: one object, or a list of them."""

from collections.abc import Iterable
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Executable,
    FromClause,
    ScalarSelect,
    Select,
    Text,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession

from shared.db import Query
from shared.schemas import Out


def one(rows: Select[Any], *more: Any) -> Query:
    """The first row as JSON text, and the named further columns of it beside the text."""
    # A column of the row may be called `item`: the row's own name must be one no column has.
    item = rows.subquery("whole_row")
    return Query(select(func.row_to_json(literal_column("whole_row")).cast(Text), *more).select_from(item))


def many(rows: Select[Any]) -> Query:
    """All rows, in their order, as the text of a JSON array."""
    return Query(select(listed(rows).cast(Text)))


def listed(rows: Select[Any]) -> ScalarSelect[Any]:
    """The rows as a JSON array, to stand as one column of another row."""
    item = rows.subquery("each_of_it")
    whole = func.coalesce(func.json_agg(literal_column("each_of_it")), literal_column("'[]'::json"))
    return select(whole).select_from(item).scalar_subquery()


def among(column: ColumnElement[str], values: Iterable[str]) -> ColumnElement[bool]:
    """The column holds one of our own constants: written out, because a compiled query expands no list."""
    return or_(*(column == literal_column(f"'{value}'") for value in sorted(values)))


def columns(table: FromClause, model: type[Out], **special: ColumnElement[Any]) -> list[ColumnElement[Any]]:
    """The columns a message spells, from the table by their names; `special` are those that are computed."""
    computed = ("steps", "actions")
    return [
        (special[name] if name in special else table.c[name]).label(name)
        for name in model.model_fields
        if name in special or name not in computed
    ]


async def written(session: AsyncSession, query: Query, **values: Any) -> str:
    """The JSON of the query inside the writer's transaction: what a write answers is what a read will answer."""
    (body, *_) = await written_row(session, query, **values)
    return str(body)


async def written_row(session: AsyncSession, query: Query, **values: Any) -> tuple[Any, ...]:
    """As `written`, with the further columns of the query beside the JSON."""
    await session.flush()
    return tuple((await session.execute(cast("Executable", query.statement), values)).one())
