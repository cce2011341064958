from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, WithJsonSchema

from services.registry.changes import Change
from services.registry.classes.codes import ClassKind
from services.registry.divisions.schemas import DIVISION
from services.registry.premises.codes import (
    AppraisalKind,
    AppraisalState,
    BuildingStructure,
    PremisesGroup,
    PremisesMeasure,
    RoomKind,
    ToiletArrangement,
)
from shared.schemas import UNSENT, Count, Day, In, Out, Page, zh

Area = Annotated[
    Decimal,
    Field(max_digits=10, decimal_places=2),
    WithJsonSchema({"type": "string", "format": "decimal", "pattern": r"^-?\d{1,8}(\.\d{1,2})?$"}),
]
Share = Annotated[
    Decimal, WithJsonSchema({"type": "string", "format": "decimal", "pattern": r"^-?\d{1,8}(\.\d{1,4})?$"})
]
Size = Annotated[Area, Field(gt=0, le=1_000_000)]
M2 = "Square metres."
NO_MORE = "The first day without it; null: still in use."


class AppraisalOut(Out):
    """An appraisal 鉴定 of a building."""

    id: Annotated[UUID, zh("编号")]
    kind: Annotated[AppraisalKind, zh("类别")]
    appraised_on: Annotated[date, zh("鉴定日期")]
    valid_until: Annotated[date | None, zh("有效期至", "Its last day; null without an end.")]
    passed: Annotated[bool, zh("合格")]
    agency: Annotated[str, zh("鉴定机构")]
    document: Annotated[str, zh("报告编号")]


