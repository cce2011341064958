"""配套园五同步: what is late, by how much, and to whom it goes. Pure.

学前教育法 art. 26; 北京市学前教育条例 art. 19.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from services.registry.construction.codes import (
    ConstructionFindingKind,
    ConstructionSeverity,
    ConstructionStep,
    ConstructionTrack,
)
from services.registry.parameters.rules import Parameter, in_force
from services.registry.permissions import May
from services.registry.recognitions.conditions import months_after
from shared.errors import DomainError
from shared.machine import Verb, states
from shared.workdays import add_working_days

SYNCHRONY = "学前教育法 art. 26"
HANDOVER = "北京市学前教育条例 art. 19"
SIZE = "示例参数,待区规划和自然资源部门确定"
REGULATION = "幼儿园工作规程 art. 11"
REPORTING = "示例参数,待区教委确定"
OWN, HOUSING = ConstructionTrack.KINDERGARTEN, ConstructionTrack.HOUSING
Kind, Severity = ConstructionFindingKind, ConstructionSeverity


class NotReadyToOpen(DomainError):
    zh = "尚不能开园:{missing_zh}。"
    en = "It cannot open yet: {missing_en}."


class NotAcceptedYet(DomainError):
    zh = "幼儿园尚未验收,不能移交产权。"
    en = "The kindergarten has not been accepted: its property right cannot be handed over."


@dataclass(frozen=True, slots=True)
class Milestone:
    """One step of one track: as planned, as forecast now, as it came."""

    track: str
    step: str
    planned_on: date | None
    forecast_on: date | None
    actual_on: date | None

    @property
    def expected_on(self) -> date | None:
        """When it came, or is expected by the latest word."""
        return self.actual_on or self.forecast_on or self.planned_on


@dataclass(frozen=True, slots=True)
class Site:
    """What findings about a project depend on. `obstacles` are the days by which open ones should be resolved."""

    state: str
    kind: str
    since: date
    milestones: Sequence[Milestone]
    property_on: date | None
    nature: str | None
    reported: Sequence[date]
    obstacles: Sequence[date]
    seats: int = 0
    classes: int = 0
    residents: int | None = None

    def step(self, track: str, step: str) -> Milestone | None:
        return next((each for each in self.milestones if (each.track, each.step) == (track, step)), None)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something late. `level` is whose it is by now: 0 the project's own people, 1 the lead unit, 2 the district."""

    kind: ConstructionFindingKind
    rule: str
    severity: ConstructionSeverity
    subject: str
    due_on: date
    days: int
    level: int
    basis: str


def findings(site: Site, parameters: Sequence[Parameter], on: date) -> tuple[Finding, ...]:
    """Everything that is late about a project under way; nothing about one that is opened or cancelled."""
    if site.state != "underway":
        return ()
    found = (
        *_out_of_step(site, on),
        *_overdue(site, on),
        *_property(site, parameters, on),
        *_report(site, parameters, on),
        *_size(site, parameters, on),
        *(_late(Kind.OBSTACLE_OVERDUE, "obstacle", due, on) for due in site.obstacles if due < on),
    )
    return tuple(_escalated(each, parameters, on) for each in found)


def _late(kind: ConstructionFindingKind, subject: str, due: date, on: date, basis: str = REPORTING) -> Finding:
    return Finding(kind, "", Severity.WARN, subject, due, (on - due).days, 0, basis)


def _out_of_step(site: Site, on: date) -> Iterator[Finding]:
    """REG-17: a step of the kindergarten is not later than the same step of the housing's first phase.

    Red once the housing has taken the step; before that a warning, from what is forecast.
    """
    for step in ConstructionStep:
        housing, own = site.step(HOUSING, step), site.step(OWN, step)
        if housing is None or housing.expected_on is None:
            continue
        done, expected = own.actual_on if own else None, own.expected_on if own else None
        if housing.actual_on is not None:
            reached = done or on
            if reached > housing.actual_on:
                days = (reached - housing.actual_on).days
                yield Finding(
                    Kind.OUT_OF_STEP, "REG-17", Severity.RED, step.value, housing.actual_on, days, 0, SYNCHRONY
                )
        elif expected is None or expected > housing.expected_on:
            days = (expected - housing.expected_on).days if expected else 0
            yield Finding(
                Kind.OUT_OF_STEP, "REG-17", Severity.WARN, step.value, housing.expected_on, days, 0, SYNCHRONY
            )


def _overdue(site: Site, on: date) -> Iterator[Finding]:
    for each in site.milestones:
        own = each.track == ConstructionTrack.KINDERGARTEN
        if own and each.actual_on is None and each.planned_on is not None and each.planned_on < on:
            yield _late(Kind.MILESTONE_OVERDUE, each.step, each.planned_on, on)


def property_due(site: Site, parameters: Sequence[Parameter]) -> date | None:
    """The last day to hand the property right over: three months after acceptance."""
    accepted = site.step(ConstructionTrack.KINDERGARTEN, ConstructionStep.ACCEPT)
    if site.kind != "residential" or accepted is None or accepted.actual_on is None:
        return None
    months = in_force(parameters, "construction_handover_months", accepted.actual_on)
    return months_after(accepted.actual_on, int(months.number))


