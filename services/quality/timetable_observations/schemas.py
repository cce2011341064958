from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.quality.timetables.codes import Season
from services.quality.timetables.schemas import StretchIn, StretchOut, TimetableFinding
from shared.schemas import Count, Day, In, Out, Page, zh


class TimetableObservationNew(In):
    class_id: Annotated[UUID, zh("班级")]
    season: Annotated[Season, zh("季节", "Whose filed timetable it is compared with.")]
    on: Annotated[Day, zh("日期")]
    seen: Annotated[
        list[StretchIn], zh("所见一日安排", "In order; the stretches that were seen.", min_length=1, max_length=40)
    ]
    note: Annotated[str, zh("情况", min_length=1, max_length=2000)]


class TimetableObservationOut(Out):
    """`kept`: seen outdoors and in sport no less than filed, within the tolerance, and nothing below the norm."""

    id: Annotated[UUID, zh("编号")]
    class_id: Annotated[UUID, zh("班级")]
    class_name: Annotated[str, zh("班级名称")]
    class_kind: Annotated[str, zh("班级类型")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    season: Annotated[Season, zh("季节")]
    on: Annotated[date, zh("日期")]
    seen: Annotated[list[StretchOut], zh("所见一日安排")]
    outdoor_filed: Annotated[Count, zh("备案户外分钟")]
    outdoor_seen: Annotated[Count, zh("所见户外分钟")]
    sport_filed: Annotated[Count, zh("备案体育分钟")]
    sport_seen: Annotated[Count, zh("所见体育分钟")]
    findings: Annotated[list[TimetableFinding], zh("所见不足")]
    kept: Annotated[bool, zh("与备案相符")]
    note: Annotated[str, zh("情况")]


class TimetableObservationPage(Out):
    items: Annotated[list[TimetableObservationOut], zh("作息观察")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class TimetableObservationQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    class_id: Annotated[UUID | None, zh("班级")] = None
    kept: Annotated[bool | None, zh("与备案相符")] = None
    sort: Annotated[Literal["-on", "on"], zh("排序")] = "-on"
