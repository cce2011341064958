import asyncio
import json
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Path, Query, Request, Response, Security, UploadFile

from services.finance.offers import offering
from services.finance.payroll_sheets import actions, queries
from services.finance.payroll_sheets.reading import csv_template, read, xlsx_template
from services.finance.payroll_sheets.refusals import MonthNotBegun, PayrollUnreadable
from services.finance.payroll_sheets.rules import MACHINE
from services.finance.payroll_sheets.schemas import (
    PayrollDecision,
    PayrollFiling,
    PayrollProofPage,
    PayrollProofQuery,
    PayrollSheetDetail,
    PayrollSheetPage,
    PayrollSheetQuery,
    PayrollStaffPage,
    PayrollStaffQuery,
    PayrollTemplateQuery,
)
from services.finance.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import InvalidInput, NotFound, problems
from shared.idempotency import Route
from shared.machine import AnotherPersonNeeded, NotInThisState
from shared.schemas import Day

router = APIRouter(tags=["payroll"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_PAYROLL_SHEETS])]
PayReader = Annotated[Actor, Security(authorize, scopes=[May.READ_PAY])]
Filer = Annotated[Actor, Security(authorize, scopes=[May.FILE_PAYROLL])]
Officer = Annotated[Actor, Security(authorize, scopes=[May.ACCEPT_PAYROLL])]
FORMS = (exports.CSV, exports.XLSX)
Month = Annotated[Day, Path(description="Any day of the month.")]


@router.get(
    "/payroll-sheets",
    operation_id="list_payroll_sheets",
    response_model=PayrollSheetPage,
    responses=exports.responses(PayrollSheetPage),
)
async def list_sheets(
    query: Annotated[PayrollSheetQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List the monthly proofs of pay, social insurance and housing fund 工资社保证明, by kindergarten and month."""
    return await exports.answer(request, reader, queries.SHEETS, query)


@router.get(
    "/payroll-sheets/template",
    operation_id="get_payroll_template",
    response_class=Response,
    responses={200: {"content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in FORMS}}},
)
async def get_template(
    query: Annotated[PayrollTemplateQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """The table that can be imported, as csv or xlsx by `Accept`; with a kindergarten and month it names its people."""
    people: list[str] = []
    if query.kindergarten and query.month:
        (found,) = await reader.row(
            queries.EXPECTED, kindergarten=query.kindergarten, month=query.month.replace(day=1)
        ) or ("[]",)
        people = json.loads(found)
    if request.headers.get("accept", "").startswith(exports.XLSX):
        return Response(await asyncio.to_thread(xlsx_template, people), media_type=exports.XLSX)
    return Response(csv_template(people), media_type=exports.CSV)


@router.get(
    "/payroll-sheets/{id}",
    operation_id="get_payroll_sheet",
    response_model=PayrollSheetDetail,
    responses=problems(NotFound),
)
async def get_sheet(id: UUID, caller: Reader, reader: Read) -> Response:
    """One sheet; `GET /payroll-proofs?sheet=` lists the people on it for those who may see pay."""
    return offering(MACHINE, await reader.one(queries.SHEET, "payroll sheet", id=id), caller)


@router.put(
    "/payroll-sheets/{kindergarten}/{month}",
    operation_id="file_payroll_sheet",
    response_model=PayrollSheetDetail,
    responses=problems(NotFound, MonthNotBegun, InvalidInput),
)
async def file_sheet(kindergarten: UUID, month: Month, said: PayrollFiling, caller: Filer, session: Write) -> Response:
    """File a month's proof 申报. The same again changes nothing; another one is the next revision to be accepted."""
    made = await actions.file_sheet(session, caller, kindergarten, month.replace(day=1), said.rows)
    return offering(MACHINE, await written_row(session, queries.SHEET, id=made), caller)


@router.post(
    "/payroll-sheets/{kindergarten}/{month}/imports",
    operation_id="import_payroll_sheet",
    response_model=PayrollSheetDetail,
    responses=problems(NotFound, MonthNotBegun, InvalidInput, PayrollUnreadable),
)
async def import_sheet(
    kindergarten: UUID,
    month: Month,
    caller: Filer,
    session: Write,
    file: Annotated[UploadFile, File(description="csv or xlsx with the header of GET /payroll-sheets/template.")],
) -> Response:
    """File a month's proof from a table 导入. All of it or, with every fault named, nothing.

    Columns as in the template; csv in UTF-8 or GB 18030. 已缴险种 is 全部, or 养老、医疗、失业、工伤、生育 joined
    by 、; 公积金已缴 is 是 or 否; 免缴事由 is 退休返聘 or 在其他单位参保; days are YYYY-MM-DD. 姓名 is never stored.
    """
    rows = await asyncio.to_thread(read, await file.read())
    made = await actions.file_sheet(session, caller, kindergarten, month.replace(day=1), rows)
    return offering(MACHINE, await written_row(session, queries.SHEET, id=made), caller)


@router.post(
    "/payroll-sheets/{id}/decisions",
    operation_id="decide_payroll_sheet",
    response_model=PayrollSheetDetail,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def decide_sheet(id: UUID, said: PayrollDecision, caller: Officer, session: Write) -> Response:
    """Accept or return a month's proof. Only what is accepted is checked and counted."""
    await actions.decide_sheet(session, caller, id, accept=said.accept, remark=said.remark)
    return offering(MACHINE, await written_row(session, queries.SHEET, id=id), caller)


@router.get(
    "/payroll-proofs",
    operation_id="list_payroll_proofs",
    response_model=PayrollProofPage,
    responses=exports.responses(PayrollProofPage),
)
async def list_proofs(
    query: Annotated[PayrollProofQuery, Query()], request: Request, _: PayReader, reader: Read
) -> Response:
    """List what each person was paid and insured for. Personal: only for those who file or check it."""
    return await exports.answer(request, reader, queries.PROOFS, query)


@router.get(
    "/payroll-staff",
    operation_id="list_payroll_staff",
    response_model=PayrollStaffPage,
    responses=exports.responses(PayrollStaffPage),
)
async def list_staff(
    query: Annotated[PayrollStaffQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List the posts of a month, as registry tells of them: the people whose proof is expected."""
    return await exports.answer(request, reader, queries.STAFF, query, month=query.month.replace(day=1))
