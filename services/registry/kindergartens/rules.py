"""What a kindergarten may be and become. Pure; a refusal is a finding, None means allowed."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from services.registry.findings import Finding
from services.registry.kindergartens.codes import Status, Type
from services.registry.parameters.rules import Parameter, in_force

PRIVATE_FOUNDER = "999"  # 举办者码 999 = 民办; every other code is a state or collective founder
# What a licence 办学许可证 says of its holder, and the licence itself: neither changes without an act on the licence.
ON_THE_LICENCE = frozenset({"name", "division", "address", "founder", "founder_code", "for_profit", "licensed_seats"})
LICENCE_ITSELF = frozenset({"licence_number", "licence_issued_on", "licence_expires_on"})


NEXT_STATUS: dict[Status, frozenset[Status]] = {
    # 民办教育促进法 arts 12-18: a founder with all conditions may apply to open without 筹设
    Status.PROPOSED: frozenset({Status.PREPARING, Status.OPERATING, Status.CLOSED}),
    Status.PREPARING: frozenset({Status.OPERATING, Status.CLOSED}),
    Status.OPERATING: frozenset({Status.SUSPENDED, Status.CLOSED}),
    Status.SUSPENDED: frozenset({Status.OPERATING, Status.CLOSED}),
    Status.CLOSED: frozenset(),  # a closed kindergarten's school code is never used again
}

FOUNDER_FORBIDS_TYPE = Finding(
    "founder-forbids-type", "举办者与办园性质不符", "A kindergarten of this founder cannot be of this type"
)
FOR_PROFIT_NOT_INCLUSIVE = Finding(
    "for-profit-not-inclusive",
    "营利性民办幼儿园不得认定为普惠性幼儿园",
    "A for-profit kindergarten cannot be recognised as inclusive",
    rule="REG-16",
)
PUBLIC_FOR_PROFIT = Finding(
    "public-for-profit", "公办幼儿园不得为营利性", "A public kindergarten cannot be for profit", rule="REG-15"
)
PUBLIC_STAYS_PUBLIC = Finding(
    "public-stays-public",
    "公办幼儿园不得转制为民办幼儿园",
    "A public kindergarten may not become private",
    rule="REG-15",
)
PUBLIC_ASSETS_FOR_PROFIT = Finding(
    "public-assets-for-profit",
    "财政性经费、国有或集体资产、捐赠资产不得用于营利性幼儿园",
    "Fiscal funds, state-owned, collective or donated assets may not serve a for-profit kindergarten",
    rule="REG-15",
)
STATUS_NOT_REACHABLE = Finding(
    "status-not-reachable", "不能由当前状态变更为该状态", "This status cannot follow the present one"
)
LICENCE_MISSING = Finding("licence-missing", "未登记办学许可证", "No licence is on record", "warning")
LICENCE_EXPIRED = Finding("licence-expired", "办学许可证已过期", "The licence has expired", "warning", "REG-14")
LICENCE_EXPIRING = Finding("licence-expiring", "办学许可证即将到期", "The licence expires soon", "warning", "REG-14")
LICENSED_NOT_REGISTERED = Finding(
    "licensed-not-registered",
    "已取得办学许可证但无统一社会信用代码",
    "Licensed, but without a unified social credit code",
    "warning",
)


def needing_an_act(changed: Iterable[str], *, licensed: bool) -> list[str]:
    """Which of the changed fields only an act on the licence may change (学前教育法 arts 30-31)."""
    return sorted(name for name in changed if name in LICENCE_ITSELF or (licensed and name in ON_THE_LICENCE))


def allowed_types(founder: str, *, for_profit: bool) -> frozenset[Type]:
    """办园性质 by founder (教督〔2020〕1号; 学前教育法 art. 24).

    State organs, state-owned units, the armed forces and collectives run 公办 kindergartens; a private founder
    runs a private one, which can be 普惠 only when it is non-profit.
    """
    if founder != PRIVATE_FOUNDER:
        return frozenset() if for_profit else frozenset({Type.PUBLIC})
    if for_profit:
        return frozenset({Type.PRIVATE})
    return frozenset({Type.PRIVATE, Type.INCLUSIVE_PRIVATE})


def type_refusal(founder: str, kind: Type, *, for_profit: bool) -> Finding | None:
    """Why a kindergarten of this founder may not be of this type (学前教育法 arts 24, 34)."""
    if kind in allowed_types(founder, for_profit=for_profit):
        return None
    if for_profit and kind is Type.INCLUSIVE_PRIVATE:
        return FOR_PROFIT_NOT_INCLUSIVE
    if for_profit and kind is Type.PUBLIC:
        return PUBLIC_FOR_PROFIT
    return FOUNDER_FORBIDS_TYPE


def type_change_refusal(founder: str, present: Type, new: Type, *, for_profit: bool) -> Finding | None:
    """学前教育法 art. 34: 公办幼儿园不得转制为民办幼儿园; otherwise as for a new kindergarten of that founder."""
    if present is Type.PUBLIC and new is not Type.PUBLIC:
        return PUBLIC_STAYS_PUBLIC
    return type_refusal(founder, new, for_profit=for_profit)


def status_refusal(present: Status, new: Status) -> Finding | None:
    """拟设 → 筹设 → 正常 ⇄ 暂停 → 终止; nothing follows 终止."""
    return None if new in NEXT_STATUS[present] else STATUS_NOT_REACHABLE


def licence_finding(parameters: Sequence[Parameter], until: date | None, on: date) -> Finding | None:
    """`until` is the last valid day; a licence within the warning days of it is expiring (行政许可法 art. 50)."""
    if until is None:
        return LICENCE_MISSING
    if until < on:
        return LICENCE_EXPIRED
    days = int(in_force(parameters, "licence_warning_days", on).number)
    return LICENCE_EXPIRING if until <= on + timedelta(days=days) else None


def registration_finding(*, licensed: bool, credit_code: str | None, own_legal_person: bool) -> Finding | None:
    """学前教育法 art. 30: licence first, then registration as a legal person.

    Branches (分园) and attached classes (附设幼儿班) have none of their own.
    """
    return LICENSED_NOT_REGISTERED if licensed and own_legal_person and not credit_code else None
