from datetime import date
from typing import Annotated

from shared.schemas import Day, In, Out, zh


class RuleParameterOut(Out):
    """A number of a rule, with its authority."""

    name: Annotated[str, zh("参数")]
    label_zh: Annotated[str, zh("名称")]
    value: Annotated[str, zh("值")]
    unit: Annotated[str, zh("单位")]
    document: Annotated[str, zh("文件")]
    article: Annotated[str, zh("条款")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date | None, zh("截止日期")]
    tag: Annotated[str, zh("核实程度", "verified, known, uncertain or illustrative")]


class SafetyRuleOut(Out):
    """A rule this service keeps: what it says, how grave, under which law, with which numbers."""

    rule: Annotated[str, zh("规则")]
    severity: Annotated[str, zh("程度", "block, stop, red or warning")]
    condition_zh: Annotated[str, zh("条件")]
    condition_en: Annotated[str, zh("条件(英文)")]
    basis: Annotated[str, zh("依据")]
    where: Annotated[str, zh("所在资源", "The resource that shows it.")]
    parameters: Annotated[list[RuleParameterOut], zh("参数")]


class RuleQuery(In):
    as_of: Annotated[Day | None, zh("截至日期", "Numbers in force on this day; left out: today.")] = None
