"""What may follow what in the life of a kindergarten. Pure; a refusal is a finding, None means allowed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from services.registry.findings import Finding
from services.registry.kindergartens.codes import Status, Type
from services.registry.kindergartens.rules import (
    PRIVATE_FOUNDER,
    PUBLIC_ASSETS_FOR_PROFIT,
    PUBLIC_STAYS_PUBLIC,
    status_refusal,
    type_change_refusal,
    type_refusal,
)
from services.registry.periods import Period, Timeline, beside, on, taking_over

TYPE_UNCHANGED = Finding("type-unchanged", "当日已是该办园性质", "The kindergarten is of this type on that day already")
STATUS_UNCHANGED = Finding("status-unchanged", "当日已是该状态", "The kindergarten has this status on that day already")
HAS_CHILDREN = Finding(
    "kindergarten-has-children",
    "仍有在园幼儿,须先办理转园或离园后方可终止(学前教育法第三十一条)",
    "Children are still enrolled: settle them before closing (Preschool Education Law art. 31)",
)
IS_CLOSED = Finding("kindergarten-is-closed", "幼儿园已终止", "The kindergarten has been closed")
NEEDS_A_TYPE = Finding(
    "operating-needs-a-type",
    "开办前须先登记办园性质",
    "A kindergarten that operates has a type: record it first",
)
BRANCH_HAS_NO_BRANCH = Finding("parent-is-a-branch", "分园不能再设分园", "A branch has no branches of its own")
NOT_A_BEGINNING = Finding(
    "status-is-no-beginning",
    "登记时的状态只能是拟设、筹设或正常",
    "A kindergarten enters the register as proposed, preparing or operating",
)
TYPES, STATUSES = {each.value: each for each in Type}, {each.value: each for each in Status}
BEGINNINGS = frozenset({Status.PROPOSED, Status.PREPARING, Status.OPERATING})


@dataclass(frozen=True, slots=True)
class Standing:
    """What decisions about a kindergarten depend on. `leaves_last` is the end of its last enrolment, None without.

    `public_assets`: some of its founders founded it with public, collective or donated assets.
    """

    founder_code: str
    for_profit: bool
    relation: str | None = None
    types: Timeline = ()
    statuses: Timeline = ()
    leaves_last: date | None = None
    public_assets: bool = False

    def under(self, founder_code: str | None, for_profit: bool | None) -> "Standing":
        """The same kindergarten in other hands, where the hands change."""
        return replace(
            self,
            founder_code=self.founder_code if founder_code is None else founder_code,
            for_profit=self.for_profit if for_profit is None else for_profit,
        )


def is_closed(standing: Standing, day: date) -> bool:
    found = on(standing.statuses, day)
    return found is not None and found.value == Status.CLOSED


def type_takeover_refusal(standing: Standing, new: Type, since: date, today: date) -> Finding | None:
    """Whether the kindergarten may be of this type from that day on.

    The founder on record is today's: it decides only over a period that lasts into the present.
    """
    if is_closed(standing, since):
        return IS_CLOSED
    covering = on(standing.types, since)
    if covering and covering.value == new:
        return TYPE_UNCHANGED
    before, period, after = beside(taking_over(standing.types, new, since), since)
    if (before and leaves_public(before.value, new)) or (after and leaves_public(new, after.value)):
        return PUBLIC_STAYS_PUBLIC
    return _founder_refuses(standing, before, new) if period.until > today else None


def _founder_refuses(standing: Standing, before: Period | None, new: Type) -> Finding | None:
    if standing.for_profit and standing.public_assets:
        return PUBLIC_ASSETS_FOR_PROFIT
    if before:
        return type_change_refusal(standing.founder_code, TYPES[before.value], new, for_profit=standing.for_profit)
    return type_refusal(standing.founder_code, new, for_profit=standing.for_profit)


def hands_refusal(standing: Standing, changes: Mapping[str, Any], today: date) -> Finding | None:
    """Why the kindergarten cannot pass into these hands, with the type that comes along (学前教育法 arts 24, 34)."""
    then = standing.under(changes.get("founder_code"), changes.get("for_profit"))
    present = on(standing.types, today)
    if changes.get("type") and (present is None or present.value != changes["type"]):
        return type_takeover_refusal(then, TYPES[changes["type"]], today, today)
    if present and present.value == Type.PUBLIC and then.founder_code == PRIVATE_FOUNDER:
        return PUBLIC_STAYS_PUBLIC
    return founder_refusal(then, today) if {"founder_code", "for_profit"} & changes.keys() else None


def corrected_types_refusal(standing: Standing, today: date) -> Finding | None:
    """Whether a timeline of types, as it reads after a correction, could have come about."""
    pairs = zip(standing.types, standing.types[1:], strict=False)
    if any(leaves_public(before.value, after.value) for before, after in pairs):
        return PUBLIC_STAYS_PUBLIC
    return founder_refusal(standing, today)


def leaves_public(before: str, after: str) -> bool:
    """学前教育法 art. 34: 公办幼儿园不得转制为民办幼儿园."""
    return before == Type.PUBLIC and after != Type.PUBLIC


def status_takeover_refusal(standing: Standing, new: Status, since: date) -> Finding | None:
    """Whether the kindergarten may have this status from that day on."""
    covering = on(standing.statuses, since)
    if covering and covering.value == new:
        return STATUS_UNCHANGED
    before, _, after = beside(taking_over(standing.statuses, new, since), since)
    refusal = _follows(before, new) or (after and status_refusal(new, STATUSES[after.value]))
    return refusal or _conditions(standing, new, since)


def corrected_statuses_refusal(standing: Standing) -> Finding | None:
    """Whether a timeline of statuses, as it reads after a correction, could have come about.

    Two periods of the same status may touch: so a change that was planned is taken back.
    """
    before: Period | None = None
    for period in standing.statuses:
        new = STATUSES[period.value]
        follows = None if before and before.value == new else _follows(before, new)
        if refusal := follows or _conditions(standing, new, period.since):
            return refusal
        before = period
    return None


def _follows(before: Period | None, new: Status) -> Finding | None:
    if before is None:
        return None if new in BEGINNINGS else NOT_A_BEGINNING
    return status_refusal(STATUSES[before.value], new)


def _conditions(standing: Standing, new: Status, since: date) -> Finding | None:
    """学前教育法 art. 31: who closes settles the children first. And whoever operates is of some type."""
    if new is Status.CLOSED and standing.leaves_last is not None and standing.leaves_last > since:
        return HAS_CHILDREN
    return NEEDS_A_TYPE if new is Status.OPERATING and on(standing.types, since) is None else None


def founder_refusal(standing: Standing, today: date) -> Finding | None:
    """Whether the founder on record fits every type the kindergarten has or will have (学前教育法 arts 24, 34)."""
    if standing.for_profit and standing.public_assets:
        return PUBLIC_ASSETS_FOR_PROFIT
    refusals = (
        type_refusal(standing.founder_code, TYPES[period.value], for_profit=standing.for_profit)
        for period in standing.types
        if period.until > today
    )
    return next(filter(None, refusals), None)
