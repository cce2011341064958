from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response, Security
from sqlalchemy import Boolean, Date, DateTime, Text, Uuid, bindparam, column, func, or_, select, text
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.contribution_reports.codes import ContributionSource
from services.finance.contribution_reports.models import ContributionReport
from services.finance.contribution_reports.schemas import (
    ContributionFiling,
    ContributionsStored,
    ContributionStatusOut,
    ContributionStatusPage,
    ContributionStatusQuery,
)
from services.finance.payroll_checks.queries import PEOPLE
from services.finance.permissions import May
from services.finance.scopes import DistrictDecides, district_of
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.errors import problems
from shared.events import announce
from shared.idempotency import Route
from shared.listing import Listing
from shared.schemas import Day

router = APIRouter(tags=["payroll"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_CONTRIBUTIONS])]
Reporter = Annotated[Actor, Security(authorize, scopes=[May.REPORT_CONTRIBUTIONS])]
_status = (
    text(
        PEOPLE
        + r"""
        SELECT s.kindergarten\:\:text || '/' || s.person\:\:text AS place, s.kindergarten, s.person, r.month,
               s.paid > 0 AND s.paid >= s.payable AS paid,
               s.insurances @> ARRAY['pension', 'medical', 'unemployment', 'injury', 'maternity'] AS insured,
               s.fund_paid, t.sources, t.insurances AS reported_insurances, t.fund_paid AS reported_fund_paid,
               t.reported_at, coalesce(s.fund_paid AND NOT t.fund_paid OR EXISTS (
                 SELECT FROM unnest(s.insurances) i
                 WHERE i = ANY (t.spoken) AND i <> ALL (coalesce(t.insurances, '{}'))), false) AS contradicted
        FROM seen s CROSS JOIN rule r LEFT JOIN told t USING (person)
        """
    )
    .bindparams(bindparam("month", type_=Date))
    .columns(
        column("place", Text),
        *(column(name, Uuid) for name in ("kindergarten", "person")),
        *(column(name, Boolean) for name in ("paid", "insured", "fund_paid", "reported_fund_paid", "contradicted")),
        column("month", Date),
        *(column(name, ARRAY(Text)) for name in ("sources", "reported_insurances")),
        column("reported_at", DateTime(timezone=True)),
    )
    .subquery("status")
    .c
)
STATUSES = Listing(
    "contribution-statuses",
    select(*(_status[name] for name in ContributionStatusOut.model_fields)),
    _status.place,
    {"place": _status.place},
    {name: _status[name] == bindparam(name) for name in ("kindergarten", "person", "contradicted")},
)


@router.put(
    "/contribution-reports/{month}/{source}",
    operation_id="report_contributions",
    responses=problems(DistrictDecides),
)
async def report_contributions(
    month: Annotated[Day, Path(description="Any day of the month.")],
    source: ContributionSource,
    said: ContributionFiling,
    caller: Reporter,
    session: Write,
) -> ContributionsStored:
    """Report who was paid in for 部门反馈, each by registry's id of the person: whether, never how much.

    The same again changes nothing; what differs replaces what the same department said before.
    """
    first = month.replace(day=1)
    changed = await _store(session, caller, first, source, said)
    return ContributionsStored(month=first, source=source, people=len(said.rows), changed=changed)


@router.get(
    "/contribution-statuses",
    operation_id="list_contribution_statuses",
    response_model=ContributionStatusPage,
    responses=exports.responses(ContributionStatusPage),
)
async def list_statuses(
    query: Annotated[ContributionStatusQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """缴纳情况 of a month: what kindergartens proved beside what the departments say. Yes or no, no amounts."""
    values = {"month": query.month.replace(day=1), "as_of": today()}
    return await exports.answer(request, reader, STATUSES, query, **values)


async def _store(
    session: AsyncSession, actor: Actor, month: date, source: ContributionSource, said: ContributionFiling
) -> int:
    division = district_of(actor)
    shared = {"month": month, "source": source.value, "division": division, "reported_by": actor.id}
    change = insert(ContributionReport).values([row.model_dump() | shared for row in said.rows])
    held, told = ContributionReport.__table__.c, ("insurances", "fund_paid")
    stored: Any = await session.execute(
        change.on_conflict_do_update(
            index_elements=["person", "month", "source"],
            set_={name: change.excluded[name] for name in (*told, "reported_by")}
            | {"reported_at": func.clock_timestamp()},
            where=or_(*(held[name].is_distinct_from(change.excluded[name]) for name in told)),
        ).returning(held.person)
    )
    changed = len(stored.all())
    if changed:
        data = {"month": month, "source": source, "people": changed}
        subject = f"contribution-reports/{month}/{source}"
        await announce(session, "finance.contributions.reported", subject, division=division, data=data)
    return changed
