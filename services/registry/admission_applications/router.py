from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.admission_applications import actions, queries
from services.registry.admission_applications.schemas import (
    AdmissionApplicationChange,
    AdmissionApplicationNew,
    AdmissionApplicationOut,
    AdmissionApplicationPage,
    AdmissionApplicationQuery,
    AdmissionDeclarationCheck,
    AdmissionDeclarationNew,
)
from services.registry.admissions.refusals import (
    ChildLivesElsewhere,
    ChildLivesOutsideRound,
    RoundIsFixed,
    RoundTakesNoApplications,
)
from services.registry.keys import Keys
from services.registry.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.etags import IfMatch, VersionIsStale, VersionNeeded, tagged
from shared.idempotency import Route
from shared.machine import NotInThisState

router = APIRouter(prefix="/admission-applications", tags=["admission-applications"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_APPLICATIONS, May.READ_CHILDREN])]
Counter = Annotated[Actor, Security(authorize, scopes=[May.WRITE_APPLICATIONS, May.READ_CHILDREN])]
Checker = Annotated[Actor, Security(authorize, scopes=[May.CHECK_DECLARATIONS])]
CREATED: Final[dict[str, Any]] = {"status_code": status.HTTP_201_CREATED, "response_model": AdmissionApplicationOut}
ACTED = (NotFound, NotInThisState, RoundTakesNoApplications)


async def _answer(session: AsyncSession, caller: Actor, id: UUID, code: int = status.HTTP_201_CREATED) -> Response:
    text, version = await written_row(session, queries.APPLICATION, id=id)
    return tagged(queries.completed(text, caller), version, code)


@router.get(
    "",
    operation_id="list_admission_applications",
    response_model=AdmissionApplicationPage,
    responses=exports.responses(AdmissionApplicationPage),
)
async def list_admission_applications(
    query: Annotated[AdmissionApplicationQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List applications 报名 of children who live in the caller's scope. No kindergarten sees any."""
    return await exports.answer(request, reader, queries.APPLICATIONS, query)


@router.get(
    "/{id}",
    operation_id="get_admission_application",
    response_model=AdmissionApplicationOut,
    responses=problems(NotFound),
)
async def get_admission_application(id: UUID, caller: Reader, reader: Read) -> Response:
    """One application with its wishes, declarations and, once places are allocated, what came of each wish."""
    text, version = await reader.one(queries.APPLICATION, "application", id=id)
    return tagged(queries.completed(text, caller), version)


@router.post(
    "",
    operation_id="file_admission_application",
    **CREATED,
    responses=problems(
        NotFound,
        RoundTakesNoApplications,
        ChildLivesElsewhere,
        ChildLivesOutsideRound,
        constraints=("child_has_applied", "already_declared"),
    ),
)
async def file_admission_application(
    new: AdmissionApplicationNew, keys: Keys, caller: Counter, session: Write
) -> Response:
    """Take an application 报名: wishes in order, declarations, a guardian's consent. No test, no score (REG-21).

    Wishes are best named as they are: with any other order, or fewer of them, a child never gets a place it likes
    better.
    """
    made = await actions.file_application(session, keys, caller, new)
    return await _answer(session, caller, made)


@router.patch(
    "/{id}",
    operation_id="change_admission_wishes",
    response_model=AdmissionApplicationOut,
    responses=problems(*ACTED, VersionNeeded, VersionIsStale),
)
async def change_admission_wishes(
    id: UUID, change: AdmissionApplicationChange, version: IfMatch, caller: Counter, session: Write
) -> Response:
    """Wish for other places, or in another order, while the round takes applications."""
    await actions.change_wishes(session, caller, id, version, change)
    return await _answer(session, caller, id, status.HTTP_200_OK)


@router.post("/{id}/withdrawals", operation_id="withdraw_admission_application", **CREATED, responses=problems(*ACTED))
async def withdraw_admission_application(id: UUID, caller: Counter, session: Write) -> Response:
    """Take an application back 撤回; another one may be filed while the round takes applications."""
    await actions.withdraw_application(session, caller, id)
    return await _answer(session, caller, id)


@router.post(
    "/{id}/declarations",
    operation_id="declare_for_admission",
    **CREATED,
    responses=problems(*ACTED, constraints=("already_declared",)),
)
async def declare_for_admission(id: UUID, new: AdmissionDeclarationNew, caller: Counter, session: Write) -> Response:
    """Declare something more that is to count 补充声明."""
    await actions.declare(session, caller, id, new)
    return await _answer(session, caller, id)


@router.post(
    "/{id}/declarations/{declaration}/checks",
    operation_id="check_admission_declaration",
    **CREATED,
    responses=problems(NotFound, NotInThisState, RoundIsFixed),
)
async def check_admission_declaration(
    id: UUID, declaration: UUID, sent: AdmissionDeclarationCheck, caller: Checker, session: Write
) -> Response:
    """Say that the proof was seen and holds, or why not 审核. Only what is confirmed counts in the order."""
    await actions.check_declaration(session, caller, id, declaration, sent)
    return await _answer(session, caller, id)
