from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.registry.added_places.codes import PlaceChannel
from services.registry.divisions.schemas import DIVISION
from services.registry.kindergartens.codes import Type
from shared.schemas import UNSENT, Count, Day, In, Out, Page, zh


class AddedPlacesOut(Out):
    """Inclusive places added at a kindergarten on a day."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    channel: Annotated[PlaceChannel, zh("渠道")]
    seats: Annotated[Count, zh("新增学位数")]
    added_on: Annotated[date, zh("新增日期")]
    type: Annotated[Type | None, zh("办园性质", "On that day.")]
    project: Annotated[UUID | None, zh("建设项目")]
    document: Annotated[str, zh("依据文件")]
    entered_by: Annotated[str, zh("录入人")]
    withdrawn_on: Annotated[date | None, zh("撤销日期")]
    withdrawal: Annotated[str | None, zh("撤销原因")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class AddedPlacesPage(Out):
    items: Annotated[list[AddedPlacesOut], zh("扩增学位")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class AddedPlacesQuery(Page):
    division: Annotated[str, zh("区划", "This unit and all below it.", pattern=DIVISION)] = UNSENT
    kindergarten: Annotated[UUID, zh("幼儿园")] = UNSENT
    channel: Annotated[PlaceChannel, zh("渠道")] = UNSENT
    year: Annotated[int, zh("年份", "Calendar year.", ge=2000, le=2100)] = UNSENT
    withdrawn: Annotated[bool, zh("已撤销")] = UNSENT
    sort: Annotated[Literal["added_on", "-added_on"], zh("排序")] = "-added_on"


class AddedPlacesNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    channel: Annotated[PlaceChannel, zh("渠道")]
    seats: Annotated[int, zh("新增学位数", ge=1, le=10_000)]
    added_on: Annotated[Day, zh("新增日期", "Not after today; the kindergarten operates and is public or inclusive.")]
    project: Annotated[UUID | None, zh("建设项目")] = None
    document: Annotated[str, zh("依据文件", min_length=1, max_length=200)]


class AddedPlacesWithdrawal(In):
    reason: Annotated[str, zh("撤销原因", min_length=1, max_length=1000)]


class AddedPlacesYear(Out):
    """Places added in a calendar year, by channel."""

    year: Annotated[Count, zh("年份")]
    new: Annotated[Count, zh("新建")]
    rebuilt: Annotated[Count, zh("改扩建")]
    converted: Annotated[Count, zh("民转普惠", "Inclusive places that were places before.")]
    branch: Annotated[Count, zh("分园")]
    idle: Annotated[Count, zh("闲置改建")]
    built: Annotated[Count, zh("新增实体学位", "All but the converted.")]
    total: Annotated[Count, zh("新增普惠性学位")]
    public: Annotated[Count, zh("其中公办")]


class AddedPlacesReport(Out):
    """The yearly report of places added 年度扩增学位报告."""

    as_of: Annotated[date, zh("截至日期")]
    division: Annotated[str, zh("区划")]
    items: Annotated[list[AddedPlacesYear], zh("年度")]
    synthetic: Annotated[bool, zh("演示数据")]


class AddedPlacesReportQuery(In):
    division: Annotated[str, zh("区划", "This unit and all below it; all in scope by default.", pattern=DIVISION)] = (
        UNSENT
    )
    as_of: Annotated[Day, zh("截至日期", "Entries up to this day; today by default.")] = UNSENT