class BuildingRow(Out):
    """A building 园舍 of a kindergarten, with where its appraisals stand on a day."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    campus: Annotated[UUID | None, zh("园址", "Null: the main address.")]
    name: Annotated[str, zh("名称")]
    area: Annotated[Area, zh("建筑面积", M2)]
    built_year: Annotated[Count, zh("建成年份")]
    structure: Annotated[BuildingStructure, zh("结构")]
    storeys: Annotated[Count, zh("层数")]
    note: Annotated[str, zh("备注")]
    since: Annotated[date, zh("启用日期")]
    until: Annotated[date | None, zh("停用日期", NO_MORE)]
    seismic: Annotated[AppraisalState, zh("抗震鉴定")]
    fire: Annotated[AppraisalState, zh("消防验收")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class PremisesRoomOut(Out):
    """A room of a building."""

    id: Annotated[UUID, zh("编号")]
    building: Annotated[UUID, zh("园舍")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    name: Annotated[str, zh("名称")]
    kind: Annotated[RoomKind, zh("用途")]
    area: Annotated[Area, zh("使用面积", M2)]
    class_id: Annotated[UUID | None, zh("使用班级")]
    for_nursery: Annotated[bool, zh("托班用房", "Counts for no child of 3 to 6.")]
    since: Annotated[date, zh("启用日期")]
    until: Annotated[date | None, zh("停用日期", NO_MORE)]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class BuildingOut(BuildingRow):
    appraisals: Annotated[list[AppraisalOut], zh("鉴定记录", "The latest first.")]
    rooms: Annotated[list[PremisesRoomOut], zh("房间", "In use on the day.")]


class BuildingPage(Out):
    items: Annotated[list[BuildingRow], zh("园舍")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class PremisesRoomPage(Out):
    items: Annotated[list[PremisesRoomOut], zh("房间")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class BuildingQuery(Page):
    kindergarten: Annotated[UUID, zh("幼儿园")] = UNSENT
    division: Annotated[str, zh("区划", "This unit and all below it.", pattern=DIVISION)] = UNSENT
    campus: Annotated[UUID, zh("园址")] = UNSENT
    structure: Annotated[BuildingStructure, zh("结构")] = UNSENT
    seismic: Annotated[AppraisalState, zh("抗震鉴定")] = UNSENT
    fire: Annotated[AppraisalState, zh("消防验收")] = UNSENT
    built_before: Annotated[int, zh("建成早于", "This year.", ge=1900, le=2101)] = UNSENT
    synthetic: Annotated[bool, zh("演示数据")] = UNSENT
    as_of: Annotated[Day, zh("截至日期", "Buildings in use on this day; today by default.")] = UNSENT
    sort: Annotated[Literal["name", "-name"], zh("排序", "By the kindergarten's name.")] = "name"


class PremisesRoomQuery(Page):
    kindergarten: Annotated[UUID, zh("幼儿园")] = UNSENT
    division: Annotated[str, zh("区划", "This unit and all below it.", pattern=DIVISION)] = UNSENT
    building: Annotated[UUID, zh("园舍")] = UNSENT
    kind: Annotated[RoomKind, zh("用途")] = UNSENT
    class_id: Annotated[UUID, zh("使用班级")] = UNSENT
    for_nursery: Annotated[bool, zh("托班用房")] = UNSENT
    as_of: Annotated[Day, zh("截至日期", "Rooms in use on this day; today by default.")] = UNSENT
    sort: Annotated[Literal["recorded", "-recorded"], zh("排序")] = "recorded"


class PremisesDay(In):
    as_of: Annotated[Day, zh("截至日期", "Today by default.")] = UNSENT


class BuildingNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    campus: Annotated[UUID | None, zh("园址", "Left out: the main address.")] = None
    name: Annotated[str, zh("名称", min_length=1, max_length=100)]
    area: Annotated[Size, zh("建筑面积", M2)]
    built_year: Annotated[int, zh("建成年份", ge=1900, le=2100)]
    structure: Annotated[BuildingStructure, zh("结构")]
    storeys: Annotated[int, zh("层数", ge=1, le=20)]
    note: Annotated[str, zh("备注", max_length=500)] = ""
    since: Annotated[Day, zh("启用日期", "Today by default.")] = UNSENT


class BuildingChange(Change):
    """What to change of a building; `until` ends its use."""

    CLEARABLE = frozenset({"until", "campus"})

    campus: Annotated[UUID | None, zh("园址")] = None
    name: Annotated[str, zh("名称", min_length=1, max_length=100)] = UNSENT
    area: Annotated[Size, zh("建筑面积", M2)] = UNSENT
    built_year: Annotated[int, zh("建成年份", ge=1900, le=2100)] = UNSENT
    structure: Annotated[BuildingStructure, zh("结构")] = UNSENT
    storeys: Annotated[int, zh("层数", ge=1, le=20)] = UNSENT
    note: Annotated[str, zh("备注", max_length=500)] = UNSENT
    until: Annotated[Day | None, zh("停用日期", NO_MORE)] = None


class AppraisalNew(In):
    kind: Annotated[AppraisalKind, zh("类别")]
    appraised_on: Annotated[Day, zh("鉴定日期", "Not after today.")]
    valid_until: Annotated[Day | None, zh("有效期至", "Its last day; left out without an end.")] = None
    passed: Annotated[bool, zh("合格")]
    agency: Annotated[str, zh("鉴定机构", min_length=1, max_length=100)]
    document: Annotated[str, zh("报告编号", min_length=1, max_length=200)]


class PremisesRoomNew(In):
    name: Annotated[str, zh("名称", min_length=1, max_length=100)]
    kind: Annotated[RoomKind, zh("用途")]
    area: Annotated[Size, zh("使用面积", M2)]
    class_id: Annotated[UUID | None, zh("使用班级")] = None
    for_nursery: Annotated[bool, zh("托班用房")] = False
    since: Annotated[Day, zh("启用日期", "Today by default.")] = UNSENT


class PremisesRoomChange(Change):
    """What to change of a room; `until` ends its use."""

    CLEARABLE = frozenset({"until", "class_id"})

    name: Annotated[str, zh("名称", min_length=1, max_length=100)] = UNSENT
    kind: Annotated[RoomKind, zh("用途")] = UNSENT
    area: Annotated[Size, zh("使用面积", M2)] = UNSENT
    class_id: Annotated[UUID | None, zh("使用班级")] = None
    for_nursery: Annotated[bool, zh("托班用房")] = UNSENT
    until: Annotated[Day | None, zh("停用日期", NO_MORE)] = None


class PremisesPut(In):
    """The grounds from a day on; said again for the same day it replaces what was said."""

    since: Annotated[Day, zh("起始日期")]
    planned_on: Annotated[Day | None, zh("规划批复日期", "Decides which share C1 asks for.")] = None
    site_area: Annotated[Size | None, zh("占地面积", M2)] = None
    outdoor_area: Annotated[Area, Field(ge=0, le=1_000_000), zh("户外活动场地面积", M2)]


class PremisesGrounds(Out):
    """The grounds of a kindergarten from a day on."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    since: Annotated[date, zh("起始日期")]
    planned_on: Annotated[date | None, zh("规划批复日期")]
    site_area: Annotated[Area | None, zh("占地面积", M2)]
    outdoor_area: Annotated[Area, zh("户外活动场地面积", M2)]
    version: Annotated[Count, zh("版本")]


