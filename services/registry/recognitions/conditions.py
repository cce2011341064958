"""Which conditions of a recognition the register checks by itself (学前教育法 arts 24, 30). Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from services.registry.kindergartens.codes import Status, Type
from services.registry.kindergartens.rules import LICENCE_EXPIRING, licence_finding
from services.registry.parameters.rules import Parameter, in_force
from services.registry.recognitions.codes import CheckSeverity

LAW = "学前教育法 art. 24"
MONTHS = 12


@dataclass(frozen=True)  # built from a row by position
class Facts:
    """What the register knows of a kindergarten on a day."""

    for_profit: bool
    type: str | None
    status: str | None
    licence_number: str | None
    licence_expires_on: date | None
    credit_code: str | None
    opened_on: date | None
    oversize_classes: int


@dataclass(frozen=True, slots=True)
class Check:
    """One condition the register checks by itself. `found` and `wanted` are shown beside each other."""

    code: str
    rule: str
    severity: CheckSeverity
    zh: str
    en: str
    basis: str
    met: bool
    found: str
    wanted: str


def checks(facts: Facts, fee: Decimal | None, parameters: Sequence[Parameter], on: date) -> tuple[Check, ...]:
    """Every condition of the register, met or not, for the monthly `fee` (yuan) asked for or agreed.

    BLOCK refuses application and grant; WARN is shown.
    """
    return (
        *_kind(facts),
        *_licence(facts, parameters, on),
        *_standing(facts, parameters, on),
        _fee(fee, in_force(parameters, "recognition_fee_ceiling", on)),
    )


def _block(code: str, rule: str, basis: str, said: tuple[str, str], met: bool, found: str, wanted: str) -> Check:
    return Check(code, rule, CheckSeverity.BLOCK, *said, basis, met, found, wanted)


def _warn(code: str, rule: str, basis: str, said: tuple[str, str], met: bool, found: str, wanted: str) -> Check:
    return Check(code, rule, CheckSeverity.WARN, *said, basis, met, found, wanted)


def _kind(facts: Facts) -> Iterator[Check]:
    """学前教育法 art. 24: a private kindergarten that is non-profit, and one that operates."""
    said = "非营利性民办园方可申请认定", "only a non-profit private kindergarten can be recognised"
    found = "营利性" if facts.for_profit else "非营利性"
    yield _block("for-profit-not-inclusive", "REG-16", LAW, said, not facts.for_profit, found, "非营利性")
    said = "须为民办园", "it must be a private kindergarten"
    private = facts.type in (Type.PRIVATE, Type.INCLUSIVE_PRIVATE)
    yield _block("type-not-private", "", LAW, said, private, facts.type or "", "private, inclusive_private")
    said = "须为正常办园", "it must be operating"
    operating = facts.status == Status.OPERATING
    yield _block("kindergarten-not-operating", "", LAW, said, operating, facts.status or "", Status.OPERATING.value)


def _licence(facts: Facts, parameters: Sequence[Parameter], on: date) -> Iterator[Check]:
    """学前教育法 art. 30: licence, then legal person. The licence is valid up to and including its last day."""
    ends = facts.licence_expires_on
    valid = facts.licence_number is not None and ends is not None and on <= ends
    said = "办学许可证须在有效期内", "the licence must be valid"
    yield _block("licence-not-valid", "REG-14", "学前教育法 art. 30", said, valid, str(ends or ""), f"≥ {on}")
    said = "办学许可证即将到期", "the licence expires soon"
    lasting = licence_finding(parameters, ends, on) is not LICENCE_EXPIRING
    yield _warn("licence-expiring", "REG-14", "行政许可法 art. 50", said, lasting, str(ends or ""), "")
    said = "须已办理法人登记", "it must be registered as a legal person"
    registered = bool(facts.credit_code)
    wanted = "统一社会信用代码"
    yield _block("licensed-not-registered", "", "学前教育法 art. 30", said, registered, facts.credit_code or "", wanted)


def _standing(facts: Facts, parameters: Sequence[Parameter], on: date) -> Iterator[Check]:
    """How long it has operated, and whether its classes keep to the size."""
    years = in_force(parameters, "recognition_operating_years", on)
    said = "办园年限不足", "it has not operated long enough"
    opened = facts.opened_on
    long = opened is not None and months_after(opened, int(years.number) * MONTHS) <= on
    found = str(opened or "")
    yield _block("operating-too-short", "", years.document, said, long, found, f"≥ {years.value} 年")
    allowed = in_force(parameters, "recognition_oversize_classes", on)
    said = "存在大班额", "there are oversize classes"
    small = facts.oversize_classes <= allowed.number
    found = str(facts.oversize_classes)
    yield _warn("oversize-classes", "REG-01", allowed.document, said, small, found, f"≤ {allowed.value}")


def _fee(fee: Decimal | None, ceiling: Parameter) -> Check:
    """学前教育法 art. 24: 普惠性民办园 charge under the government's guidance."""
    said = "保教费不得高于最高限价", "the fee must not be above the ceiling"
    met = fee is None or fee <= ceiling.number
    found = "" if fee is None else str(fee)
    return _block("fee-above-ceiling", "", ceiling.document, said, met, found, f"≤ {ceiling.value}")


def blocks(found: Sequence[Check]) -> tuple[Check, ...]:
    """The checks that refuse."""
    return tuple(each for each in found if each.severity is CheckSeverity.BLOCK and not each.met)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month (民法典 art. 202)."""
    years, month = divmod(day.month - 1 + months, MONTHS)
    first = date(day.year + years, month + 1, 1)
    following = date(first.year + first.month // MONTHS, first.month % MONTHS + 1, 1)
    return min(first + timedelta(day.day - 1), following - timedelta(1))
