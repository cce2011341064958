"""师德 cases as the law and the ministry's measures say. Pure: days come in, nothing is looked up."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any, Literal, Self

from services.quality.permissions import May
from shared.errors import DomainError
from shared.machine import Machine, Verb, day_of, other_than, states

MEASURES = "幼儿园教师违反职业道德行为处理办法(教师〔2018〕19号)"
MINORS = "未成年人保护法第十一条"
LAW = "学前教育法第八十条"


class PoliceComesFirst(DomainError):
    zh = "涉嫌侵害幼儿的,须先向公安机关报告。"
    en = "Where a child may have been harmed the police are told first."
    hint_zh = "依据未成年人保护法第十一条:立即报告。"
    hint_en = "Law on the Protection of Minors, article 11: report at once."


class ProtectionComesFirst(DomainError):
    zh = "涉嫌侵害幼儿的,须先采取保护措施。"
    en = "Where a child may have been harmed the child is protected first."


class StatementPeriodRuns(DomainError):
    zh = "陈述申辩期限({until})未满且尚未听取意见。"
    en = "The person may still be heard until {until}."


class EthicsAppealPeriodOver(DomainError):
    zh = "申诉期限({until})已过。"
    en = "The period to appeal ended on {until}."


class EthicsAppealPeriodRuns(DomainError):
    zh = "申诉期限({until})未满。"
    en = "The period to appeal runs until {until}."


class AlreadyReportedToPolice(DomainError):
    zh = "已向公安机关报告。"
    en = "The police have been told already."


class OnlyTheLead(DomainError):
    status = HTTPStatus.FORBIDDEN
    zh = "只有案件主办人可以调整知悉范围。"
    en = "Only the lead of the case changes who may know of it."


def _child_first(thing: Any, _: str, __: date) -> DomainError | None:
    if not thing.harms_children:
        return None
    if not thing.protection:
        return ProtectionComesFirst()
    return None if thing.police_on else PoliceComesFirst()


def _not_yet_told(thing: Any, _: str, __: date) -> DomainError | None:
    return AlreadyReportedToPolice() if thing.police_on else None


def _heard(thing: Any, _: str, on: date) -> DomainError | None:
    waits = thing.heard_on is None and on <= day_of(thing.statement_until)
    return StatementPeriodRuns(until=thing.statement_until) if waits else None


def _in_time(thing: Any, _: str, on: date) -> DomainError | None:
    return EthicsAppealPeriodOver(until=thing.appeal_until) if on > day_of(thing.appeal_until) else None


def _period_over(thing: Any, _: str, on: date) -> DomainError | None:
    return EthicsAppealPeriodRuns(until=thing.appeal_until) if on <= day_of(thing.appeal_until) else None


def _lead(thing: Any, who: str, _: date) -> DomainError | None:
    return None if who == thing.lead else OnlyTheLead()


EARLY = states("reported", "investigating", "investigated")
MACHINE: Machine = {
    "accept": Verb("受理", May.HANDLE_ETHICS, states("reported"), "", MEASURES),
    # 疑似受到侵害 is told to the police too: nobody closes such a report before they know (未成年人保护法 art. 11).
    "dismiss": Verb("不予立案", May.HANDLE_ETHICS, states("reported", "investigating"), "", MEASURES, (_child_first,)),
    "protect": Verb("采取保护措施", May.HANDLE_ETHICS, EARLY, "", MINORS),
    "report_to_police": Verb("向公安机关报告", May.HANDLE_ETHICS, EARLY, "", MINORS, (_not_yet_told,)),
    "name_members": Verb(
        "调整知悉范围",
        May.HANDLE_ETHICS,
        states("investigating", "investigated", "notified", "decided", "appealed"),
        "",
        MEASURES,
        (_lead,),
    ),
    "record_findings": Verb("调查终结", May.HANDLE_ETHICS, states("investigating"), "", MEASURES, (_child_first,)),
    "notify": Verb("拟处理告知", May.HANDLE_ETHICS, states("investigated"), "", MEASURES, (_child_first,)),
    "hear": Verb("听取陈述申辩或听证", May.HANDLE_ETHICS, states("notified"), "", MEASURES),
    "decide": Verb(
        "作出处理决定",
        May.DECIDE_ETHICS,
        states("notified"),
        "",
        MEASURES,
        (other_than("作出处理决定", "investigated_by"), _child_first, _heard),
    ),
    "appeal": Verb("登记申诉", May.HANDLE_ETHICS, states("decided"), "", MEASURES, (_in_time,)),
    "decide_appeal": Verb(
        "答复申诉",
        May.DECIDE_ETHICS,
        states("appealed"),
        "",
        MEASURES,
        (other_than("答复申诉", "decided_by", "investigated_by"),),
    ),
    "conclude": Verb("终结", May.HANDLE_ETHICS, states("decided"), "", MEASURES, (_period_over,)),
}


@dataclass(frozen=True, slots=True)
class Behaviour:
    """A violation of the norms, with what makes it serious. Dated data."""

    code: str
    serious: bool
    harms_children: bool
    since: date
    until: date | None

    @classmethod
    def read(cls, row: Mapping[str, str]) -> Self:
        return cls(
            row["code"],
            row["serious"] == "yes",
            row["harms_children"] == "yes",
            date.fromisoformat(row["since"]),
            date.fromisoformat(row["until"]) if row["until"] else None,
        )


@dataclass(frozen=True, slots=True)
class Sanction:
    """A sanction 处分 or other measure, its term in months (None: without one) and who decides it. Dated data."""

    code: str
    months: int | None
    kind: Literal["sanction", "measure"]
    level: Literal["office", "leader"]
    since: date
    until: date | None

    @classmethod
    def read(cls, row: Mapping[str, str]) -> Self:
        return cls(
            row["code"],
            int(row["months"]) if row["months"] else None,
            "sanction" if row["kind"] == "sanction" else "measure",
            "leader" if row["level"] == "leader" else "office",
            date.fromisoformat(row["since"]),
            date.fromisoformat(row["until"]) if row["until"] else None,
        )


def harms_children(behaviours: Iterable[Behaviour], alleged: Iterable[str]) -> bool:
    """Whether what is alleged may have harmed a child: then protection and the police come first."""
    asked = set(alleged)
    return any(each.harms_children for each in behaviours if each.code in asked)


def is_serious(behaviours: Iterable[Behaviour], confirmed: Iterable[str], on: date) -> bool:
    """严重师德失范: 虐童、体罚及变相体罚等 (三(二)2-d), as the list in force on that day has it."""
    asked = set(confirmed)
    return any(
        each.serious for each in behaviours if each.code in asked and each.since <= on and (each.until or date.max) > on
    )


def term_end(start: date, months: int) -> date:
    """The day a term of that many months ends: the same day of the month, or the month's last."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
