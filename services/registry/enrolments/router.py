from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.registry.classes.refusals import KindergartenNotOpen
from services.registry.enrolments import actions, queries
from services.registry.enrolments.previews import preview
from services.registry.enrolments.refusals import (
    LIMITS,
    OVERLAPS,
    AlreadyInTheClass,
    EnrolmentHasBegun,
    EnrolmentHasEnded,
)
from services.registry.enrolments.schemas import (
    EnrolmentCorrection,
    EnrolmentEnding,
    EnrolmentNew,
    EnrolmentOptions,
    EnrolmentOut,
    EnrolmentPage,
    EnrolmentPreview,
    EnrolmentQuery,
    EnrolmentTransfer,
    Transferred,
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

router = APIRouter(prefix="/enrolments", tags=["enrolments"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_ENROLMENTS])]
Registrar = Annotated[Actor, Security(authorize, scopes=[May.WRITE_ENROLMENTS])]
Admitter = Annotated[Actor, Security(authorize, scopes=[May.WRITE_ENROLMENTS, May.WRITE_CHILDREN])]


@router.get(
    "", operation_id="list_enrolments", response_model=EnrolmentPage, responses=exports.responses(EnrolmentPage)
)
async def list_enrolments(
    query: Annotated[EnrolmentQuery, Query()], request: Request, caller: Reader, reader: Read
) -> Response:
    """List periods of enrolment in the caller's scope: in force on a day, lasting in a period, or all."""
    return await exports.answer(request, reader, queries.ENROLMENTS, queries.narrowed(query, caller))


@router.get("/{id}", operation_id="get_enrolment", response_model=EnrolmentOut, responses=problems(NotFound))
async def get_enrolment(id: UUID, _: Reader, reader: Read) -> Response:
    """One period of enrolment."""
    return tagged(*await reader.one(queries.ENROLMENT, "enrolment", id=id))


@router.post(
    "",
    operation_id="enrol_child",
    status_code=status.HTTP_201_CREATED,
    response_model=EnrolmentOut,
    responses=problems(NotFound, KindergartenNotOpen, constraints=(*OVERLAPS, *LIMITS, "child_already_registered"))
    | {200: {"model": EnrolmentPreview, "description": "With `preview=true`: what enrolling would do."}},
)
async def enrol_child(
    new: EnrolmentNew, options: Annotated[EnrolmentOptions, Query()], keys: Keys, _: Admitter, session: Write
) -> Response:
    """Enrol a child 入园. A child is in one kindergarten of the district at a time, a class never over its limit."""
    if options.preview:
        effect = await preview(session, keys, new)
        return Response(effect.model_dump_json(), media_type="application/json")
    made = await actions.enrol(session, keys, new)
    body, version = await written_row(session, queries.ENROLMENT, id=made.id)
    return tagged(body, version, status.HTTP_201_CREATED)


@router.post(
    "/{id}/end",
    operation_id="end_enrolment",
    response_model=EnrolmentOut,
    responses=problems(NotFound, EnrolmentHasEnded, constraints=LIMITS),
)
async def end_enrolment(id: UUID, ending: EnrolmentEnding, _: Registrar, session: Write) -> Response:
    """End a period 离园: the child left, graduated, or is released to another kindergarten."""
    await actions.end_enrolment(session, id, ending)
    return tagged(*await written_row(session, queries.ENROLMENT, id=id))


@router.post(
    "/{id}/transfer",
    operation_id="transfer_child",
    status_code=status.HTTP_201_CREATED,
    response_model=Transferred,
    responses=problems(
        NotFound, EnrolmentHasEnded, AlreadyInTheClass, KindergartenNotOpen, constraints=(*OVERLAPS, *LIMITS)
    ),
)
async def transfer_child(id: UUID, wish: EnrolmentTransfer, _: Registrar, session: Write) -> Response:
    """Move a child to another class 调班, or another kindergarten 转园 in the caller's scope, in one step.

    A kindergarten does not see another's classes: there the former one ends the enrolment with the reason `transfer`,
    and the new one enrols the child by identity.
    """
    made = await actions.transfer(session, id, wish)
    ended, _version = await written_row(session, queries.ENROLMENT, id=id)
    began, version = await written_row(session, queries.ENROLMENT, id=made.id)
    return tagged(f'{{"ended":{ended},"began":{began}}}', version, status.HTTP_201_CREATED)


@router.patch(
    "/{id}",
    operation_id="correct_enrolment",
    response_model=EnrolmentOut,
    responses=problems(NotFound, VersionNeeded, VersionIsStale, constraints=(*OVERLAPS, *LIMITS)),
)
async def correct_enrolment(
    id: UUID, correction: EnrolmentCorrection, version: IfMatch, _: Registrar, session: Write
) -> Response:
    """Correct dates or reasons that were recorded wrongly. The former state stays in the history."""
    await actions.correct_enrolment(session, id, version, correction)
    return tagged(*await written_row(session, queries.ENROLMENT, id=id))


@router.delete(
    "/{id}",
    operation_id="withdraw_enrolment",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(NotFound, EnrolmentHasBegun, constraints=OVERLAPS),
)
async def withdraw_enrolment(id: UUID, _: Registrar, session: Write) -> None:
    """Take back a period that has not begun 撤回: a planned entry, transfer or promotion that will not happen.

    The period before it keeps its end: correct that one where the child stays or leaves on another day.
    """
    await actions.withdraw_enrolment(session, id)
