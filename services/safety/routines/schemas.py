from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.safety.routines.codes import DrillKind, MealKind, Symptom
from shared.schemas import Count, Day, In, Out, Page, zh

Some = Annotated[int, zh("数量", ge=0, le=5000)]


class CauseCount(In):
    cause: Annotated[Symptom, zh("原因")]
    children: Annotated[int, zh("人数", ge=1, le=500)]


class ReturningChild(In):
    child: Annotated[UUID, zh("幼儿", "The register's id.")]
    last_present_on: Annotated[
        Day | None, zh("最后在园日期", "Where no absence is on record; else that of the record counts.")
    ] = None


class MorningCheckPut(In):
    """晨检 of a class."""

    present: Annotated[int, zh("到园人数", ge=0, le=200)]
    absent: Annotated[int, zh("缺勤人数", ge=0, le=200)]
    causes: Annotated[list[CauseCount], zh("病因缺勤", max_length=20)] = Field(default=[])
    returning: Annotated[
        list[ReturningChild],
        zh(
            "今日返园幼儿",
            "Who was away and is back: refused while a health examination is due (SAF-14).",
            max_length=60,
        ),
    ] = Field(default=[])
    note: Annotated[str, zh("说明", "Name no child.", max_length=500)] = ""


class MealPut(In):
    accompanied_by: Annotated[str, zh("陪餐负责人职务", "Empty: nobody.", max_length=50)] = ""
    dishes: Annotated[int, zh("品种数", ge=0, le=50)]
    samples: Annotated[int, zh("留样品种数", ge=0, le=50)]
    least_grams: Annotated[int, zh("最小留样克数", ge=0, le=5000)]
    supplier_checked: Annotated[bool, zh("进货查验")]
    suppliers: Annotated[
        list[str], zh("供应商编号", "Each must be on file with a licence in force.", max_length=50)
    ] = Field(default=[])
    kept_hours: Annotated[int | None, zh("留样保存小时数", ge=0, le=1000)] = None
    kept_celsius: Annotated[Decimal | None, zh("留样温度", "℃", ge=-50, le=100, max_digits=4, decimal_places=1)] = None
    parents: Annotated[int, zh("家长陪餐人数", ge=0, le=500)] = 0


class BusRunPut(In):
    plate: Annotated[str, zh("车牌", min_length=1, max_length=20)]
    dedicated: Annotated[bool, zh("幼儿专用校车")]
    licence_until: Annotated[Day | None, zh("校车使用许可至")] = None
    boarded: Annotated[int, zh("上车人数", ge=0, le=100)]
    alighted: Annotated[int, zh("下车人数", ge=0, le=100)]
    attendant: Annotated[bool, zh("照管人员随车")]


