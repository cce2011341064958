"""发展基金 and 审计报告 of a private kindergarten, year by year. Pure."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from services.finance.permissions import May
from shared.machine import Machine, Verb, other_than, states

FEN: Final = Decimal("0.01")
MONTH_DAY: Final = 100  # a due day is written month × 100 + day
MACHINE: Final[Machine] = {
    "file": Verb("重新报送", May.FILE_YEARLY_REPORTS, states("filed", "accepted", "returned", "replaced")),
    "decide": Verb("受理", May.ACCEPT_YEARLY_REPORTS, states("filed"), guards=(other_than("受理", "filed_by"),)),
}


def fund_missing(increase: Decimal, fund: Decimal, share: Decimal) -> Decimal:
    """FIN-08: what is missing of 发展基金 (民办教育促进法实施条例 art. 46), in yuan to the fen.

    A non-profit sets aside at least `share` of the yearly increase of its 非限定性净资产, a for-profit one of its net
    income; where there is no increase nothing is due.
    """
    least = (max(increase, Decimal(0)) * share).quantize(FEN, ROUND_HALF_UP)
    return max(least - fund, Decimal(0))


def due_day(year: int, written: int) -> date:
    """FIN-09: the day by which the audited report of a year is handed in, in the year after."""
    return date(year + 1, written // MONTH_DAY, written % MONTH_DAY)


def is_late(handed_in_on: date | None, due: date, as_of: date) -> bool:
    """FIN-09: it came after its day, or has not come and the day is over."""
    return (handed_in_on or as_of) > due
