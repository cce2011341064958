"""What one child owes for one item in one month, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, Protocol

from services.finance.books.actions import next_month
from services.finance.charges.refusals import NumberMissing
from services.finance.charges.rules import (
    City,
    Split,
    Term,
    by_attendance,
    month_share,
    split,
    standard_sum,
    term_of,
    waived,
)
from services.finance.enrolments.rules import is_last_year
from services.finance.fee_items.models import FeeItem
from services.finance.parameters.codes import ParameterName
from services.finance.parameters.rules import Dated, in_force

CARE: Final = "care_education"
TERMS: Final = ("autumn", "spring")


class Period(Protocol):
    """A period of enrolment."""

    child: Any
    class_kind: str
    school_entry_year: int | None
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Numbers:
    """The policy numbers of one month for one type of kindergarten."""

    held: Sequence[Dated]
    type: str
    month: date
    city: City

    def find(self, name: ParameterName, key: str) -> Dated | None:
        return in_force(self.held, name.value, key, self.month)

    def attendance(self, category: str) -> dict[int, Decimal]:
        """按出勤折算 of a category: most days → share; empty where attendance does not count."""
        name = ParameterName.ATTENDANCE_SHARE.value
        keys = {each.key for each in self.held if each.name == name and each.key.startswith(f"{category}/")}
        found = {key: self.find(ParameterName.ATTENDANCE_SHARE, key) for key in keys}
        return {int(key.split("/")[1]): each.value for key, each in found.items() if each and each.value is not None}

    def need(self, name: ParameterName, key: str) -> Decimal:
        found = self.find(name, key)
        if found is None or found.value is None:
            raise NumberMissing(name=name.value, key=key, day=self.month)
        return found.value


def due(
    numbers: Numbers, item: FeeItem, periods: Sequence[Period], aids: Sequence[str], days: int
) -> dict[str, Any] | None:
    """One row of charges, or nothing when the item is not due for this child this month."""
    quantity = _quantity(numbers, item, periods, days)
    if quantity == 0:
        return None
    price, document = _price(numbers, item)
    gross = standard_sum(price, quantity)
    waiver, free_by = _waiver(numbers, item, periods, gross, quantity)
    aid, aid_by = _aid(numbers, item, aids)
    shares = split(gross, waiver, aid)
    municipal = numbers.city.part(shares.waived, shares.aided)
    payers = (municipal, shares.waived + shares.aided - municipal)
    since, until = _covers(numbers, item)
    return {
        "child": periods[0].child,
        "fee_item": item.id,
        "category": item.category,
        "name": item.name,
        "covers_since": since,
        "covers_until": until,
        "gross": shares.gross,
        "waived": shares.waived,
        "aided": shares.aided,
        "amount": shares.family,
        "municipal": payers[0],
        "district": payers[1],
        "basis": _basis(shares, payers, price, quantity, document, free_by, aid_by)
        | ({"days": days} if item.unit == "month" and numbers.attendance(item.category) else {}),
    }


def _quantity(numbers: Numbers, item: FeeItem, periods: Sequence[Period], days: int) -> Decimal:
    if item.unit == "day":
        return Decimal(days)
    if item.unit == "once":
        return Decimal(0)
    if item.unit == "term":
        return Decimal(_term(numbers).since.replace(day=1) == numbers.month)
    by_days = numbers.need(ParameterName.PRORATION, item.category) == 1
    shares = [month_share(numbers.month, each.since, each.until, by_days=by_days) for each in periods]
    enrolled = sum(shares, Decimal(0)) if by_days else max(shares)
    table = numbers.attendance(item.category)
    return enrolled * by_attendance(table, days) if table else enrolled


def _term(numbers: Numbers) -> Term:
    starts = [int(numbers.need(ParameterName.TERM_START, term)) for term in TERMS]
    return term_of(numbers.month, starts)


def _covers(numbers: Numbers, item: FeeItem) -> tuple[date, date]:
    """What a bill is for: the month, or of a fee by the term the whole of it."""
    if item.unit == "term":
        term = _term(numbers)
        return term.since, term.until
    return numbers.month, next_month(numbers.month)


def _price(numbers: Numbers, item: FeeItem) -> tuple[Decimal, str]:
    """FIN-02: the ceiling when it has come to lie below the published standard."""
    ceiling = numbers.find(ParameterName.FEE_CEILING, f"{item.category}/{numbers.type}")
    if ceiling is not None and ceiling.value is not None and ceiling.value < item.amount:
        return ceiling.value, ceiling.document
    return item.amount, item.document


def _waiver(
    numbers: Numbers, item: FeeItem, periods: Sequence[Period], gross: Decimal, quantity: Decimal
) -> tuple[Decimal, str]:
    """FIN-03: 免保教费 of the last year before school."""
    last = any(is_last_year(each.class_kind, each.school_entry_year, numbers.month) for each in periods)
    standard = numbers.find(ParameterName.FREE_YEAR_STANDARD, numbers.type)
    if item.category != CARE or not last or standard is None:
        return Decimal(0), ""
    most = None if standard.value is None else standard_sum(standard.value, quantity)
    return waived(gross, most), standard.document


def _aid(numbers: Numbers, item: FeeItem, aids: Sequence[str]) -> tuple[Decimal, str]:
    """资助: of several categories the one that bears most."""
    found = [numbers.find(ParameterName.AID_SHARE, f"{category}/{item.category}") for category in aids]
    held = [each for each in found if each is not None and each.value is not None]
    best = max(held, key=lambda each: each.value or Decimal(0), default=None)
    return (best.value or Decimal(0), best.document) if best else (Decimal(0), "")


def _basis(
    shares: Split,
    payers: tuple[Decimal, Decimal],
    price: Decimal,
    quantity: Decimal,
    document: str,
    free_by: str,
    aid_by: str,
) -> dict[str, Any]:
    said = [f"标准 {price:.2f} 元 × {quantity.normalize():f} = {shares.gross} 元({document})"]
    if shares.waived:
        said.append(f"入小学前一年免收 {shares.waived} 元({free_by})")
    if shares.aided:
        said.append(f"资助负担 {shares.aided} 元({aid_by})")
    if any(payers):
        said.append(f"其中市级负担 {payers[0]} 元,区级负担 {payers[1]} 元")
    said.append(f"家庭负担 {shares.family} 元")
    return {"standard": f"{price:.2f}", "quantity": f"{quantity.normalize():f}", "sentences": said}
