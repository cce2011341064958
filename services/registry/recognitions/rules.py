"""普惠性民办园认定: who may apply, what may be done when, and what ends it (学前教育法 art. 24). Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.registry.permissions import May
from services.registry.recognitions.conditions import LAW, MONTHS, Check, months_after
from shared.errors import DomainError
from shared.machine import Verb, other_than, states

ORDER = "示例程序,待区教委确定;学前教育法 art. 24"


class NoticeNotOver(DomainError):
    zh = "公示期至 {until},届满次日起方可决定。"
    en = "The public notice runs until {until}; a decision is made after it."


class ConditionsUnmet(DomainError):
    zh = "审核认为尚有条件不符合:{unmet}。"
    en = "The review found conditions unmet: {unmet}."


class RecognitionBlocked(DomainError):
    zh = "系统核查不通过({rules}):{reason_zh}。"
    en = "The register's own checks stand against it ({rules}): {reason_en}."
    hint_zh = "GET /kindergartens/{{id}}/recognition-checks 列出全部核查结果。"
    hint_en = "GET /kindergartens/{{id}}/recognition-checks lists every check."


class RecognitionNotInForce(DomainError):
    zh = "认定期限为 {since} 至 {until}(不含),不在有效期内。"
    en = "The recognition runs from {since} until {until} (exclusive): it is not in force."


class ReviewNotDue(DomainError):
    zh = "年度复核自 {opens} 起受理。"
    en = "The yearly review opens on {opens}."


class NoReviewLeft(DomainError):
    zh = "认定期内的年度复核均已完成。"
    en = "Every yearly review of the term has been done."


@dataclass(frozen=True, slots=True)
class Subject:
    """What a verb is asked about: one recognition, and what stands against it today."""

    state: str
    applied_by: str
    reviewed_by: str | None
    unmet: Sequence[str]
    notice_until: date | None
    since: date | None
    until: date | None
    review_opens_on: date | None
    leaving_by: str | None
    leaving_until: date | None
    blocked: Sequence[Check] = ()


def review_due(since: date, until: date, done: int, every: int) -> date | None:
    """The day by which the next yearly review is due: every `every` months after the beginning, within the term."""
    due = months_after(since, every * (done + 1))
    return due if due < until else None


def review_passed(*, unmet: bool, blocked: bool, charged: Decimal, agreed: Decimal) -> bool:
    """The result of a yearly review follows from its findings: nobody chooses it."""
    return not unmet and not blocked and charged <= agreed


def latest_end(since: date, years: int) -> date:
    """The first day a term that begins on `since` may no longer cover."""
    return months_after(since, years * MONTHS)


def _all_met(subject: Subject, _: str, __: date) -> DomainError | None:
    return ConditionsUnmet(unmet="、".join(subject.unmet)) if subject.unmet else None


def _not_blocked(subject: Subject, _: str, __: date) -> DomainError | None:
    return refused_by(subject.blocked) if subject.blocked else None


def refused_by(found: Sequence[Check]) -> RecognitionBlocked:
    """The refusal that names every check not passed, the first one in its sentence."""
    rules = "、".join(dict.fromkeys(each.rule or each.code for each in found))
    named = next((each.rule for each in found if each.rule), "")
    extra = {"rule": named} if named else None
    return RecognitionBlocked(rules=rules, reason_zh=found[0].zh, reason_en=found[0].en, extra=extra)


def _over(column: str) -> Callable[[Subject, str, date], DomainError | None]:
    def guard(subject: Subject, _: str, on: date) -> DomainError | None:
        until = getattr(subject, column)
        return NoticeNotOver(until=until) if until is None or on <= until else None

    return guard


def _not_lapsed(subject: Subject, _: str, on: date) -> DomainError | None:
    lapsed = subject.until is None or on >= subject.until
    return RecognitionNotInForce(since=subject.since, until=subject.until) if lapsed else None


def _begun(subject: Subject, _: str, on: date) -> DomainError | None:
    ahead = subject.since is None or on < subject.since
    return RecognitionNotInForce(since=subject.since, until=subject.until) if ahead else None


def _review_open(subject: Subject, _: str, on: date) -> DomainError | None:
    if subject.review_opens_on is None:
        return NoReviewLeft()
    return ReviewNotDue(opens=subject.review_opens_on) if on < subject.review_opens_on else None


def next_review(since: date, until: date, every: int, on: date) -> date | None:
    """The first yearly review of a term not yet due before that day: those before it were made on paper."""
    done = 0
    while (due := review_due(since, until, done, every)) is not None and due < on:
        done += 1
    return due


def _non_profit(subject: Subject, _: str, __: date) -> DomainError | None:
    against = [each for each in subject.blocked if each.rule == "REG-16"]
    return refused_by(against) if against else None


OPEN = states("applied", "returned", "reviewed", "noticed", "disputed")
APPLY, REVIEW, DECIDE = May.APPLY_FOR_RECOGNITION, May.REVIEW_RECOGNITIONS, May.DECIDE_RECOGNITIONS
_another = other_than("决定", "applied_by", "reviewed_by")
MACHINE = {
    "confirm": Verb(
        "核准补录", DECIDE, states("recorded"), "decided", LAW, (other_than("核准", "applied_by"), _non_profit)
    ),
    "discard": Verb("撤销补录", REVIEW, states("recorded"), "discarded", ORDER),
    "amend": Verb("补正", APPLY, states("returned"), "amended", ORDER),
    "retract": Verb("撤回申请", APPLY, OPEN, "retracted", ORDER),
    "send_back": Verb("退回", REVIEW, states("applied"), "returned", ORDER, (other_than("审核", "applied_by"),)),
    "review": Verb("审核", REVIEW, states("applied"), "reviewed", LAW, (other_than("审核", "applied_by"),)),
    "publish_notice": Verb("公示", REVIEW, states("reviewed"), "noticed", ORDER, (_all_met,)),
    "record_objection": Verb("登记异议", REVIEW, states("noticed"), "disputed", ORDER),
    "answer_objection": Verb("答复异议", REVIEW, states("disputed"), "objection_answered", ORDER),
    "grant": Verb("认定", DECIDE, states("noticed"), "decided", LAW, (_another, _over("notice_until"), _not_blocked)),
    "refuse": Verb("不予认定", DECIDE, states("reviewed", "noticed", "disputed"), "refused", LAW, (_another,)),
    "review_year": Verb(
        "年度复核", REVIEW, states("granted"), "year_reviewed", ORDER, (_begun, _not_lapsed, _review_open)
    ),
    "request_withdrawal": Verb("申请退出", APPLY, states("granted"), "withdrawal_requested", ORDER, (_not_lapsed,)),
    "notify_withdrawal": Verb("告知拟退出", REVIEW, states("granted"), "withdrawal_notified", ORDER, (_not_lapsed,)),
    "state_case": Verb("陈述申辩", APPLY, states("leaving"), "case_stated", ORDER),
    "keep": Verb("维持认定", DECIDE, states("leaving"), "kept", ORDER, (other_than("决定", "leaving_by"),)),
    "withdraw": Verb(
        "退出认定",
        DECIDE,
        states("leaving"),
        "decided",
        ORDER,
        (other_than("决定", "leaving_by"), _over("leaving_until"), _not_lapsed),
    ),
}
