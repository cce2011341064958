from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from services.registry.divisions.codes import Zone
from services.registry.divisions.schemas import DIVISION
from services.registry.indicator_snapshots.codes import Change, Reason
from services.registry.indicators.codes import Part
from services.registry.indicators.schemas import Basis, Where
from shared.schemas import Count, Day, Out, Page, zh


class IndicatorSnapshotIn(Where, Basis):
    """Freeze one figure of a place as it is now."""

    indicator: Annotated[str, zh("指标代码", max_length=100, pattern=r"^[a-z][a-z0-9_]*$")]
    as_of: Annotated[Day, zh("截至日期")]
    published: Annotated[bool, zh("公布", "Everybody may read a published figure.")] = False
    note: Annotated[str, zh("备注", max_length=500)] = ""


class IndicatorSnapshot(Out):
    """A frozen figure: never computed again, never changed."""

    id: Annotated[UUID, zh("编号")]
    indicator: Annotated[str, zh("指标代码")]
    indicator_name: Annotated[str, zh("指标名称")]
    version: Annotated[Count, zh("定义版本")]
    division: Annotated[str, zh("区划")]
    zone: Annotated[Zone | None, zh("片区")]
    kindergarten: Annotated[UUID | None, zh("幼儿园")]
    as_of: Annotated[date, zh("截至日期")]
    parameters: Annotated[dict[str, Any], zh("参数")]
    numerator: Annotated[Count, zh("分子")]
    denominator: Annotated[Count | None, zh("分母")]
    value: Annotated[str | None, zh("数值", "In the indicator's unit, rounded half up once.")]
    unit: Annotated[str, zh("单位")]
    inputs_digest: Annotated[str, zh("明细摘要", "SHA-256 of the rows behind the figure.")]
    numerator_rows: Annotated[Count, zh("分子明细数")]
    denominator_rows: Annotated[Count, zh("分母明细数")]
    population_counted_on: Annotated[date | None, zh("人口统计日期")]
    synthetic: Annotated[bool, zh("演示数据")]
    published: Annotated[bool, zh("已公布")]
    note: Annotated[str, zh("备注")]
    frozen_by: Annotated[str, zh("冻结人")]
    frozen_at: Annotated[datetime, zh("冻结时间")]


class IndicatorSnapshotPage(Out):
    items: Annotated[list[IndicatorSnapshot], zh("冻结数")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class IndicatorSnapshotQuery(Page):
    indicator: Annotated[str | None, zh("指标代码", max_length=100)] = None
    division: Annotated[str | None, zh("区划", "Of exactly this division.", pattern=DIVISION)] = None
    zone: Annotated[Zone | None, zh("片区")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    as_of: Annotated[Day | None, zh("截至日期", "Counted on exactly this day.")] = None
    published: Annotated[bool | None, zh("已公布")] = None
    sort: Annotated[Literal["-frozen_at", "frozen_at", "-as_of", "as_of"], zh("排序")] = "-frozen_at"


class Counts(Out):
    """Both sides of a figure and its value."""

    numerator: Annotated[Count, zh("分子")]
    denominator: Annotated[Count | None, zh("分母")]
    value: Annotated[str | None, zh("数值")]


class ChangedInput(Out):
    """A row that counts otherwise now than when the figure was frozen."""

    part: Annotated[Part, zh("哪一侧")]
    change: Annotated[Change, zh("变动")]
    reason: Annotated[Reason, zh("原因")]
    id: Annotated[str, zh("编号")]
    kindergarten: Annotated[UUID | None, zh("幼儿园", "Null when the row exists no longer, or belongs to none.")]
    kindergarten_name: Annotated[str | None, zh("幼儿园名称")]
    frozen_amount: Annotated[Count | None, zh("冻结时计入")]
    live_amount: Annotated[Count | None, zh("现在计入")]


class IndicatorDifference(Out):
    """A frozen figure beside the same figure counted now by the same definition, and the rows that differ."""

    snapshot: Annotated[UUID, zh("冻结数编号")]
    indicator: Annotated[str, zh("指标代码")]
    version: Annotated[Count, zh("冻结时的定义版本")]
    version_in_force: Annotated[
        Count, zh("现行定义版本", "Another one means that figures frozen now follow other rules.")
    ]
    as_of: Annotated[date, zh("截至日期")]
    frozen: Annotated[Counts, zh("冻结数")]
    live: Annotated[Counts, zh("现在的数")]
    same: Annotated[bool, zh("完全一致", "The very same rows stand behind both.")]
    intact: Annotated[bool, zh("明细完好", "The stored rows still match their digest.")]
    numerator_changes: Annotated[Count, zh("分子变动数")]
    denominator_changes: Annotated[Count, zh("分母变动数")]
    rows: Annotated[list[ChangedInput], zh("变动明细", "The first 500.")]
