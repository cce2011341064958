from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.quality.timetables.codes import ActivityKind, Season
from shared.schemas import Count, Day, In, Out, Page, zh

CLOCK = r"^([01]\d|2[0-3]):[0-5]\d$"


class StretchIn(In):
    kind: Annotated[ActivityKind, zh("环节")]
    begin: Annotated[str, zh("开始", "HH:MM", pattern=CLOCK)]
    end: Annotated[str, zh("结束", "HH:MM", pattern=CLOCK)]


class TimetablePut(In):
    day: Annotated[list[StretchIn], zh("一日安排", "In order.", min_length=1, max_length=40)]
    boarding: Annotated[bool, zh("寄宿制")] = False


class StretchOut(Out):
    kind: Annotated[ActivityKind, zh("环节")]
    begin: Annotated[str, zh("开始")]
    end: Annotated[str, zh("结束")]


TimetableFinding = Literal["outdoor", "sport", "meal_interval", "play"]


class TimetableRow(Out):
    class_id: Annotated[UUID, zh("班级")]
    class_name: Annotated[str, zh("班级名称")]
    season: Annotated[Season, zh("季节")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    boarding: Annotated[bool, zh("寄宿制")]
    outdoor_minutes: Annotated[Count, zh("户外活动分钟")]
    sport_minutes: Annotated[Count, zh("体育活动分钟")]
    play_minutes: Annotated[Count, zh("自主游戏分钟")]
    norm_edition: Annotated[
        str | None, zh("所依规范版本", "The district's norm it was checked by; null: the national rules.")
    ]
    findings: Annotated[list[TimetableFinding], zh("不足", "户外不足, 体育不足, 正餐间隔不当, 自主游戏不足")]
    filed_on: Annotated[date, zh("备案日期")]


class TimetableOut(TimetableRow):
    day: Annotated[list[StretchOut], zh("一日安排")]


class TimetablePage(Out):
    items: Annotated[list[TimetableRow], zh("作息")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class TimetableQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    season: Annotated[Season | None, zh("季节")] = None
    sound: Annotated[bool | None, zh("符合要求")] = None
    sort: Annotated[Literal["class_name", "-class_name"], zh("排序")] = "class_name"


class TimetableCoverageRow(Out):
    """Whether a class has filed its day for a season."""

    class_id: Annotated[UUID, zh("班级")]
    class_name: Annotated[str, zh("班级名称")]
    class_kind: Annotated[str, zh("班级类型")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    filed: Annotated[bool, zh("已备案")]
    sound: Annotated[bool | None, zh("符合要求", "Null where nothing is filed.")]


class TimetableCoveragePage(Out):
    items: Annotated[list[TimetableCoverageRow], zh("班级")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class TimetableCoverageQuery(Page):
    season: Annotated[Season, zh("季节")]
    as_of: Annotated[Day | None, zh("截至日期", "Classes running on this day.")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    filed: Annotated[bool | None, zh("已备案")] = None
    sort: Annotated[Literal["class_name", "-class_name"], zh("排序")] = "class_name"
