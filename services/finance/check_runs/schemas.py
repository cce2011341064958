from datetime import date
from typing import Annotated

from shared.schemas import Count, Day, In, Out, zh


class CheckRunNew(In):
    month: Annotated[Day | None, zh("月份", "Any day of it; the three months before `as_of` when left out.")] = None
    as_of: Annotated[Day | None, zh("截至日期", "Nothing is missing before it is due; today when left out.")] = None


class RaisedCount(Out):
    rule: Annotated[str, zh("规则")]
    found: Annotated[Count, zh("发现数")]
    raised: Annotated[Count, zh("新增预警", "Not raised before.")]


class CheckRunOut(Out):
    """What a run of the checks found, rule by rule, and how much of it is new."""

    months: Annotated[list[date], zh("月份")]
    as_of: Annotated[date, zh("截至日期")]
    rules: Annotated[list[RaisedCount], zh("规则")]
