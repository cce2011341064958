"""Filing and accepting yearly reports, and what is wrong with those of a year."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.alerts.actions import Places, Raised
from services.finance.kindergartens.models import Kindergarten
from services.finance.parameters.codes import ParameterName
from services.finance.parameters.queries import number_on
from services.finance.yearly_reports.codes import AuditOpinion, ReportState
from services.finance.yearly_reports.models import YearlyReport
from services.finance.yearly_reports.refusals import ReportedYearIsNotOver
from services.finance.yearly_reports.rules import MACHINE, due_day, fund_missing, is_late
from services.finance.yearly_reports.schemas import ReportFindingOut, YearlyReportDecision, YearlyReportFiling
from shared.auth import Actor
from shared.days import today
from shared.errors import InvalidInput, NotFound
from shared.events import announce
from shared.ids import new_id
from shared.machine import refusal

STANDING = (ReportState.FILED.value, ReportState.ACCEPTED.value)
CLEAN = (AuditOpinion.UNQUALIFIED, AuditOpinion.EMPHASIS)


async def file_report(
    session: AsyncSession, actor: Actor, kindergarten: UUID, year: int, said: YearlyReportFiling
) -> UUID:
    """The year's report as it now is. Raises NotFound, ReportedYearIsNotOver, InvalidInput."""
    of = await session.scalar(select(Kindergarten).where(Kindergarten.id == kindergarten).with_for_update())
    if of is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    if date(year, 12, 31) >= today():
        raise ReportedYearIsNotOver(year=year)
    filed = (YearlyReport.kindergarten == kindergarten, YearlyReport.year == year)
    asked = select(YearlyReport).where(*filed).order_by(YearlyReport.revision.desc())
    before = (await session.scalars(asked.with_for_update())).all()  # nobody decides what is being replaced
    last = before[0] if before else None
    values: dict[str, Any] = said.model_dump() | {"handed_in_on": _handed_in(said.handed_in_on, year)}
    if last and last.state in STANDING and _same(last, said, values):
        return last.id
    if last and last.state == ReportState.FILED:
        last.state = ReportState.REPLACED
    made = YearlyReport(
        id=new_id(),
        kindergarten=kindergarten,
        division=of.division,
        year=year,
        revision=last.revision + 1 if last else 1,
        **values,
        state=ReportState.FILED,
        filed_by=actor.id,
        synthetic=of.synthetic,
    )
    session.add(made)
    await session.flush()
    await _announce(session, made)
    return made.id


async def decide_report(session: AsyncSession, actor: Actor, id: UUID, said: YearlyReportDecision) -> None:
    """Accept (which replaces the one before) or return. Raises NotFound, NotInThisState, AnotherPersonNeeded."""
    found = await session.scalar(select(YearlyReport).where(YearlyReport.id == id).with_for_update())
    if found is None:
        raise NotFound(what="yearly report")
    if refused := refusal(MACHINE, "decide", found, actor.id, today()):
        raise refused
    if said.accept:
        former = await session.scalar(
            select(YearlyReport)
            .where(YearlyReport.kindergarten == found.kindergarten, YearlyReport.year == found.year)
            .where(YearlyReport.state == ReportState.ACCEPTED.value)
            .with_for_update()
        )
        if former is not None:
            former.state = ReportState.REPLACED
            await session.flush()
    if said.handed_in_on:
        found.handed_in_on = _handed_in(said.handed_in_on, found.year)
    found.state = ReportState.ACCEPTED if said.accept else ReportState.RETURNED
    found.decided_by, found.remark = actor.id, said.remark
    await session.flush()
    await _announce(session, found)


