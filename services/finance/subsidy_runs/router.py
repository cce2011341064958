from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.finance.books.refusals import PERIOD_CLOSED
from services.finance.permissions import May
from services.finance.refusals import ANOTHER_PERSON, NoSuchStep
from services.finance.scopes import DistrictDecides
from services.finance.subsidy_runs import actions, queries
from services.finance.subsidy_runs.refusals import ONE_AT_A_TIME, InputsHaveChanged, NoDistrictBook, NoProgramme
from services.finance.subsidy_runs.rules import sentences
from services.finance.subsidy_runs.schemas import (
    ComparisonPage,
    ComparisonQuery,
    ExplanationOut,
    SubsidyLinePage,
    SubsidyLineQuery,
    SubsidyRunNew,
    SubsidyRunOut,
    SubsidyRunPage,
    SubsidyRunQuery,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Query as Statement
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.etags import tagged
from shared.idempotency import Route

router = APIRouter(tags=["subsidy runs"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_SUBSIDIES])]
Overseer = Annotated[Actor, Security(authorize, scopes=[May.READ_SUBSIDY_RUNS])]
Preparer = Annotated[Actor, Security(authorize, scopes=[May.PREPARE_SUBSIDIES])]
Approver = Annotated[Actor, Security(authorize, scopes=[May.APPROVE_SUBSIDIES])]
EXPLANATION = Statement(queries.EXPLANATION)


@router.get(
    "/subsidy-runs",
    operation_id="list_subsidy_runs",
    response_model=SubsidyRunPage,
    responses=exports.responses(SubsidyRunPage),
)
async def list_runs(
    query: Annotated[SubsidyRunQuery, Query()], request: Request, _: Overseer, reader: Read
) -> Response:
    """List the subsidy runs 补助批次."""
    return await exports.answer(request, reader, queries.RUNS, query)


@router.post(
    "/subsidy-runs",
    operation_id="prepare_subsidy_run",
    status_code=status.HTTP_202_ACCEPTED,
    response_model=SubsidyRunOut,
    responses=problems(DistrictDecides, NoProgramme, constraints=(ONE_AT_A_TIME,)),
)
async def prepare_run(new: SubsidyRunNew, caller: Preparer, session: Write) -> Response:
    """Prepare a run 测算: computed as a job from what is known now, with former months' differences."""
    made = await actions.prepare_run(session, caller, new)
    body, version = await written_row(session, queries.RUN, id=made)
    return tagged(body, version, status.HTTP_202_ACCEPTED)


@router.get(
    "/subsidy-runs/{id}", operation_id="get_subsidy_run", response_model=SubsidyRunOut, responses=problems(NotFound)
)
async def get_run(id: UUID, _: Overseer, reader: Read) -> Response:
    """One run."""
    return tagged(*await reader.one(queries.RUN, "subsidy run", id=id))


@router.get(
    "/subsidy-runs/{id}/comparison",
    operation_id="compare_subsidy_run",
    response_model=ComparisonPage,
    responses=exports.responses(ComparisonPage),
)
async def compare_run(
    id: UUID, query: Annotated[ComparisonQuery, Query()], request: Request, _: Overseer, reader: Read
) -> Response:
    """Preview: each kindergarten and programme beside the month before, corrections apart."""
    return await exports.answer(request, reader, queries.COMPARISON, query, id=id)


@router.get(
    "/subsidy-lines",
    operation_id="list_subsidy_lines",
    response_model=SubsidyLinePage,
    responses=exports.responses(SubsidyLinePage),
)
async def list_lines(
    query: Annotated[SubsidyLineQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List what runs settled, line by line."""
    return await exports.answer(request, reader, queries.LINES, query)


@router.get("/subsidy-lines/{id}/explanation", operation_id="explain_subsidy_line", responses=problems(NotFound))
async def explain_line(id: UUID, _: Reader, reader: Read) -> ExplanationOut:
    """Why a line is the amount it is: Chinese sentences, and the facts, numbers and documents it came from."""
    line, amount, facts = await reader.one(EXPLANATION, "subsidy line", id=id)
    return ExplanationOut(line=line, amount=amount, sentences=sentences(facts), facts=facts)


@router.post(
    "/subsidy-runs/{id}/approvals",
    operation_id="approve_subsidy_run",
    response_model=SubsidyRunOut,
    responses=problems(
        NotFound, NoSuchStep, InputsHaveChanged, NoDistrictBook, constraints=(ANOTHER_PERSON, PERIOD_CLOSED)
    ),
)
async def approve_run(id: UUID, caller: Approver, session: Write) -> Response:
    """Approve a run 审批: exactly what was prepared, or a refusal when a fact it rests on has changed since."""
    await actions.approve_run(session, caller, id, today())
    return tagged(*await written_row(session, queries.RUN, id=id))


@router.post(
    "/subsidy-runs/{id}/cancellations",
    operation_id="cancel_subsidy_run",
    response_model=SubsidyRunOut,
    responses=problems(NotFound, NoSuchStep),
)
async def cancel_run(id: UUID, _: Preparer, session: Write) -> Response:
    """Cancel a run that is not approved 作废."""
    await actions.cancel_run(session, id)
    return tagged(*await written_row(session, queries.RUN, id=id))


@router.post(
    "/subsidy-runs/{id}/closings",
    operation_id="close_subsidy_run",
    response_model=SubsidyRunOut,
    responses=problems(NotFound, NoSuchStep),
)
async def close_run(id: UUID, _: Approver, session: Write) -> Response:
    """Close a run whose payments are all made 办结."""
    await actions.close_run(session, id)
    return tagged(*await written_row(session, queries.RUN, id=id))
