from typing import Annotated, Literal
from uuid import UUID

from shared.schemas import Count, Day, In, Out, Page, zh


class TransitionCoverageRow(Out):
    """What a kindergarten does for the transition in a school year."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    schools: Annotated[Count, zh("结对小学数", "Pairs that stand on the day.")]
    activities: Annotated[Count, zh("本学年联合活动次数")]
    large_classes: Annotated[Count, zh("大班数", "Big classes on the day.")]
    plans_filed: Annotated[Count, zh("已交计划的大班数")]
    plans_accepted: Annotated[Count, zh("计划已认可的大班数")]
    measures: Annotated[Count, zh("应落实举措数", "In force, with a text.")]
    carried_out: Annotated[Count, zh("已落实举措数")]
    handovers: Annotated[Count, zh("本学年移交数", "Sent with consent; never of whom.")]
    covered: Annotated[bool, zh("已覆盖", "Paired, with an activity in the year, and a plan of every big class.")]


class TransitionCoveragePage(Out):
    items: Annotated[list[TransitionCoverageRow], zh("幼儿园")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class TransitionCoverageQuery(Page):
    as_of: Annotated[Day | None, zh("截至日期", "Its school year is the year reported.")] = None
    division: Annotated[str | None, zh("区划", "This division and all below it.", pattern=r"^\d{6,12}$")] = None
    paired: Annotated[bool | None, zh("已结对")] = None
    covered: Annotated[bool | None, zh("已覆盖")] = None
    sort: Annotated[Literal["kindergarten_name", "-kindergarten_name"], zh("排序")] = "kindergarten_name"


class TransitionFigureQuery(In):
    as_of: Annotated[Day | None, zh("截至日期", "Its school year is the year reported.")] = None


class TransitionFigures(Out):
    """The district's (or the reader's part's) coverage as one line."""

    school_year: Annotated[int, zh("学年")]
    kindergartens: Annotated[Count, zh("在办幼儿园数")]
    paired: Annotated[Count, zh("已结对幼儿园数")]
    paired_percent: Annotated[str | None, zh("结对率(%)")]
    schools: Annotated[Count, zh("小学数")]
    schools_paired: Annotated[Count, zh("已结对小学数")]
    schools_paired_percent: Annotated[str | None, zh("小学结对率(%)")]
    activities: Annotated[Count, zh("本学年联合活动次数")]
    active: Annotated[Count, zh("开展活动的幼儿园数")]
    large_classes: Annotated[Count, zh("大班数")]
    plans_filed: Annotated[Count, zh("已交计划的大班数")]
    plans_filed_percent: Annotated[str | None, zh("计划提交率(%)")]
    covered: Annotated[Count, zh("已覆盖幼儿园数")]
    covered_percent: Annotated[str | None, zh("覆盖率(%)")]
    pilots: Annotated[Count, zh("正在试点数")]