async def findings(session: AsyncSession, year: int, as_of: date, of: UUID | None = None) -> list[ReportFindingOut]:
    """FIN-08, FIN-09 and AUD-01 of a year, for every private kindergarten that was open at its end."""
    last = date(year, 12, 31)
    share = await number_on(session, ParameterName.ALERT_NUMBER, "fin_08/share", last)
    written = await number_on(session, ParameterName.ALERT_NUMBER, "fin_09/due", date(year + 1, 1, 1))
    due = due_day(year, int(written.value)) if written and written.value else None
    places = select(Kindergarten).where(Kindergarten.type != "public").order_by(Kindergarten.pinyin, Kindergarten.id)
    places = places.where(or_(Kindergarten.opened_on.is_(None), Kindergarten.opened_on <= last))
    places = places.where(or_(Kindergarten.closed_on.is_(None), Kindergarten.closed_on > last))
    if of is not None:
        places = places.where(Kindergarten.id == of)
    asked = select(YearlyReport).where(YearlyReport.year == year, YearlyReport.state.in_(STANDING))
    # The first that is still standing says when it came, the last what it says.
    reports = (await session.scalars(asked.order_by(YearlyReport.revision))).all()
    first: Mapping[UUID, YearlyReport] = {each.kindergarten: each for each in reversed(reports)}
    latest: Mapping[UUID, YearlyReport] = {each.kindergarten: each for each in reports}
    found = []
    for place in await session.scalars(places):
        came = first.get(place.id)
        handed = came.handed_in_on if came and came.handed_in_on <= as_of else None
        if due and is_late(handed, due, as_of):
            zh = f"{handed} 报送,逾期" if handed else "到期未报送经审计的年度报告"
            found.append(_finding("FIN-09", place, year, latest.get(place.id), due, Decimal("0.00"), zh))
        found += _content(place, year, latest.get(place.id), due, share.value if share else None)
    return found


def _content(
    place: Kindergarten, year: int, report: YearlyReport | None, due: date | None, share: Decimal | None
) -> list[ReportFindingOut]:
    if report is None:
        return []
    found = []
    increase = report.closing_net_assets - report.opening_net_assets
    if place.for_profit and report.net_income is not None:
        increase = report.net_income
    if share is not None and (missing := fund_missing(increase, report.development_fund, share)):
        zh = f"发展基金计提 {report.development_fund} 元,低于 {increase} 元的 {share.normalize():f}"
        found.append(_finding("FIN-08", place, year, report, due, missing, zh))
    if AuditOpinion[report.opinion.upper()] not in CLEAN:
        zh = f"审计意见为“{AuditOpinion[report.opinion.upper()].zh}”"
        found.append(_finding("AUD-01", place, year, report, due, Decimal("0.00"), zh))
    return found


async def found_in(session: AsyncSession, as_of: date) -> Places:
    """What the reports of the year before give reason to raise."""
    found: Places = {}
    for each in await findings(session, as_of.year - 1, as_of):
        of = await session.get_one(Kindergarten, each.kindergarten)
        proof = {"report": str(each.report), "year": each.year, "due_on": str(each.due_on)}
        raised = Raised(each.rule, f"{each.kindergarten}/{each.year}", each.zh, each.amount, [proof])
        found.setdefault((of.id, of.division), []).append(raised)
    return found


def _finding(
    rule: Any, place: Kindergarten, year: int, report: YearlyReport | None, due: date | None, amount: Decimal, zh: str
) -> ReportFindingOut:
    return ReportFindingOut(
        rule=rule,
        kindergarten=place.id,
        kindergarten_name=place.name,
        year=year,
        report=report.id if report else None,
        handed_in_on=report.handed_in_on if report else None,
        due_on=due,
        amount=amount,
        zh=zh,
    )


def _handed_in(said: date | None, year: int) -> date:
    day = said or today()
    if not date(year, 12, 31) < day <= today():
        raise InvalidInput(
            reason_zh="应在年度结束之后、不晚于今天。",
            reason_en="it lies after the year and not after today.",
            pointer="/handed_in_on",
        )
    return day


def _same(last: YearlyReport, said: YearlyReportFiling, values: Mapping[str, Any]) -> bool:
    """Sent again without a date it is the same report, whatever day it is by now."""
    named = [name for name in values if name != "handed_in_on" or said.handed_in_on]
    return all(getattr(last, name) == values[name] for name in named)


async def _announce(session: AsyncSession, said: YearlyReport) -> None:
    await announce(
        session,
        f"finance.yearly_report.{said.state}",
        f"yearly-reports/{said.id}",
        division=said.division,
        kindergarten=said.kindergarten,
        data={"year": said.year, "revision": said.revision, "opinion": said.opinion, "on": said.handed_in_on},
    )
