"""How deep an inspection goes, and what may be done with it when. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from services.safety.inspections.codes import InspectionDepth
from services.safety.parameters.rules import Parameter, number
from services.safety.permissions import May
from shared.errors import DomainError
from shared.machine import Machine, Verb

DUTY = "中华人民共和国学前教育法第六十七条"


class NotAnInspectorOfThis(DomainError):
    zh = "您不在本次检查的人员名单中。"
    en = "You are not one of this inspection's inspectors."
    hint_zh = "名单由计划或随机抽取确定,以落实回避。"
    hint_en = "The plan or the draw names them, so that conflicts of interest are kept out."


def _named(thing: Any, who: str, _: date) -> DomainError | None:
    return None if not thing.inspectors or who in thing.inspectors else NotAnInspectorOfThis()


MACHINE: Machine = {
    "start": Verb("开始检查", May.MAKE_INSPECTIONS, frozenset({"planned"}), basis=DUTY, guards=(_named,)),
    "record": Verb("记录结果", May.MAKE_INSPECTIONS, frozenset({"visiting", "recorded"}), basis=DUTY, guards=(_named,)),
    "sign": Verb("园方签字", May.SIGN_INSPECTIONS, frozenset({"recorded"}), basis=DUTY),
    "share": Verb("共享结果", May.SHARE_INSPECTIONS, frozenset({"signed"}), basis=DUTY),
    "cancel": Verb("取消", May.PLAN_INSPECTIONS, frozenset({"planned"}), basis=DUTY),
}


@dataclass(frozen=True, slots=True)
class History:
    """What is known of a kindergarten before an inspection; a missing day or score is None."""

    last_full_on: date | None
    last_score: Decimal | None
    open_major: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Depth:
    depth: InspectionDepth
    reasons: tuple[str, ...]


def depth(parameters: Iterable[Parameter], history: History, on: date) -> Depth:
    """The whole checklist where there is reason for it, key indicators where the record is clean."""
    numbers = tuple(parameters)
    most, least = number(numbers, "inspection_full_days", on), number(numbers, "inspection_pass_score", on)
    reasons = []
    if history.last_full_on is None:
        reasons.append("从未全面检查")
    elif (on - history.last_full_on).days > most:
        reasons.append(f"距上次全面检查已超过 {most} 天({history.last_full_on})")
    if history.last_score is not None and history.last_score < least:
        reasons.append(f"上次得分 {history.last_score} 低于 {least}")
    if history.open_major:
        reasons.append(f"有未销号重大隐患 {history.open_major} 项")
    if history.overdue:
        reasons.append(f"有逾期隐患 {history.overdue} 项")
    if reasons:
        return Depth(InspectionDepth.FULL, tuple(reasons))
    return Depth(InspectionDepth.SHORT, ("上次全面检查在期限内、得分达标且无重大或逾期隐患",))
