"""托班审核备案: what may be done when, and by whom. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.registry.permissions import May
from services.registry.recognitions.conditions import Check
from shared.errors import DomainError
from shared.machine import Verb, other_than, states

LAW = "学前教育法 art. 84"
ORDER = "示例程序,待区教委确定;怀柔区学前教育行动计划 三(一)4"


class NurseryBlocked(DomainError):
    zh = "系统核查不通过({rules}):{reason_zh}。"
    en = "The register's own checks stand against it ({rules}): {reason_en}."
    hint_zh = "GET /kindergartens/{{id}}/nursery-checks 列出全部核查结果。"
    hint_en = "GET /kindergartens/{{id}}/nursery-checks lists every check."


class NurseryConditionsUnmet(DomainError):
    zh = "审核结论为不符合条件:{findings}"
    en = "The examination found conditions unmet: {findings}"


class NurseryFilingInForce(DomainError):
    zh = "该园已有有效的托班备案({number}),请申请变更或续期。"
    en = "The kindergarten has a filing in force ({number}): apply for a change or a renewal."


class NoNurseryFilingInForce(DomainError):
    zh = "该园没有可变更或续期的托班备案。"
    en = "The kindergarten has no filing to change or renew."


class NurseryFilingLapsed(DomainError):
    zh = "备案期限为 {since} 至 {until}(不含),已届满。"
    en = "The filing ran from {since} until {until} (exclusive): it has lapsed."


@dataclass(frozen=True, slots=True)
class Subject:
    """What a verb is asked about: one filing, and what stands against it today."""

    state: str
    applied_by: str
    examined_by: str | None
    conditions_met: bool | None
    findings: str
    since: date | None
    until: date | None
    blocked: Sequence[Check] = ()


def refused_by(found: Sequence[Check]) -> NurseryBlocked:
    """The refusal that names every check not passed by its rule or code, the first one in its sentence."""
    rules = tuple(dict.fromkeys(each.rule or each.code for each in found))
    named = next((each.rule for each in found if each.rule), None)
    extra = {"rule": named} if named else {}
    return NurseryBlocked(rules="、".join(rules), reason_zh=found[0].zh, reason_en=found[0].en, extra=extra)


def _not_blocked(subject: Subject, _: str, __: date) -> DomainError | None:
    return refused_by(subject.blocked) if subject.blocked else None


def _met(subject: Subject, _: str, __: date) -> DomainError | None:
    return None if subject.conditions_met else NurseryConditionsUnmet(findings=subject.findings)


def _not_lapsed(subject: Subject, _: str, on: date) -> DomainError | None:
    lapsed = subject.until is None or on >= subject.until
    return NurseryFilingLapsed(since=subject.since, until=subject.until) if lapsed else None


APPLY, REVIEW, DECIDE = May.APPLY_FOR_NURSERY, May.REVIEW_NURSERY, May.DECIDE_NURSERY
_not_applicant = other_than("审核", "applied_by")
_another = other_than("备案", "applied_by", "examined_by")
MACHINE = {
    "amend": Verb("补正", APPLY, states("applied", "returned"), "amended", ORDER),
    "retract": Verb("撤回申请", APPLY, states("applied", "returned", "examined"), "retracted", ORDER),
    "send_back": Verb("退回", REVIEW, states("applied", "examined"), "returned", ORDER, (_not_applicant,)),
    "examine": Verb("审核", REVIEW, states("applied"), "examined", LAW, (_not_applicant,)),
    "file": Verb("备案", DECIDE, states("examined"), "filed", LAW, (_another, _met, _not_blocked)),
    "refuse": Verb("不予备案", DECIDE, states("examined"), "refused", LAW, (_another,)),
    "stop": Verb("停办", APPLY, states("filed"), "ended", ORDER, (_not_lapsed,)),
    "cancel": Verb("注销备案", DECIDE, states("filed"), "ended", ORDER, (_not_lapsed,)),
}
