"""A small service made of the common library alone: one list, one write, one job, on finance's database."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, FastAPI, Form, Query, Request, Response, Security
from sqlalchemy import bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.kindergartens.models import Kindergarten
from services.finance.permissions import ROLES, May
from shared import jobs
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.errors import DomainError
from shared.events import announce
from shared.exports import answer
from shared.idempotency import Route
from shared.ids import new_id
from shared.jobs import Work, enqueue, job
from shared.listing import Listing
from shared.schemas import Count, Day, In, Out, Page, zh
from shared.service import create_service
from tests import stack

router = APIRouter(prefix="/specimens", tags=["specimens"], route_class=Route)
Caller = Annotated[Actor, Security(authorize, scopes=[May.READ_KINDERGARTENS])]


class SpecimenIn(In):
    division: Annotated[str, zh("区划", pattern=r"^\d{6,12}$")]
    name: Annotated[str, zh("名称", min_length=1, max_length=20)]
    opened_on: Annotated[Day | None, zh("日期")] = None


class SpecimenOut(Out):
    id: Annotated[UUID, zh("编号")]
    name: Annotated[str, zh("名称")]
    division: Annotated[str, zh("区划")]
    copied_at: Annotated[datetime, zh("时间")]


class SpecimenPage(Out):
    items: Annotated[list[SpecimenOut], zh("条目")]
    next: Annotated[str | None, zh("游标")]
    total: Annotated[Count | None, zh("总数")] = None


class SpecimenQuery(Page):
    division: Annotated[str | None, zh("区划")] = None
    sort: Annotated[Literal["name", "-name", "copied_at"], zh("排序")] = "name"


class SpecimenIsForbidden(DomainError):
    zh = "名称“{name}”不可用。"
    en = "The name {name} may not be used."


class Broken(DomainError):
    zh = "做不到。"
    en = "It cannot be done."


_row = Kindergarten.__table__.c
SPECIMENS = Listing(
    "specimens",
    select(_row.id, _row.name, _row.division, _row.copied_at),
    _row.id,
    {"name": _row.pinyin, "copied_at": _row.copied_at},
    {"division": _row.division.op("^@")(bindparam("division"))},
)


async def store(session: AsyncSession, new: SpecimenIn) -> UUID:
    made = new_id()
    values = {"id": made, "pinyin": new.name, "registry_version": 1, **new.model_dump()}
    await session.execute(insert(Kindergarten).values(values))
    await announce(session, "specimen.stored", f"specimens/{made}", division=new.division, data={"name": new.name})
    return made


@router.post("", operation_id="store_specimen", status_code=201)
async def store_specimen(new: SpecimenIn, _: Caller, session: Write) -> dict[str, str]:
    if new.name == "refuse":
        raise SpecimenIsForbidden(name=new.name, pointer="/name")
    made = await store(session, new)
    if new.name == "fail late":
        raise Broken
    if new.name == "crash":
        raise RuntimeError("a bug")
    return {"id": str(made)}


@router.post("/forms", operation_id="store_specimen_form", status_code=201)
async def store_specimen_form(new: Annotated[SpecimenIn, Form()], _: Caller, session: Write) -> dict[str, str]:
    return {"id": str(await store(session, new))}


@router.get("", operation_id="list_specimens", response_model=SpecimenPage)
async def list_specimens(
    query: Annotated[SpecimenQuery, Query()], request: Request, _: Caller, reader: Read
) -> Response:
    return await answer(request, reader, SPECIMENS, query)


@router.post("/counting", operation_id="count_specimens", status_code=202)
async def count_specimens(how: dict[str, Any], caller: Caller, session: Write) -> dict[str, str]:
    return {"id": str(await enqueue(session, caller, "specimen.count", how, division="110116"))}


@job("specimen.count")
async def count(work: Work) -> dict[str, Any]:
    """Store five specimens, one a step; die or fail in between when told to."""
    for number in range(work.checkpoint.get("next", 0), 5):
        if number == work.arguments.get("refuse_at"):
            raise Broken
        if number == work.arguments.get("die_at") and not work.checkpoint.get("died"):
            async with work.step(died=True):
                pass
            raise ConnectionError("the worker dies here")
        async with work.step(number + 1, 5, f"{number + 1}/5", next=number + 1) as session:
            await store(session, SpecimenIn(division="110116102", name=f"s{number}"))
    return {"stored": 5}


def create_app(database: stack.Database) -> FastAPI:
    return create_service("finance", "Specimen", ROLES, [router], made=stack.settings_for(database), keys=stack.KEYS)


__all__ = ["create_app", "jobs"]
