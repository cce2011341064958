"""Looking through the facts of some months and raising what is not raised yet: on demand, and every night."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.alerts.actions import raise_alerts
from services.finance.check_runs.schemas import RaisedCount
from services.finance.improper_payments import actions as radar
from services.finance.meal_accounts import actions as meals
from services.finance.payroll_checks import actions as payroll
from services.finance.yearly_reports import actions as reports
from shared.days import today
from shared.db import Database

BACK = 3  # months a run looks back
MONTHLY = (payroll.found_in, radar.found_in, meals.found_in)


def months_before(as_of: date) -> list[date]:
    """The first days of the months that were over by then, the earliest first."""
    found: list[date] = []
    first = as_of.replace(day=1)
    while len(found) < BACK:
        first = (first - timedelta(1)).replace(day=1)
        found.insert(0, first)
    return found


async def run_checks(session: AsyncSession, months: Sequence[date], as_of: date) -> list[RaisedCount]:
    """Apply every rule that waits for nobody's entry to each month; what was raised before stays one alert."""
    found: Counter[str] = Counter()
    raised: Counter[str] = Counter()
    looked = [await source(session, month, as_of) for month in months for source in MONTHLY]
    looked.append(await reports.found_in(session, as_of))
    for places in looked:
        for (of, division), causes in places.items():
            found.update(each.rule for each in causes)
            raised += await raise_alerts(session, of, division, causes)
    return [RaisedCount(rule=rule, found=found[rule], raised=raised[rule]) for rule in sorted(found)]


async def run_nightly(database: Database) -> None:
    """What the worker does once a day, for the whole district."""
    async with database.begin(database.system) as session:
        await run_checks(session, months_before(today()), today())
