"""督导评估 as the documents and the district's numbers say. Pure: days come in, nothing is looked up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from services.quality.evaluations.codes import EvaluationGrade
from services.quality.permissions import May
from shared.errors import DomainError
from shared.machine import Machine, Verb, day_of, other_than, states

GUIDE = "幼儿园保育教育质量评估指南(教基〔2022〕1号)"
INSPECTION = "教育督导条例第十六至二十三条"
CITY = "北京市幼儿园办园质量督导评估办法(试行)"
LEVELS = 5


class NotInTheTeam(DomainError):
    status = HTTPStatus.FORBIDDEN
    zh = "只有本次评估小组成员可以{verb}。"
    en = "Only members of the team of this evaluation do that."


class TeamDoesNotModerate(DomainError):
    status = HTTPStatus.FORBIDDEN
    zh = "评估小组成员不得审定本组的结果。"
    en = "Members of the team do not moderate or decide on their own result."


class AlreadyScored(DomainError):
    zh = "您已提交评分。"
    en = "You have handed in your scores."


class ClassesNotObserved(DomainError):
    zh = "抽样班级尚有 {count} 个未观察。"
    en = "{count} of the sampled classes were not observed yet."


class AppealTimeOver(DomainError):
    zh = "申诉期限({until})已过。"
    en = "The period to appeal ended on {until}."


class AppealTimeRuns(DomainError):
    zh = "公示期({until})未满。"
    en = "The result may be appealed until {until}."


class AppealedOnce(DomainError):
    zh = "本结果已申诉过一次。"
    en = "The result was appealed once already."


class NoImprovementPlan(DomainError):
    zh = "尚未提交改进计划。"
    en = "There is no improvement plan yet."


class ImprovementVerified(DomainError):
    zh = "改进计划已验收。"
    en = "The improvement was verified already."


def _in_team(thing: Any, who: str, _: date) -> DomainError | None:
    return None if who in thing.team else NotInTheTeam(verb="观察、评分和校准")


def _not_in_team(thing: Any, who: str, _: date) -> DomainError | None:
    return TeamDoesNotModerate() if who in thing.team else None


def _may_score(thing: Any, who: str, _: date) -> DomainError | None:
    if who in thing.scored_by:
        return AlreadyScored()
    return ClassesNotObserved(count=thing.unobserved) if thing.unobserved else None


def _appeal_in_time(thing: Any, _: str, on: date) -> DomainError | None:
    if thing.appealed_on is not None:
        return AppealedOnce()
    return AppealTimeOver(until=thing.appeal_until) if on > day_of(thing.appeal_until) else None


def _appeal_over(thing: Any, _: str, on: date) -> DomainError | None:
    waits = thing.appealed_on is None and on <= day_of(thing.appeal_until)
    return AppealTimeRuns(until=thing.appeal_until) if waits else None


def _unverified(thing: Any, _: str, __: date) -> DomainError | None:
    return ImprovementVerified() if thing.improvement_verified_on else None


def _planned(thing: Any, _: str, __: date) -> DomainError | None:
    return None if thing.improvement else NoImprovementPlan()


MACHINE: Machine = {
    "draw_sample": Verb("抽取班级", May.ORGANISE_EVALUATIONS, states("planned"), "sampled", GUIDE),
    "observe": Verb("记录观察", May.EVALUATE, states("sampled", "scoring"), "observed", GUIDE, (_in_team,)),
    "score": Verb("评分", May.EVALUATE, states("sampled", "scoring"), "scored", GUIDE, (_in_team, _may_score)),
    "reconcile": Verb("校准", May.EVALUATE, states("reconciling"), "reconciled", GUIDE, (_in_team,)),
    "moderate": Verb("审定", May.ORGANISE_EVALUATIONS, states("agreed"), "moderated", CITY, (_not_in_team,)),
    "publish": Verb("公示", May.PUBLISH_EVALUATIONS, states("moderated"), "publicised", INSPECTION, (_not_in_team,)),
    "appeal": Verb("申诉", May.ANSWER_EVALUATIONS, states("provisional"), "appealed", INSPECTION, (_appeal_in_time,)),
    "decide_appeal": Verb(
        "答复申诉",
        May.DECIDE_EVALUATION_APPEALS,
        states("appealed"),
        "appeal_decided",
        INSPECTION,
        (_not_in_team, other_than("答复申诉", "moderated_by")),
    ),
    "finalise": Verb(
        "公布最终结果", May.PUBLISH_EVALUATIONS, states("provisional"), "finalised", INSPECTION, (_appeal_over,)
    ),
    "plan_improvement": Verb(
        "提交改进计划", May.ANSWER_EVALUATIONS, states("final"), "improvement_planned", INSPECTION, (_unverified,)
    ),
    "verify_improvement": Verb(
        "验收改进",
        May.ORGANISE_EVALUATIONS,
        states("final"),
        "improvement_verified",
        INSPECTION,
        (_planned, _unverified),
    ),
}


def sample(classes: Mapping[str, Iterable[str]], share: int, seed: str) -> dict[str, list[str]]:
    """Of each age group (kind → class ids) at least one in `share`, drawn by the seed (教基〔2022〕1号: one third).

    Whoever has the published seed can draw again and compare: the order is that of SHA-256 over `seed:class`.
    """
    drawn: dict[str, list[str]] = {}
    for kind, ids in classes.items():
        lots = sorted(ids, key=lambda each: sha256(f"{seed}:{each}".encode()).hexdigest())
        drawn[kind] = lots[: -(-len(lots) // share)]
    return drawn


@dataclass(frozen=True, slots=True)
class Scored:
    """A scored item: under which part of the framework it counts, and its level from 1 to 5."""

    part: str
    level: int


def total(items: Iterable[Scored], weights: Mapping[str, Decimal]) -> tuple[Decimal, dict[str, Decimal]]:
    """The points out of 100, and those of each part: a part is the mean of its levels, parts count by their weight.

    Beijing's 办法 weighs 条件 : 过程 : 结果 = 3 : 5 : 2; that each is out of 100 is a reading of it.
    """
    parts: dict[str, list[int]] = {}
    for each in items:
        parts.setdefault(each.part, []).append(each.level)
    points = {part: Decimal(sum(levels) * 100) / (LEVELS * len(levels)) for part, levels in parts.items()}
    weight = sum((weights[part] for part in points), Decimal(0))
    whole = sum((points[part] * weights[part] for part in points), Decimal(0)) / weight
    return _two(whole), {part: _two(value) for part, value in points.items()}


def _two(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def grade(points: Decimal, thresholds: Mapping[EvaluationGrade, Decimal], *, serious_case: bool) -> EvaluationGrade:
    """The grade of that many points; a confirmed serious ethics case of the year makes it 不合格 whatever they are."""
    if serious_case:
        return EvaluationGrade.UNQUALIFIED
    for each in (EvaluationGrade.EXCELLENT, EvaluationGrade.GOOD, EvaluationGrade.QUALIFIED):
        if points >= thresholds[each]:
            return each
    return EvaluationGrade.UNQUALIFIED
