"""年检 as the plan and the district's numbers say. Pure: days come in, nothing is looked up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.quality.annual_inspections.codes import AnnualInspectionFinding, AnnualInspectionResult, Consequence
from services.quality.permissions import May
from shared.errors import DomainError
from shared.machine import Machine, Verb, day_of, other_than, states

PLAN = "行动计划(怀政办发〔2023〕16号)三(二)2-d"
PRIVATE = "民办教育促进法实施条例第四十七条"
LAW = "学前教育法第六十九条"
VETOING = "serious_ethics_violation"
DECIDED = frozenset({"decided", "appealed", "final"})


class VetoCannotBeCorrected(DomainError):
    zh = "一票否决事项不能以整改抵消,应直接作出结论。"
    en = "A veto cannot be offset by correction: decide."
    hint_zh = "依据行动计划三(二)2-d。"
    hint_en = "Clause 三(二)2-d of the plan."


class CorrectionUsedUp(DomainError):
    zh = "本年度已限期整改过一次。"
    en = "A correction period was already given this year."


class NothingToCorrect(DomainError):
    zh = "没有未达到的项目。"
    en = "No item is unmet."


class CorrectionStillRuns(DomainError):
    zh = "整改期限({until})未满。"
    en = "The correction period runs until {until}."


class AppealPeriodOver(DomainError):
    zh = "申诉期限({until})已过。"
    en = "The period to appeal ended on {until}."


class AppealPeriodRuns(DomainError):
    zh = "申诉期限({until})未满。"
    en = "The period to appeal runs until {until}."


class AlreadyAppealed(DomainError):
    zh = "本结论已申诉过一次。"
    en = "The decision was appealed once already."


class SubmissionStillRuns(DomainError):
    zh = "园所提交期限({until})未满。"
    en = "The kindergarten may hand in until {until}."


def _handed_in_or_late(thing: Any, _: str, on: date) -> DomainError | None:
    """Who does not hand in is assessed all the same once the period is over."""
    waiting = thing.state == "open" and on <= day_of(thing.due_on)
    return SubmissionStillRuns(until=thing.due_on) if waiting else None


def _correctable(thing: Any, _: str, __: date) -> DomainError | None:
    if thing.vetoed:
        return VetoCannotBeCorrected()
    if thing.correction_due_on is not None:
        return CorrectionUsedUp()
    return None if thing.unmet else NothingToCorrect()


def _correction_over(thing: Any, _: str, on: date) -> DomainError | None:
    """A veto makes waiting pointless; otherwise the period given is the kindergarten's."""
    waiting = thing.state == "correcting" and not thing.vetoed and on <= day_of(thing.correction_due_on)
    return CorrectionStillRuns(until=thing.correction_due_on) if waiting else None


def _appeal_in_time(thing: Any, _: str, on: date) -> DomainError | None:
    if thing.appealed_on is not None:
        return AlreadyAppealed()
    return AppealPeriodOver(until=thing.appeal_until) if on > day_of(thing.appeal_until) else None


def _appeal_over(thing: Any, _: str, on: date) -> DomainError | None:
    waiting = thing.appealed_on is None and on <= day_of(thing.appeal_until)
    return AppealPeriodRuns(until=thing.appeal_until) if waiting else None


MACHINE: Machine = {
    "submit": Verb("提交年检材料", May.SUBMIT_INSPECTIONS, states("open"), "submitted", PRIVATE),
    "send_back": Verb("退回补充", May.ASSESS_INSPECTIONS, states("submitted"), "sent_back", PRIVATE),
    "assess": Verb(
        "核查",
        May.ASSESS_INSPECTIONS,
        states("open", "submitted", "assessed"),
        "assessed",
        PRIVATE,
        (_handed_in_or_late,),
    ),
    "order_correction": Verb(
        "责令限期整改", May.ASSESS_INSPECTIONS, states("assessed"), "correction_ordered", LAW, (_correctable,)
    ),
    "report_correction": Verb("报告整改", May.SUBMIT_INSPECTIONS, states("correcting"), "correction_reported", LAW),
    "decide": Verb(
        "作出结论",
        May.DECIDE_INSPECTIONS,
        states("assessed", "correcting"),
        "decided",
        PLAN,
        (other_than("作出结论", "assessed_by"), _correction_over),
    ),
    "appeal": Verb("申诉", May.SUBMIT_INSPECTIONS, states("decided"), "appealed", PLAN, (_appeal_in_time,)),
    "decide_appeal": Verb(
        "答复申诉",
        May.DECIDE_INSPECTION_APPEALS,
        states("appealed"),
        "appeal_decided",
        PLAN,
        (other_than("答复申诉", "assessed_by", "decided_by", "appealed_by"),),
    ),
    "conclude": Verb("终结", May.DECIDE_INSPECTIONS, states("decided"), "concluded", PLAN, (_appeal_over,)),
}
# What happens by itself: a veto arrives, or the decision it rests on is revoked.
VETO = Verb("一票否决", "", frozenset(), "vetoed", PLAN)
LIFT_VETO = Verb("撤销一票否决", "", frozenset(), "veto_lifted", PLAN)


def counts(kind: str, *, standing: bool, on: date, year: int) -> bool:
    """Whether a fact weighs on the inspection of that year.

    A listed major hazard does until it is removed, whenever it was listed; everything else in the year it happened.
    """
    if not standing:
        return False
    return on.year <= year if kind == "major_hazard" else on.year == year


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the rule makes of the findings: the result, whether it is a veto, and why."""

    result: AnnualInspectionResult
    vetoed: bool
    unmet: tuple[str, ...]
    reasons: tuple[str, ...]


def outcome(findings: Mapping[str, str], hard: Mapping[str, str], *, veto: bool, limits: tuple[int, int]) -> Outcome:
    """年检结论 by rule.

    `findings` are by item, `hard` the words of the one-vote items, `veto` whether a confirmed serious ethics case of
    the year stands, `limits` from how many unmet items on the result is 基本合格 and 不合格. A veto forces 不合格 and
    nothing met elsewhere offsets it (三(二)2-d).
    """
    unmet = tuple(sorted(code for code, found in findings.items() if found == AnnualInspectionFinding.UNMET))
    vetoes = tuple(hard[code] for code in unmet if code in hard)
    if veto:
        vetoes = ("年度内有经确认的严重师德失范行为", *vetoes)
    counted = tuple(code for code in unmet if code not in hard)
    conditional, failed = limits
    if vetoes or len(counted) >= failed:
        result = AnnualInspectionResult.FAILED
    else:
        result = AnnualInspectionResult.CONDITIONAL if len(counted) >= conditional else AnnualInspectionResult.PASSED
    said = (*(f"一票否决:{each}" for each in dict.fromkeys(vetoes)), *(f"未达到:{code}" for code in counted))
    return Outcome(result, bool(vetoes), unmet, said)


EFFECTS: Mapping[str, tuple[tuple[Consequence, str], ...]] = {
    AnnualInspectionResult.PASSED: (),
    AnnualInspectionResult.CONDITIONAL: ((Consequence.RECTIFICATION_ORDERED, "行动计划三(二)2"),),
    AnnualInspectionResult.FAILED: (
        (Consequence.SUBSIDY_SUSPENDED, "行动计划三(二)2;督导评估结果作为财政补助依据"),
        (Consequence.COMMENDATION_BARRED, "行动计划三(二)2"),
        (Consequence.ENROLMENT_REVIEWED, "学前教育法第七十九条"),
    ),
}


def effects(result: str | None) -> Iterable[tuple[Consequence, str]]:
    """What follows from a result, each with its basis."""
    return EFFECTS[result] if result else ()