def property_days_late(site: Site, parameters: Sequence[Parameter]) -> int:
    """How many days after its last day the property right was handed over; 0 in time or not yet."""
    due = property_due(site, parameters)
    return max((site.property_on - due).days, 0) if due is not None and site.property_on is not None else 0


def _property(site: Site, parameters: Sequence[Parameter], on: date) -> Iterator[Finding]:
    """REG-18: handed over within three months after acceptance."""
    due = property_due(site, parameters)
    if due is not None and site.property_on is None and due < on:
        yield Finding(Kind.PROPERTY_OVERDUE, "REG-18", Severity.RED, "property", due, (on - due).days, 0, HANDOVER)


def _report(site: Site, parameters: Sequence[Parameter], on: date) -> Iterator[Finding]:
    """The report of the month before is in within the working days of the parameter."""
    this = on.replace(day=1)
    last = (this - timedelta(1)).replace(day=1)
    days = int(in_force(parameters, "construction_report_working_days", on).number)
    due = add_working_days(this - timedelta(1), days)
    if site.since < this and last not in site.reported and due < on:
        yield _late(Kind.REPORT_MISSING, last.isoformat()[:7], due, on)


def seats_needed(residents: int, parameters: Sequence[Parameter], on: date) -> int:
    """The seats a residential project needs: so many for a thousand residents, a part of a seat being one."""
    per_thousand = int(in_force(parameters, "construction_seats_per_thousand", on).number)
    return -(-residents * per_thousand // 1000)


def _size(site: Site, parameters: Sequence[Parameter], on: date) -> Iterator[Finding]:
    """按要求配建 (三(一)3-b): no fewer seats than the housing needs, no more than a kindergarten should have.

    A project of a residential area without any seats although its residents are known is red.
    """
    if site.residents is not None and site.seats < seats_needed(site.residents, parameters, on):
        severity = Severity.WARN if site.seats else Severity.RED
        yield Finding(Kind.UNDERSIZED, "", severity, "seats", site.since, 0, 0, SIZE)
    most = int(in_force(parameters, "kindergarten_size", on).number)
    if site.seats > most:
        yield Finding(Kind.TOO_LARGE, "REG-02", Severity.WARN, "seats", site.since, 0, 0, REGULATION)
    if site.seats > site.classes * int(in_force(parameters, "class_size", on, "large").number):
        yield Finding(Kind.CLASSES_TOO_FEW, "REG-01", Severity.WARN, "classes", site.since, 0, 0, REGULATION)


def _escalated(found: Finding, parameters: Sequence[Parameter], on: date) -> Finding:
    """How far it goes up by the days it is late."""
    level = sum(
        found.days >= int(in_force(parameters, "construction_escalation_days", on, key).number)
        for key in ("lead_unit", "district")
    )
    return replace(found, level=level)


def opening_refusal(site: Site) -> NotReadyToOpen | None:
    """A kindergarten opens when it is handed over for use, its nature decided and, in a housing area, its right too."""
    delivered = site.step(ConstructionTrack.KINDERGARTEN, ConstructionStep.DELIVER)
    missing = []
    if delivered is None or delivered.actual_on is None:
        missing.append(("未交付使用", "not handed over for use"))
    if site.kind == "residential" and site.property_on is None:
        missing.append(("未移交产权", "property right not handed over"))
    if site.nature is None:
        missing.append(("未确定办园性质", "nature not decided"))
    if not site.seats:
        missing.append(("未填写规划学位数", "planned seats not entered"))
    if not missing:
        return None
    zh, en = zip(*missing, strict=True)
    return NotReadyToOpen(missing_zh="、".join(zh), missing_en=", ".join(en))


def _ready(site: Site, _: str, __: date) -> DomainError | None:
    return opening_refusal(site)


def _accepted(site: Site, _: str, __: date) -> DomainError | None:
    accepted = site.step(ConstructionTrack.KINDERGARTEN, ConstructionStep.ACCEPT)
    return NotAcceptedYet() if accepted is None or accepted.actual_on is None else None


_open = states("underway")
WRITE, REPORT = May.WRITE_CONSTRUCTION, May.REPORT_CONSTRUCTION
MACHINE = {
    "edit": Verb("修改登记", WRITE, _open, "changed", REPORTING),
    "set_milestone": Verb("登记节点", REPORT, _open, "milestone_set", SYNCHRONY),
    "raise_obstacle": Verb("登记问题", REPORT, _open, "obstacle_raised", REPORTING),
    "resolve_obstacle": Verb("解决问题", REPORT, _open, "obstacle_resolved", REPORTING),
    "report_month": Verb("报送月报", REPORT, _open, "month_reported", REPORTING),
    "decide_nature": Verb("确定办园性质", WRITE, _open, "nature_decided", SYNCHRONY),
    "hand_over_property": Verb("移交产权", WRITE, _open, "property_handed_over", HANDOVER, (_accepted,)),
    "cancel": Verb("取消", WRITE, _open, "cancelled", REPORTING),
    "open": Verb("开园登记", May.WRITE_KINDERGARTENS, _open, "opened", SYNCHRONY, (_ready,)),
}
