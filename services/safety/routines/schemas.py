from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.safety.routines.codes import DrillKind, Symptom
from shared.schemas import Count, Day, In, Out, zh

Some = Annotated[int, zh("数量", ge=0, le=5000)]


class CauseCount(In):
    cause: Annotated[Symptom, zh("原因")]
    children: Annotated[int, zh("人数", ge=1, le=500)]


class MorningCheckPut(In):
    """晨检 of a class."""

    present: Annotated[int, zh("到园人数", ge=0, le=200)]
    absent: Annotated[int, zh("缺勤人数", ge=0, le=200)]
    causes: Annotated[list[CauseCount], zh("病因缺勤", max_length=20)] = Field(default=[])
    note: Annotated[str, zh("说明", "Name no child.", max_length=500)] = ""


class MealPut(In):
    accompanied_by: Annotated[str, zh("陪餐负责人职务", "Empty: nobody.", max_length=50)] = ""
    dishes: Annotated[int, zh("品种数", ge=0, le=50)]
    samples: Annotated[int, zh("留样品种数", ge=0, le=50)]
    least_grams: Annotated[int, zh("最小留样克数", ge=0, le=5000)]
    supplier_checked: Annotated[bool, zh("进货查验")]


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
