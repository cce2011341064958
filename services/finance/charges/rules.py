"""What a child may be charged: FIN-01 to FIN-04 as pure functions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

FEN: Final = Decimal("0.01")
MONTH_DAY: Final = 100  # term starts are written month × 100 + day
# Where a charge lands: receivable, and what it is owed for. Public fees belong to the treasury until returned (D4.9).
RECEIVABLE: Final[Mapping[str, str]] = {"government": "1212", "nonprofit": "1121"}
EARNED: Final[Mapping[str, str]] = {"government": "2103", "nonprofit": "4301"}
AID_DUE: Final[Mapping[str, str]] = {"government": "1218", "nonprofit": "1122"}
HELD: Final[Mapping[str, str]] = {"government": "2307", "nonprofit": "2209"}


@dataclass(frozen=True, slots=True)
class Term:
    """学期, from its first day to the day before `until`."""

    since: date
    until: date


def term_of(day: date, starts: Sequence[int]) -> Term:
    """The term that holds a day; `starts` are month × 100 + day, such as 901 and 201."""
    firsts = sorted(
        date(year, start // MONTH_DAY, start % MONTH_DAY)
        for year in (day.year - 1, day.year, day.year + 1)
        for start in starts
    )
    since = max(first for first in firsts if first <= day)
    return Term(since, min(first for first in firsts if first > day))


def months(since: date, until: date) -> list[date]:
    """First days of the months a period touches."""
    found = [since.replace(day=1)]
    while (following := date(found[-1].year + found[-1].month // 12, found[-1].month % 12 + 1, 1)) < until:
        found.append(following)
    return found


def standard_sum(amount: Decimal, quantity: Decimal) -> Decimal:
    """The most that may be charged for `quantity` units, to the fen."""
    return (amount * quantity).quantize(FEN, ROUND_HALF_UP)


def waived(fee: Decimal, standard: Decimal | None) -> Decimal:
    """免保教费 of one month: the filed fee, at most the standard of that type; no standard waives it in full."""
    return fee if standard is None else min(fee, standard)


@dataclass(frozen=True, slots=True)
class City:
    """The city's share of what is waived and of what is aided, 0 to 1; the district bears the rest."""

    waived: Decimal = Decimal(0)
    aided: Decimal = Decimal(0)

    def part(self, waived: Decimal, aided: Decimal) -> Decimal:
        """Yuan to the fen, each part rounded once."""
        shares = (waived * self.waived, aided * self.aided)
        return sum((each.quantize(FEN, ROUND_HALF_UP) for each in shares), Decimal(0))


@dataclass(frozen=True, slots=True)
class Split:
    """Who bears a fee, in yuan to the fen; the three add up to `gross`."""

    gross: Decimal
    waived: Decimal
    aided: Decimal

    @property
    def family(self) -> Decimal:
        return self.gross - self.waived - self.aided


def split(gross: Decimal, waiver: Decimal, aid_share: Decimal) -> Split:
    """免保教费 first, then 资助 on what is left: nobody is relieved of the same yuan twice."""
    relieved = min(waiver, gross)
    return Split(gross, relieved, ((gross - relieved) * aid_share).quantize(FEN, ROUND_HALF_UP))


def month_share(month: date, since: date, until: date, *, by_days: bool) -> Decimal:
    """How much of a month counts: the days of enrolment in it over its days, or the whole of it."""
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    days = (min(until, following) - max(since, month)).days
    if days <= 0:
        return Decimal(0)
    return Decimal(days) / (following - month).days if by_days else Decimal(1)


def by_attendance(table: Mapping[int, Decimal], days: int) -> Decimal:
    """按出勤折算: the share of a month's fee due for so many days; `table` is most days → share. Beyond it, all."""
    reached = [most for most in sorted(table) if days <= most]
    return table[reached[0]] if reached else Decimal(1)


def credit_account(book: str, category: str) -> str:
    """Money collected for third parties is owed to them, never earned."""
    return HELD[book] if category == "collected" else EARNED[book]