class DrillIn(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kind: Annotated[DrillKind, zh("类型")]
    held_on: Annotated[Day, zh("日期")]
    people: Annotated[int, zh("参加人数", ge=1, le=5000)]
    seconds: Annotated[int, zh("用时", "Seconds until all were in safety.", ge=0, le=36000)]
    partners: Annotated[list[str], zh("联合单位", max_length=10)] = Field(default=[])
    note: Annotated[str, zh("说明", max_length=500)] = ""


class RoutineAnswer(Out):
    """What was recorded is judged at once."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    day: Annotated[date, zh("日期")]
    faults: Annotated[list[str], zh("问题")]
    hazard: Annotated[UUID | None, zh("产生的隐患")]


class OutbreakSignal(Out):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    group: Annotated[str | None, zh("班级", "null: the whole kindergarten.")]
    cause: Annotated[Symptom, zh("原因")]
    children: Annotated[Count, zh("人数")]
    since: Annotated[date, zh("观察起始")]


class RoutineGap(Out):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    name: Annotated[str, zh("名称")]
    rule: Annotated[str, zh("规则")]
    zh: Annotated[str, zh("问题")]


class RoutineQuery(In):
    division: Annotated[str, zh("区划", "This division and all below it.", pattern=r"^\d{6,12}$")] = "110116"
    as_of: Annotated[Day | None, zh("截至日期", "Left out: today.")] = None


class CauseRow(Out):
    cause: Annotated[Symptom, zh("原因")]
    children: Annotated[Count, zh("人数")]


class MorningCheckRow(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    group: Annotated[str, zh("班级")]
    day: Annotated[date, zh("日期")]
    present: Annotated[Count, zh("到园人数")]
    absent: Annotated[Count, zh("缺勤人数")]
    causes: Annotated[list[CauseRow], zh("病因缺勤")]
    note: Annotated[str, zh("说明")]
    recorded_by: Annotated[str, zh("登记人")]
    recorded_at: Annotated[datetime, zh("登记时刻")]


class MorningCheckPage(Out):
    items: Annotated[list[MorningCheckRow], zh("晨检")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class MealRow(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    day: Annotated[date, zh("日期")]
    meal: Annotated[MealKind, zh("餐次")]
    accompanied_by: Annotated[str, zh("陪餐负责人职务")]
    parents: Annotated[Count, zh("家长陪餐人数")]
    dishes: Annotated[Count, zh("品种数")]
    samples: Annotated[Count, zh("留样品种数")]
    least_grams: Annotated[Count, zh("最小留样克数")]
    kept_hours: Annotated[Count | None, zh("留样保存小时数")]
    kept_celsius: Annotated[Decimal | None, zh("留样温度")]
    supplier_checked: Annotated[bool, zh("进货查验")]
    suppliers: Annotated[list[str], zh("供应商编号")]
    faults: Annotated[list[str], zh("问题")]
    recorded_by: Annotated[str, zh("登记人")]
    recorded_at: Annotated[datetime, zh("登记时刻")]


class MealPage(Out):
    items: Annotated[list[MealRow], zh("餐次")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class BusRunRow(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    day: Annotated[date, zh("日期")]
    run: Annotated[str, zh("车次")]
    plate: Annotated[str, zh("车牌")]
    dedicated: Annotated[bool, zh("幼儿专用校车")]
    licence_until: Annotated[date | None, zh("校车使用许可至")]
    boarded: Annotated[Count, zh("上车人数")]
    alighted: Annotated[Count, zh("下车人数")]
    attendant: Annotated[bool, zh("照管人员随车")]
    faults: Annotated[list[str], zh("问题")]
    recorded_by: Annotated[str, zh("登记人")]
    recorded_at: Annotated[datetime, zh("登记时刻")]


class BusRunPage(Out):
    items: Annotated[list[BusRunRow], zh("车次")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class DrillRow(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    kind: Annotated[DrillKind, zh("类型")]
    held_on: Annotated[date, zh("日期")]
    people: Annotated[Count, zh("参加人数")]
    seconds: Annotated[Count, zh("用时", "Seconds.")]
    partners: Annotated[list[str], zh("联合单位")]
    note: Annotated[str, zh("说明")]
    recorded_by: Annotated[str, zh("登记人")]
    recorded_at: Annotated[datetime, zh("登记时刻")]


class DrillPage(Out):
    items: Annotated[list[DrillRow], zh("演练")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class DailyQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    division: Annotated[str | None, zh("区划", pattern=r"^\d{6,12}$")] = None
    since: Annotated[Day | None, zh("不早于")] = None
    until: Annotated[Day | None, zh("不晚于")] = None
    sort: Annotated[Literal["-day", "day"], zh("排序")] = "-day"


class FaultQuery(DailyQuery):
    faulty: Annotated[bool | None, zh("有问题")] = None


class DrillQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    division: Annotated[str | None, zh("区划", pattern=r"^\d{6,12}$")] = None
    kind: Annotated[DrillKind | None, zh("类型")] = None
    since: Annotated[Day | None, zh("不早于")] = None
    until: Annotated[Day | None, zh("不晚于")] = None
    sort: Annotated[Literal["-held_on", "held_on"], zh("排序")] = "-held_on"


class MealGapQuery(In):
    division: Annotated[str, zh("区划", "This division and all below it.", pattern=r"^\d{6,12}$")] = "110116"
    since: Annotated[Day, zh("起始日期")]
    until: Annotated[Day, zh("截止日期", "Counted; at most 62 days.")]
    meal: Annotated[MealKind, zh("餐次")] = MealKind.LUNCH


class MealGap(Out):
    """A working day of a kindergarten without a sound record of the meal (SAF-12)."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    name: Annotated[str, zh("名称")]
    day: Annotated[date, zh("日期")]
    rule: Annotated[str, zh("规则")]
    recorded: Annotated[bool, zh("有记录")]
    faults: Annotated[list[str], zh("问题")]
