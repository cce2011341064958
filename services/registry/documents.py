"""SELECTs whose JSON PostgreSQL builds: one object, or a list of them."""

from typing import Any, cast

from sqlalchemy import Executable, ScalarSelect, Select, Text, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession

from shared.db import Query


def one(rows: Select[Any], *more: Any) -> Query:
    """The first row as JSON text, and the named further columns of it beside the text."""
    item = rows.subquery("item")
    return Query(select(func.row_to_json(literal_column("item")).cast(Text), *more).select_from(item))


def many(rows: Select[Any]) -> Query:
    """All rows, in their order, as the text of a JSON array."""
    item = rows.subquery("item")
    listed = func.coalesce(func.json_agg(literal_column("item")).cast(Text), literal_column("'[]'"))
    return Query(select(listed).select_from(item))


def listed(rows: Select[Any]) -> ScalarSelect[Any]:
    """The rows as a JSON array, to stand as one column of another row."""
    each = rows.subquery("each_of_it")
    whole = func.coalesce(func.json_agg(literal_column("each_of_it")), literal_column("'[]'::json"))
    return select(whole).select_from(each).scalar_subquery()


async def written(session: AsyncSession, query: Query, **values: Any) -> tuple[Any, ...]:
    """The row of the query inside the writer's transaction: what a write answers is what a read will answer."""
    await session.flush()
    return tuple((await session.execute(cast("Executable", query.statement), values)).one())
