"""Code lists as resources: every entry with its labels, its national code and the period it may be used in."""

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response, Security
from psycopg import Connection
from sqlalchemy import Text, bindparam, cast, func, or_, select, text

from shared import db
from shared.auth import Actor, authorize
from shared.db import Read
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.platform.tables import Code
from shared.schemas import Count, Day, In, Out, zh

READ = "codes.read"
Anyone = Annotated[Actor, Security(authorize, scopes=[READ])]
COLUMNS = ("code", "label_zh", "label_en", "national_standard", "national_code", "since", "until", "source")


class CodeOut(Out):
    code: Annotated[str, zh("代码")]
    label_zh: Annotated[str, zh("中文名称")]
    label_en: Annotated[str, zh("英文名称")]
    national_standard: Annotated[str, zh("国家标准")]
    national_code: Annotated[str, zh("国标代码")]
    since: Annotated[date, zh("启用日期")]
    until: Annotated[date | None, zh("停用日期")]
    source: Annotated[str, zh("来源")]


class CodeListOut(Out):
    list: Annotated[str, zh("代码表")]
    entries: Annotated[Count, zh("条目数")]


class CodeQuery(In):
    as_of: Annotated[Day | None, zh("截至日期", "Only entries usable on this day.")] = None


_day = bindparam("as_of", None, type_=Code.__table__.c.since.type)
_entries = (
    select(*(Code.__table__.c[name] for name in COLUMNS))
    .where(Code.list == bindparam("list"))
    .where(or_(_day.is_(None), (Code.since <= _day) & or_(Code.until.is_(None), Code.until > _day)))
    .order_by(Code.place, Code.code)
    .subquery("item")
)
ENTRIES = db.Query(select(cast(func.json_agg(text("item")), Text)).select_from(_entries))
_lists = select(Code.list, func.count().label("entries")).group_by(Code.list).order_by(Code.list).subquery("item")
LISTS = db.Query(select(cast(func.coalesce(func.json_agg(text("item")), text("'[]'")), Text)).select_from(_lists))


def router(service: str) -> APIRouter:
    """The code-list routes of one service."""
    routes = APIRouter(prefix="/codes", tags=["codes"], route_class=Route)

    @routes.get("", operation_id=f"list_{service}_code_lists", response_model=list[CodeListOut])
    async def list_code_lists(_: Anyone, reader: Read) -> Response:
        """Which code lists there are."""
        return Response((await reader.one(LISTS, "code list"))[0], media_type="application/json")

    @routes.get(
        "/{list}", operation_id=f"get_{service}_code_list", response_model=list[CodeOut], responses=problems(NotFound)
    )
    async def get_code_list(list: str, query: Annotated[CodeQuery, Query()], _: Anyone, reader: Read) -> Response:
        """The entries of one list."""
        found = await reader.row(ENTRIES, list=list, as_of=query.as_of)
        if found is None or found[0] is None:
            raise NotFound(what="code list")
        return Response(found[0], media_type="application/json")

    return routes


def entries(name: str, file: Path) -> Iterable[dict[str, Any]]:
    """Rows of one list from its CSV file, in the file's order."""
    with file.open(encoding="utf-8", newline="") as opened:
        for place, row in enumerate(csv.DictReader(opened)):
            yield {name: row.get(name, "") for name in COLUMNS} | {"list": name, "place": place}


def load(connection: Connection, folder: Path) -> int:
    """Bring `codes` to the state of the CSV files (one a list); run by the owner, not by the app."""
    count = 0
    for file in sorted(folder.glob("*.csv")):
        for row in entries(file.stem, file):
            row["since"] = row["since"] or "1900-01-01"
            row["until"] = row["until"] or None
            connection.execute(
                "INSERT INTO codes (list, code, label_zh, label_en, national_standard, national_code, since, until,"
                " source, place) VALUES (%(list)s, %(code)s, %(label_zh)s, %(label_en)s, %(national_standard)s,"
                " %(national_code)s, %(since)s, %(until)s, %(source)s, %(place)s)"
                " ON CONFLICT (list, code) DO UPDATE SET"
                " label_zh = excluded.label_zh, label_en = excluded.label_en, since = excluded.since,"
                " until = excluded.until, national_standard = excluded.national_standard,"
                " national_code = excluded.national_code, source = excluded.source, place = excluded.place",
                row,
            )
            count += 1
    return count
