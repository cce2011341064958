from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response, Security, status
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.identifiers.rules import normal_form
from services.registry.kindergartens import actions, queries
from services.registry.kindergartens.offers import completed
from services.registry.kindergartens.rules import (
    FOR_PROFIT_NOT_INCLUSIVE,
    FOUNDER_FORBIDS_TYPE,
    PUBLIC_ASSETS_FOR_PROFIT,
    PUBLIC_FOR_PROFIT,
)
from services.registry.kindergartens.schemas import (
    Branches,
    Kindergarten,
    KindergartenDay,
    KindergartenNew,
    KindergartenPage,
    KindergartenPatch,
    KindergartenPut,
    KindergartenQuery,
    Summary,
)
from services.registry.kindergartens.transitions import NEEDS_A_TYPE, NOT_A_BEGINNING
from services.registry.permissions import May
from services.registry.refusals import named
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.etags import IfMatch, VersionIsStale, VersionNeeded, tagged
from shared.idempotency import Route

router = APIRouter(prefix="/kindergartens", tags=["kindergartens"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_KINDERGARTENS])]
Counter = Annotated[Actor, Security(authorize, scopes=[May.READ_KINDERGARTENS, May.READ_ENROLMENTS])]
Registrar = Annotated[Actor, Security(authorize, scopes=[May.WRITE_KINDERGARTENS])]
Day = Annotated[KindergartenDay, Query()]
KEYS = ("school_code_taken", "credit_code_taken", "licence_expires_before_issue")
FOUNDER = named(FOUNDER_FORBIDS_TYPE, FOR_PROFIT_NOT_INCLUSIVE, PUBLIC_FOR_PROFIT, PUBLIC_ASSETS_FOR_PROFIT)
BEGINNING = (*KEYS, *FOUNDER, *named(NEEDS_A_TYPE, NOT_A_BEGINNING))


@router.get(
    "",
    operation_id="list_kindergartens",
    response_model=KindergartenPage,
    responses=exports.responses(KindergartenPage),
)
async def list_kindergartens(
    query: Annotated[KindergartenQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List the kindergartens in the caller's scope, with the type and status they had on a day."""
    return await exports.answer(request, reader, queries.KINDERGARTENS, query, as_of=query.as_of or today())


@router.get("/{id}", operation_id="get_kindergarten", response_model=Kindergarten, responses=problems(NotFound))
async def get_kindergarten(id: UUID, query: Day, caller: Reader, reader: Read) -> Response:
    """One kindergarten, with what the caller may do with it now."""
    text, *_ = await reader.one(queries.KINDERGARTEN, "kindergarten", id=id, as_of=query.as_of or today())
    return tagged(*completed(text, caller, today()))


@router.get(
    "/{id}/summary", operation_id="get_kindergarten_summary", response_model=Summary, responses=problems(NotFound)
)
async def get_kindergarten_summary(id: UUID, query: Day, _: Counter, reader: Read) -> Response:
    """Classes and children of a kindergarten on a day."""
    found = await reader.one(queries.SUMMARY, "kindergarten", id=id, as_of=query.as_of or today())
    return Response(found[0], media_type="application/json")


@router.get(
    "/{id}/branches", operation_id="list_kindergarten_branches", response_model=Branches, responses=problems(NotFound)
)
async def list_kindergarten_branches(id: UUID, query: Day, _: Reader, reader: Read) -> Response:
    """The branches 分园 of a kindergarten, as far as the caller's scope reaches."""
    await reader.one(queries.KNOWN, "kindergarten", id=id)
    found = await reader.one(queries.BRANCHES, "kindergarten", id=id, as_of=query.as_of or today())
    return Response(f'{{"items":{found[0]}}}', media_type="application/json")


@router.post(
    "",
    operation_id="register_kindergarten",
    status_code=status.HTTP_201_CREATED,
    response_model=Kindergarten,
    responses=problems(constraints=BEGINNING),
)
async def register_kindergarten(caller: Registrar, new: KindergartenNew, session: Write) -> Response:
    """Register a kindergarten with its first status and type."""
    return await _shown(session, caller, await actions.register(session, caller, new), new=True)


@router.put(
    "/by-school-code/{school_code}",
    operation_id="put_kindergarten_by_school_code",
    response_model=Kindergarten,
    responses={
        201: {"model": Kindergarten, "description": "Registered"},
        **problems(actions.FirstEntryDiffers, actions.LicenceActNeeded, constraints=BEGINNING),
    },
)
async def put_kindergarten_by_school_code(
    school_code: Annotated[str, Path(max_length=30, pattern=r"^[\w -]+$")],
    caller: Registrar,
    put: KindergartenPut,
    session: Write,
) -> Response:
    """Bring the entry under a school code to this state: registered when it is new, left alone when nothing differs."""
    made, new = await actions.put_by_school_code(session, caller, normal_form(school_code), put)
    return await _shown(session, caller, made, new=new)


@router.patch(
    "/{id}",
    operation_id="edit_kindergarten",
    response_model=Kindergarten,
    responses=problems(
        NotFound, VersionNeeded, VersionIsStale, actions.LicenceActNeeded, constraints=(*KEYS, *FOUNDER)
    ),
)
async def edit_kindergarten(
    id: UUID, caller: Registrar, version: IfMatch, patch: KindergartenPatch, session: Write
) -> Response:
    """Change fields of the entry. Into another division it takes classes, enrolments and everything else along.

    What the licence says (name, address, division, founder, legal form, seats) changes by an act on the licence only.
    """
    await actions.edit(session, caller, id, patch, version)
    return await _shown(session, caller, id)


async def _shown(session: AsyncSession, caller: Actor, id: UUID, *, new: bool = False) -> Response:
    text, *_ = await written_row(session, queries.KINDERGARTEN, id=id, as_of=today())
    answer = tagged(*completed(text, caller, today()), status.HTTP_201_CREATED if new else status.HTTP_200_OK)
    if new:
        answer.headers["Location"] = f"/v1/kindergartens/{id}"
    return answer