class ClassToiletsPut(In):
    arrangement: Annotated[ToiletArrangement, zh("如厕安排")]
    seen_on: Annotated[Day, zh("核查日期", "Not after today.")]
    note: Annotated[str, zh("备注", max_length=500)] = ""


class ClassToiletsRow(Out):
    """A class of a day and how it goes to the toilet; null where nobody has said so."""

    class_id: Annotated[UUID, zh("班级")]
    class_name: Annotated[str, zh("班级名称")]
    kind: Annotated[ClassKind, zh("班级类型")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    arrangement: Annotated[ToiletArrangement | None, zh("如厕安排")]
    seen_on: Annotated[date | None, zh("核查日期")]
    note: Annotated[str | None, zh("备注")]


class ClassToiletsPage(Out):
    items: Annotated[list[ClassToiletsRow], zh("班级")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ClassToiletsQuery(Page):
    kindergarten: Annotated[UUID, zh("幼儿园")] = UNSENT
    division: Annotated[str, zh("区划", "This unit and all below it.", pattern=DIVISION)] = UNSENT
    kind: Annotated[ClassKind, zh("班级类型")] = UNSENT
    arrangement: Annotated[ToiletArrangement, zh("如厕安排")] = UNSENT
    known: Annotated[bool, zh("已登记")] = UNSENT
    as_of: Annotated[Day, zh("截至日期", "Classes of this day; today by default.")] = UNSENT
    sort: Annotated[Literal["name", "-name"], zh("排序", "By the kindergarten's name.")] = "name"


class PremisesCondition(Out):
    """A kindergarten that operates, measured against C1 and C2 on a day. What is not on record is null."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    group: Annotated[PremisesGroup, zh("规划分组")]
    children: Annotated[Count, zh("在园幼儿数", "Ages 3 to 6.")]
    nursery_children: Annotated[Count, zh("托班幼儿数", "Counted apart.")]
    outdoor_area: Annotated[Area | None, zh("户外活动场地面积", M2)]
    activity_area: Annotated[Area | None, zh("幼儿活动用房面积", M2)]
    building_area: Annotated[Area | None, zh("园舍建筑面积", M2)]
    outdoor_per_child: Annotated[Area | None, zh("生均户外活动场地面积")]
    activity_per_child: Annotated[Area | None, zh("生均幼儿活动用房面积")]
    building_per_child: Annotated[Area | None, zh("生均园舍建筑面积")]
    outdoor_met: Annotated[bool | None, zh("户外活动场地达标")]
    activity_met: Annotated[bool | None, zh("幼儿活动用房达标")]
    building_met: Annotated[bool | None, zh("园舍建筑达标")]
    met: Annotated[bool | None, zh("办园条件达标", "All three; null while one is not on record.")]
    classes: Annotated[Count, zh("班级数", "Ages 3 to 6.")]
    classes_within: Annotated[Count, zh("班额达标班级数")]
    toilets_arranged: Annotated[Count, zh("已分厕或分时如厕的班级数")]
    appraisals_lacking: Annotated[Count, zh("抗震、消防缺失或过期的园舍数")]
    synthetic: Annotated[bool, zh("演示数据")]


class PremisesConditionPage(Out):
    items: Annotated[list[PremisesCondition], zh("办园条件")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class PremisesConditionQuery(Page):
    kindergarten: Annotated[UUID, zh("幼儿园")] = UNSENT
    division: Annotated[str, zh("区划", "This unit and all below it.", pattern=DIVISION)] = UNSENT
    group: Annotated[PremisesGroup, zh("规划分组")] = UNSENT
    met: Annotated[bool, zh("办园条件达标")] = UNSENT
    known: Annotated[bool, zh("数据齐全")] = UNSENT
    synthetic: Annotated[bool, zh("演示数据")] = UNSENT
    as_of: Annotated[Day, zh("截至日期", "Today by default.")] = UNSENT
    sort: Annotated[Literal["name", "-name"], zh("排序")] = "name"


class PremisesOut(Out):
    """Everything of a kindergarten's premises on a day."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    as_of: Annotated[date, zh("截至日期")]
    since: Annotated[date | None, zh("场地信息起始日期")]
    planned_on: Annotated[date | None, zh("规划批复日期")]
    site_area: Annotated[Area | None, zh("占地面积", M2)]
    outdoor_area: Annotated[Area | None, zh("户外活动场地面积", M2)]
    buildings: Annotated[list[BuildingRow], zh("园舍")]
    rooms: Annotated[list[PremisesRoomOut], zh("房间")]
    toilets: Annotated[list[ClassToiletsRow], zh("班级如厕安排")]
    condition: Annotated[
        PremisesCondition | None, zh("办园条件", "Null while it does not operate, or before the standard was in force.")
    ]


class PremisesThreshold(Out):
    measure: Annotated[PremisesMeasure, zh("指标")]
    per_child: Annotated[Area, zh("生均面积", M2)]
    document: Annotated[str, zh("文件")]
    article: Annotated[str, zh("条款")]
    tag: Annotated[str, zh("确定程度", "verified, known, uncertain or illustrative.")]


class PremisesRate(Out):
    """达标率 of one group in one measure. What is not on record counts as not met, and is shown."""

    group: Annotated[PremisesGroup, zh("规划分组")]
    measure: Annotated[PremisesMeasure, zh("指标")]
    kindergartens: Annotated[Count, zh("园所数")]
    met: Annotated[Count, zh("达标园所数")]
    unmet: Annotated[Count, zh("不达标园所数")]
    unknown: Annotated[Count, zh("数据不全园所数")]
    rate: Annotated[Share | None, zh("达标率", "Per cent.")]
    required: Annotated[Share, zh("要求达标率", "Per cent.")]
    reached: Annotated[bool | None, zh("达到要求")]


class ToiletProgress(Out):
    """Classes of one kind by how they go to the toilet."""

    kind: Annotated[ClassKind, zh("班级类型")]
    classes: Annotated[Count, zh("班级数")]
    separate: Annotated[Count, zh("男女分厕")]
    time_shared: Annotated[Count, zh("分时如厕")]
    none: Annotated[Count, zh("未分厕")]
    unknown: Annotated[Count, zh("未登记")]


class PremisesReport(Out):
    """办园条件 of the kindergartens that operate in a division on a day (教督〔2020〕1号 C1, C2)."""

    division: Annotated[str, zh("区划", "Empty: all in scope.")]
    as_of: Annotated[date, zh("截至日期")]
    kindergartens: Annotated[Count, zh("园所数")]
    children: Annotated[Count, zh("在园幼儿数", "Ages 3 to 6.")]
    nursery_children: Annotated[Count, zh("托班幼儿数", "Counted apart.")]
    thresholds: Annotated[list[PremisesThreshold], zh("标准")]
    rates: Annotated[list[PremisesRate], zh("达标率")]
    c1_reached: Annotated[bool | None, zh("C1 办园条件")]
    classes: Annotated[Count, zh("班级数", "Ages 3 to 6.")]
    classes_within: Annotated[Count, zh("班额达标班级数")]
    class_rate: Annotated[Share | None, zh("班额达标率", "Per cent.")]
    class_rate_required: Annotated[Share, zh("要求班额达标率", "Per cent.")]
    c2_reached: Annotated[bool | None, zh("C2 班额", "REG-06.")]
    toilets: Annotated[list[ToiletProgress], zh("如厕安排进展")]
    appraisals_lacking: Annotated[Count, zh("抗震、消防缺失或过期的园舍数")]


class PremisesReportQuery(In):
    division: Annotated[str, zh("区划", "This unit and all below it.", pattern=DIVISION)] = UNSENT
    as_of: Annotated[Day, zh("截至日期", "Today by default.")] = UNSENT
