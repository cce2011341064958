"""Lists: keyset pages whose JSON PostgreSQL builds, filters that refuse the unknown.

A concept declares one `Listing`; the route hands it the caller's query model. Statements are composed once per shape
(which filters, which order, which fields) and kept.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final

from fastapi import Response
from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    Text,
    bindparam,
    case,
    func,
    literal_column,
    select,
    true,
    tuple_,
)

from shared.db import Query, Reader
from shared.errors import InvalidInput
from shared.schemas import Page

Filters = Mapping[str, ColumnElement[bool]]
KEPT: Final = 1000  # shapes of one list
RESERVED: Final = frozenset({"limit", "after", "fields", "count", "sort"})


@dataclass(frozen=True, slots=True)
class Shape:
    """What makes a statement: its filters, order, fields, size, whether it goes on from a cursor, whether it counts.

    The size is part of it and written out: with a parameter in LIMIT PostgreSQL plans every execution anew, which took
    three times as long as the execution itself.
    """

    used: tuple[str, ...]
    sort: str
    fields: tuple[str, ...]
    limit: int
    more: bool = False
    count: bool = False


@dataclass(frozen=True)
class Listing:
    """One list of the API.

    `select` is the rows as the response model spells them, its columns labelled; it may hold bind parameters
    (`as_of`) that the query model also has. `filters` maps a query parameter to a condition holding a bind parameter
    of that name. `sorts` maps each order to (column, descending): columns that are never null; `key` makes the order
    total.
    """

    what: str
    select: Select[Any]
    key: ColumnElement[Any]
    sorts: Mapping[str, ColumnElement[Any]]
    filters: Filters = field(default_factory=dict)
    _shapes: dict[Shape, Query] = field(default_factory=dict, repr=False)

    def statement(self, used: tuple[str, ...]) -> Select[Any]:
        """The rows that match, in no order: for exports and counts."""
        return self.select.where(*(self.filters[name] for name in used if name in self.filters))

    def query(self, shape: "Shape") -> Query:
        """The statement of that shape, composed once."""
        if shape not in self._shapes:
            if len(self._shapes) >= KEPT:
                self._shapes.clear()
            self._shapes[shape] = Query(self._compose(shape))
        return self._shapes[shape]

    def order(self, sort: str) -> tuple[ColumnElement[Any], bool]:
        return self.sorts[sort.removeprefix("-")], sort.startswith("-")

    def _compose(self, shape: "Shape") -> Any:
        column, descending = self.order(shape.sort)
        rows = self.statement(shape.used)
        if shape.fields:
            named = (rows.selected_columns[name] for name in shape.fields)
            rows = rows.with_only_columns(*named, maintain_column_froms=True)
        if shape.more:
            last = tuple_(bindparam("_last", type_=column.type), bindparam("_key", type_=self.key.type))
            here = tuple_(column, self.key)
            rows = rows.where(here < last if descending else here > last)
        keys = (column.desc(), self.key.desc()) if descending else (column, self.key)
        rows = rows.order_by(*keys).limit(literal_column(str(shape.limit + 1)))
        place = func.row_number().over().label("_n")
        page = rows.add_columns(column.cast(Text).label("_c"), self.key.cast(Text).label("_k")).subquery("page")
        numbered = select(page, place).subquery("numbered")
        inner: list[ColumnElement[Any]] = [
            literal_column(f'numbered."{each.key}"').label(str(each.key)) for each in rows.selected_columns
        ]
        item = select(*inner).lateral("item")
        limit: ColumnElement[int] = literal_column(str(shape.limit))
        this = numbered.c["_n"]
        text = func.row_to_json(literal_column("item")).cast(Text)
        ends = (func.max(numbered.c[name]).filter(this == limit) for name in ("_c", "_k"))
        at = func.json_build_array(literal_column(f"'{shape.sort}'"), *ends).cast(Text)
        cursor = func.translate(func.encode(func.convert_to(at, "UTF8"), "base64"), "+/=\n", "-_")
        following = case((func.count() > limit, func.to_json(cursor).cast(Text)), else_="null")
        total = func.concat(',"total":', self._total(shape.used)) if shape.count else ""
        items = func.string_agg(text, literal_column("','")).filter(this <= limit)
        body = func.concat('{"items":[', items, '],"next":', following, total, "}")
        return select(body).select_from(numbered.join(item, true()))

    def _total(self, used: tuple[str, ...]) -> ScalarSelect[int]:
        return select(func.count()).select_from(self.statement(used).subquery()).scalar_subquery()


def _cursor(text: str, sort: str) -> tuple[str, str]:
    try:
        order, last, key = json.loads(base64.urlsafe_b64decode(text.encode() + b"=="))
        if order == sort and isinstance(last, str) and isinstance(key, str):
            return last, key
    except (ValueError, TypeError, binascii.Error):
        pass
    raise InvalidInput(reason_zh="游标无效。", reason_en="the cursor is not valid.", pointer="after")


def used_filters(query: Page) -> dict[str, Any]:
    """The query parameters that were given, other than those of paging."""
    return {name: value for name, value in vars(query).items() if value is not None and name not in RESERVED}


def chosen_fields(listing: Listing, query: Page) -> tuple[str, ...]:
    """The fields asked for, in the order of the model; an unknown one is refused."""
    if not query.fields:
        return ()
    known = [column.key for column in listing.select.selected_columns]
    asked = {name.strip() for name in query.fields.split(",") if name.strip()}
    if unknown := sorted(asked - set(known)):
        raise InvalidInput(
            reason_zh=f"没有字段 {unknown[0]}。", reason_en=f"there is no field {unknown[0]}.", pointer="fields"
        )
    return tuple(name for name in known if name in asked)


def plain(value: Any) -> Any:
    """What the driver should send: an enumeration's value, not its member."""
    if isinstance(value, Enum):
        return value.value
    return [plain(each) for each in value] if isinstance(value, (list, tuple)) else value


async def page(reader: Reader, listing: Listing, query: Page, **values: Any) -> Response:
    """Answer `{"items": […], "next": cursor or null}`, with `total` when asked."""
    given = used_filters(query)
    sort = str(plain(getattr(query, "sort", next(iter(listing.sorts)))))
    shape = Shape(
        tuple(sorted(given)), sort, chosen_fields(listing, query), query.limit, query.after is not None, query.count
    )
    binds = {name: plain(value) for name, value in {**given, **values}.items()}
    if query.after is not None:
        binds["_last"], binds["_key"] = _cursor(query.after, sort)
    return Response(await reader.body(listing.query(shape), **binds), media_type="application/json")
