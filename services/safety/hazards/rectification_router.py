from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Path, Response, Security

from services.safety.answers import JSON
from services.safety.hazards import actions, queries, supervising
from services.safety.hazards.actions import FindingDiffers
from services.safety.hazards.answers import CREATED, answer
from services.safety.hazards.rules import (
    MACHINE,
    AlreadyListed,
    ExtensionPending,
    ExtensionsUsedUp,
    NoExtensionPending,
    NotListed,
    OnlyMajorHazards,
    PlanMissing,
)
from services.safety.hazards.schemas import (
    ExtensionDecisionIn,
    ExtensionIn,
    FindingPut,
    HazardListingIn,
    HazardOut,
    PlanIn,
    ProgressIn,
    RectificationIn,
    RemovalIn,
    ReopeningIn,
    VerificationIn,
)
from services.safety.offers import with_actions
from services.safety.permissions import May
from services.safety.steps.actions import FileUnknown
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import AnotherPersonNeeded, NotInThisState

router = APIRouter(prefix="/hazards", tags=["hazards"], route_class=Route)
findings = APIRouter(prefix="/findings", tags=["hazards"], route_class=Route)

Source = Literal["quality", "finance", "registry", "external"]
Reference = Annotated[str, Path(min_length=1, max_length=200)]
Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_HAZARDS])]
Finder = Annotated[Actor, Security(authorize, scopes=[May.RAISE_FINDINGS])]
Asker = Annotated[Actor, Security(authorize, scopes=[May.ASK_EXTENSIONS])]
Decider = Annotated[Actor, Security(authorize, scopes=[May.DECIDE_EXTENSIONS])]
Lister = Annotated[Actor, Security(authorize, scopes=[May.LIST_HAZARDS])]
Planner = Annotated[Actor, Security(authorize, scopes=[May.PLAN_RECTIFICATIONS])]
Rectifier = Annotated[Actor, Security(authorize, scopes=[May.RECTIFY_HAZARDS])]
Verifier = Annotated[Actor, Security(authorize, scopes=[May.VERIFY_HAZARDS])]
Remover = Annotated[Actor, Security(authorize, scopes=[May.REMOVE_HAZARDS])]
Reopener = Annotated[Actor, Security(authorize, scopes=[May.REOPEN_HAZARDS])]


@findings.put(
    "/{source}/{reference}",
    operation_id="put_finding",
    **CREATED,
    responses=problems(NotFound, FindingDiffers),
)
async def put_finding(
    source: Source,
    reference: Reference,
    new: FindingPut,
    caller: Finder,
    session: Write,
) -> Response:
    """Hand over a finding of another service or system; sent again under the same reference it is the same hazard."""
    return await answer(session, caller, await actions.raise_finding(session, caller, source, reference, new))


@findings.get(
    "/{source}/{reference}",
    operation_id="get_finding",
    response_model=HazardOut,
    responses=problems(NotFound),
)
async def get_finding(source: Source, reference: Reference, caller: Reader, reader: Read) -> Response:
    """What became of a finding, by the reference of who found it."""
    (found,) = await reader.one(queries.BY_REFERENCE, "finding", source=source, reference=reference)
    (body,) = await reader.one(queries.HAZARD, "hazard", id=UUID(found), as_of=today())
    return Response(with_actions(body, MACHINE, caller), media_type=JSON)


@router.post(
    "/{id}/extensions",
    operation_id="ask_hazard_extension",
    **CREATED,
    responses=problems(NotFound, NotInThisState, ExtensionPending, ExtensionsUsedUp, FileUnknown),
)
async def ask_extension(id: UUID, asked: ExtensionIn, caller: Asker, session: Write) -> Response:
    """Ask for a later deadline 申请延期."""
    await actions.ask_extension(session, caller, id, asked)
    return await answer(session, caller, id)


@router.post(
    "/{id}/extension-decisions",
    operation_id="decide_hazard_extension",
    **CREATED,
    responses=problems(NotFound, NotInThisState, NoExtensionPending, AnotherPersonNeeded),
)
async def decide_extension(id: UUID, asked: ExtensionDecisionIn, caller: Decider, session: Write) -> Response:
    """Answer the request to extend 答复延期."""
    await actions.decide_extension(session, caller, id, asked)
    return await answer(session, caller, id)


@router.post(
    "/{id}/listings",
    operation_id="put_hazard_under_supervision",
    **CREATED,
    responses=problems(NotFound, NotInThisState, OnlyMajorHazards, AlreadyListed),
)
async def list_hazard(id: UUID, asked: HazardListingIn, caller: Lister, session: Write) -> Response:
    """Put a major hazard on the list 挂牌督办."""
    await supervising.list_hazard(session, caller, id, asked)
    return await answer(session, caller, id)


@router.post(
    "/{id}/plans",
    operation_id="plan_rectification",
    **CREATED,
    responses=problems(NotFound, NotInThisState, NotListed, FileUnknown),
)
async def plan_rectification(id: UUID, asked: PlanIn, caller: Planner, session: Write) -> Response:
    """File the plan of a listed hazard 整改方案(五落实)."""
    await supervising.plan_rectification(session, caller, id, asked)
    return await answer(session, caller, id)


@router.post(
    "/{id}/progress-reports",
    operation_id="report_rectification_progress",
    **CREATED,
    responses=problems(NotFound, NotInThisState, NotListed, FileUnknown),
)
async def report_progress(id: UUID, asked: ProgressIn, caller: Planner, session: Write) -> Response:
    """Report a month's progress 整改进展月报."""
    await supervising.report_progress(session, caller, id, asked)
    return await answer(session, caller, id)


@router.post(
    "/{id}/rectifications",
    operation_id="rectify_hazard",
    **CREATED,
    responses=problems(NotFound, NotInThisState, PlanMissing, FileUnknown),
)
async def rectify_hazard(id: UUID, asked: RectificationIn, caller: Rectifier, session: Write) -> Response:
    """Hand in the proof that it is gone 提交整改."""
    await actions.rectify_hazard(session, caller, id, asked)
    return await answer(session, caller, id)


@router.post(
    "/{id}/verifications",
    operation_id="verify_hazard",
    **CREATED,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded, FileUnknown),
)
async def verify_hazard(id: UUID, asked: VerificationIn, caller: Verifier, session: Write) -> Response:
    """Verify the proof 复核, by somebody who neither reported nor rectified it."""
    await supervising.verify_hazard(session, caller, id, asked)
    return await answer(session, caller, id)


@router.post(
    "/{id}/removals",
    operation_id="remove_hazard",
    **CREATED,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def remove_hazard(id: UUID, asked: RemovalIn, caller: Remover, session: Write) -> Response:
    """Take an accepted major hazard off the list 销号."""
    await supervising.remove_hazard(session, caller, id, asked)
    return await answer(session, caller, id)


@router.post(
    "/{id}/reopenings",
    operation_id="reopen_hazard",
    **CREATED,
    responses=problems(NotFound, NotInThisState, FileUnknown),
)
async def reopen_hazard(id: UUID, asked: ReopeningIn, caller: Reopener, session: Write) -> Response:
    """Reopen a closed hazard 重新整改."""
    await actions.reopen_hazard(session, caller, id, asked)
    return await answer(session, caller, id)
