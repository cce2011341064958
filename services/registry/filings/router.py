import json
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security

from services.registry.filings import actions, queries
from services.registry.filings.answers import CREATED, answer, read, standing_days
from services.registry.filings.effects import effects
from services.registry.filings.models import ONE_OPEN, TWO_PEOPLE
from services.registry.filings.rules import FilingIsStale, NothingToFile, RecognitionDecidesType
from services.registry.filings.schemas import (
    FilingAcceptance,
    FilingEffects,
    FilingNew,
    FilingOut,
    FilingPage,
    FilingPreview,
    FilingProposal,
    FilingQuery,
    FilingReturn,
    FilingStandingPage,
    FilingStandingQuery,
    FilingWithdrawal,
)
from services.registry.kindergartens.actions import LicenceActNeeded
from services.registry.kindergartens.router import KEYS
from services.registry.kindergartens.takeovers import PreviewIsStale
from services.registry.permissions import May
from services.registry.types.router import LAW
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import AnotherPersonNeeded, NotInThisState

router = APIRouter(prefix="/filings", tags=["filings"], route_class=Route)
standings = APIRouter(prefix="/filing-standings", tags=["filings"], route_class=Route)
previews = APIRouter(prefix="/filing-previews", tags=["filings"], route_class=Route)
of_licences = APIRouter(prefix="/licence-applications/{id}/effects", tags=["licences"], route_class=Route)

LicenceReader = Annotated[Actor, Security(authorize, scopes=[May.READ_LICENCES])]
Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_FILINGS])]
Proposer = Annotated[Actor, Security(authorize, scopes=[May.PROPOSE_FILINGS])]
Answerer = Annotated[Actor, Security(authorize, scopes=[May.ANSWER_FILINGS])]
PROPOSED = (NothingToFile, LicenceActNeeded, RecognitionDecidesType)


@standings.get(
    "",
    operation_id="list_filing_standings",
    response_model=FilingStandingPage,
    responses=exports.responses(FilingStandingPage),
)
async def list_filing_standings(
    query: Annotated[FilingStandingQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """How fresh each record is: yearly confirmation, filings without answer, changes not yet published (REG-24)."""
    days = standing_days(query.as_of or today())
    return await exports.answer(request, reader, queries.STANDINGS, query, **days)


@previews.post("", operation_id="preview_filing", responses=problems(NotFound))
async def preview_filing(_: Reader, new: FilingPreview, reader: Read, session: Write) -> FilingEffects:
    """What changes of a record would do: difference, consequences, targets, and what stands against filing them."""
    return FilingEffects.model_validate(await actions.preview_filing(session, reader, new))


@of_licences.get("", operation_id="get_licence_application_effects", responses=problems(NotFound))
async def get_licence_application_effects(id: UUID, _: LicenceReader, reader: Read) -> FilingEffects:
    """What an applied change of a licence would do to targets, fees and subsidy, on the record as it stands."""
    kindergarten, changes = await reader.one(queries.LICENCE_CHANGES, "licence application", id=id)
    found = await effects(reader, kindergarten, None, json.loads(changes), today(), by_licence=True)
    return FilingEffects.model_validate(found)


@router.get("", operation_id="list_filings", response_model=FilingPage, responses=exports.responses(FilingPage))
async def list_filings(query: Annotated[FilingQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """List the filings 信息备案 in the caller's scope, with those not answered in time."""
    return await exports.answer(request, reader, queries.FILINGS, query, as_of=query.as_of or today())


@router.get("/{id}", operation_id="get_filing", response_model=FilingOut, responses=problems(NotFound))
async def get_filing(id: UUID, _: Reader, reader: Read) -> Response:
    """One filing: each field before and after, what follows for targets, fees and subsidy, what the caller may do."""
    return await read(reader, id)


@router.post(
    "",
    operation_id="propose_filing",
    **CREATED,
    responses=problems(NotFound, *PROPOSED, constraints=(ONE_OPEN, *LAW)),
)
async def propose_filing(caller: Proposer, new: FilingNew, reader: Read, session: Write) -> Response:
    """File changes of the own record 变更备案, or confirm it as it is 年度确认.

    What the licence says is not filed but applied for: the refusal names the fields and the way.
    """
    return await answer(session, reader, await actions.propose_filing(session, caller, new))


@router.post(
    "/{id}/amendments",
    operation_id="amend_filing",
    **CREATED,
    responses=problems(NotFound, NotInThisState, *PROPOSED, constraints=LAW),
)
async def amend_filing(id: UUID, caller: Proposer, new: FilingProposal, reader: Read, session: Write) -> Response:
    """Hand it in again 重新提交, compared with the record as it stands now."""
    await actions.amend_filing(session, caller, id, new)
    return await answer(session, reader, id)


@router.post(
    "/{id}/withdrawals", operation_id="withdraw_filing", **CREATED, responses=problems(NotFound, NotInThisState)
)
async def withdraw_filing(id: UUID, caller: Proposer, new: FilingWithdrawal, reader: Read, session: Write) -> Response:
    """Take it back 撤回."""
    await actions.withdraw_filing(session, caller, id, new.note)
    return await answer(session, reader, id)


@router.post(
    "/{id}/returns",
    operation_id="return_filing",
    **CREATED,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def return_filing(id: UUID, caller: Answerer, new: FilingReturn, reader: Read, session: Write) -> Response:
    """Send it back 退回 with the reasons."""
    await actions.return_filing(session, caller, id, new.note)
    return await answer(session, reader, id)


@router.post(
    "/{id}/acceptances",
    operation_id="accept_filing",
    **CREATED,
    responses=problems(
        NotFound,
        NotInThisState,
        AnotherPersonNeeded,
        FilingIsStale,
        PreviewIsStale,
        LicenceActNeeded,
        RecognitionDecidesType,
        constraints=(*KEYS, *LAW, TWO_PEOPLE),
    ),
)
async def accept_filing(id: UUID, _: Answerer, new: FilingAcceptance, reader: Read, session: Write) -> Response:
    """Accept it 准予备案, by another person: the record says so from now on, and the public page is to follow."""
    await actions.accept_filing(session, reader, id, new)
    return await answer(session, reader, id)
