"""Keeping the monthly meal account, and settling a term of it."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.alerts.actions import Places, Raised
from services.finance.charges.rules import Term, months, term_of
from services.finance.kindergartens.models import Kindergarten
from services.finance.meal_accounts.models import MealAccount
from services.finance.meal_accounts.queries import MONTHS, SERVING
from services.finance.meal_accounts.refusals import MonthOfMealsNotBegun
from services.finance.meal_accounts.rules import is_out_of_balance
from services.finance.meal_accounts.schemas import MealAccountIn, MealTermOut
from services.finance.parameters.codes import ParameterName
from services.finance.parameters.queries import number_on, numbers_on
from shared.auth import Actor
from shared.days import today
from shared.errors import InvalidInput, NotFound
from shared.events import announce
from shared.ids import new_id
from shared.parameters import NoParameterInForce


async def keep_account(
    session: AsyncSession, actor: Actor, kindergarten: UUID, month: date, said: MealAccountIn
) -> UUID:
    """The month's account as it now is. Raises NotFound, MonthOfMealsNotBegun, InvalidInput."""
    of = await session.scalar(select(Kindergarten).where(Kindergarten.id == kindergarten).with_for_update())
    if of is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    if month > today():
        raise MonthOfMealsNotBegun(month=f"{month:%Y-%m}")
    if said.published_on and not month <= said.published_on <= today():
        raise InvalidInput(
            reason_zh="应不早于当月、不晚于今天。",
            reason_en="it lies not before the month and not after today.",
            pointer="/published_on",
        )
    asked = select(MealAccount).where(MealAccount.kindergarten == kindergarten, MealAccount.month == month)
    held = await session.scalar(asked)
    if held is None:
        held = MealAccount(id=new_id(), kindergarten=kindergarten, division=of.division, month=month)
        held.synthetic, held.entered_by = of.synthetic, actor.id
        session.add(held)
    values = said.model_dump()
    if any(getattr(held, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(held, name, value)
        held.entered_by = actor.id
        await session.flush()
        await _announce(session, held)
    return held.id


async def term_on(session: AsyncSession, day: date) -> Term:
    """The term that holds a day. Raises NoParameterInForce."""
    starts = [
        int(each.value)
        for each in await numbers_on(session, day)
        if each.name == ParameterName.TERM_START.value and each.value
    ]
    if not starts:
        raise NoParameterInForce(name=ParameterName.TERM_START.value, on=day)
    return term_of(day, starts)


async def settle_term(session: AsyncSession, as_of: date, of: UUID | None = None) -> list[MealTermOut]:
    """盈亏 of the term that holds the day, kindergarten by kindergarten, by the months that had begun by then."""
    term = await term_on(session, as_of)
    limit = await number_on(session, ParameterName.ALERT_NUMBER, "fin_10/share", as_of)
    span: dict[str, Any] = {"since": term.since, "until": min(term.until, as_of + timedelta(1))}
    kept: dict[UUID, dict[date, Any]] = defaultdict(dict)
    for row in await session.execute(MONTHS, span):
        kept[row.kindergarten][row.month] = row
    due = {month: await _publish_by(session, month) for month in months(term.since, span["until"])}
    found = []
    for place in await session.execute(SERVING, span):
        if of in (None, place.id):
            entered = kept[place.id]
            late = [month for month, by in due.items() if as_of > by and not _published(entered.get(month), as_of)]
            found.append(_settled(place, term, list(entered.values()), limit.value if limit else None, late))
    return found


def _settled(place: Any, term: Term, rows: list[Any], limit: Decimal | None, late: list[date]) -> MealTermOut:
    income = sum((Decimal(row.income) for row in rows), Decimal("0.00"))
    cost = sum((Decimal(row.cost) for row in rows), Decimal("0.00"))
    return MealTermOut(
        kindergarten=place.id,
        kindergarten_name=place.name,
        since=term.since,
        until=term.until,
        months=len(rows),
        income=income,
        cost=cost,
        difference=income - cost,
        share=str(round((income - cost) / income, 4)) if income else None,
        limit=f"{limit.normalize():f}" if limit is not None else None,
        exceeded=limit is not None and is_out_of_balance(income, cost, limit),
        unpublished=late,
    )


def _published(row: Any, as_of: date) -> bool:
    return row is not None and row.published_on is not None and row.published_on <= as_of


async def _publish_by(session: AsyncSession, month: date) -> date:
    """The day of the month after by which a month is published; without such a day, when the month after is over."""
    following = months(month, month + timedelta(32))[1]
    day = await number_on(session, ParameterName.ALERT_NUMBER, "fin_10/publish_day", following)
    if day and day.value:
        return following + timedelta(int(day.value) - 1)
    return months(following, following + timedelta(32))[1] - timedelta(1)


async def found_in(session: AsyncSession, month: date, as_of: date) -> Places:
    """FIN-10 of a month: not published when it was due; and of the term, once the month is its last."""
    found: Places = defaultdict(list)
    following = months(month, month + timedelta(32))[1]
    try:
        term = await term_on(session, month)
    except NoParameterInForce:
        return found
    seen_from = as_of if as_of < term.until else term.until - timedelta(1)
    divisions = {row.id: row.division for row in await session.execute(SERVING, {"since": month, "until": following})}
    late = await _late(session, month, as_of)
    for each in await settle_term(session, seen_from):
        place = (each.kindergarten, divisions.get(each.kindergarten, ""))
        if not place[1]:
            continue
        if each.kindergarten in late:
            proof = [{"month": f"{month:%Y-%m}"}]
            said = f"{month:%Y-%m} 伙食账到期未公布"
            found[place].append(Raised("FIN-10", f"{each.kindergarten}/{month:%Y-%m}", said, Decimal(0), proof))
        if following >= term.until and as_of >= term.until and each.exceeded:
            said = f"{each.since} 起的学期伙食费盈亏率 {each.share},超过 {each.limit}"
            row = {"income": f"{each.income:.2f}", "cost": f"{each.cost:.2f}", "months": each.months}
            cause = f"{each.kindergarten}/term/{each.since}"
            found[place].append(Raised("FIN-10", cause, said, abs(each.difference), [row]))
    return found


async def _late(session: AsyncSession, month: date, as_of: date) -> set[UUID]:
    """Who serves meals and has not published the month although its day is over."""
    if as_of <= await _publish_by(session, month):
        return set()
    span = {"since": month, "until": months(month, month + timedelta(32))[1]}
    kept = {row.kindergarten: row for row in await session.execute(MONTHS, span)}
    serving = [row.id for row in await session.execute(SERVING, span)]
    return {each for each in serving if not _published(kept.get(each), as_of)}


async def _announce(session: AsyncSession, said: MealAccount) -> None:
    await announce(
        session,
        "finance.meal_account.kept",
        f"meal-accounts/{said.id}",
        division=said.division,
        kindergarten=said.kindergarten,
        data={"month": said.month, "published_on": said.published_on},
    )
