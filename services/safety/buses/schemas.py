from datetime import date
from typing import Annotated
from uuid import UUID

from shared.schemas import Count, Day, In, Out, zh


class SchoolBusPut(In):
    dedicated: Annotated[bool, zh("幼儿专用校车")]
    licence_until: Annotated[Day | None, zh("校车使用许可至")] = None
    inspected_on: Annotated[Day | None, zh("最近安全技术检验日期")] = None
    responsibility_filed_on: Annotated[Day | None, zh("责任书备案日期")] = None
    seats: Annotated[int, zh("核载人数", ge=1, le=100)]
    route: Annotated[str, zh("线路与停靠站", max_length=1000)] = ""
    driver: Annotated[str, zh("驾驶人工号", "A code of the kindergarten's own.", max_length=40)] = ""
    driver_born_on: Annotated[Day | None, zh("驾驶人出生日期")] = None
    driver_licensed_on: Annotated[Day | None, zh("驾驶证初领日期")] = None
    driver_checked_on: Annotated[Day | None, zh("驾驶人最近审验日期")] = None
    synthetic: Annotated[bool, zh("演示数据")] = False


class BusObstacle(Out):
    zh: Annotated[str, zh("原因")]
    article: Annotated[str, zh("条款")]


class SchoolBusOut(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    plate: Annotated[str, zh("车牌")]
    dedicated: Annotated[bool, zh("幼儿专用校车")]
    licence_until: Annotated[date | None, zh("校车使用许可至")]
    inspected_on: Annotated[date | None, zh("最近安全技术检验日期")]
    responsibility_filed_on: Annotated[date | None, zh("责任书备案日期")]
    seats: Annotated[Count, zh("核载人数")]
    route: Annotated[str, zh("线路与停靠站")]
    driver: Annotated[str, zh("驾驶人工号")]
    driver_born_on: Annotated[date | None, zh("驾驶人出生日期")]
    driver_licensed_on: Annotated[date | None, zh("驾驶证初领日期")]
    driver_checked_on: Annotated[date | None, zh("驾驶人最近审验日期")]
    may_run: Annotated[bool, zh("可载幼儿", "On the day asked for.")]
    obstacles: Annotated[list[BusObstacle], zh("不可载幼儿的原因")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class SchoolBusQuery(In):
    division: Annotated[str, zh("区划", "This division and all below it.", pattern=r"^\d{6,12}$")] = "110116"
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    may_run: Annotated[bool | None, zh("可载幼儿")] = None
    as_of: Annotated[Day | None, zh("截至日期", "Left out: today.")] = None


class BusDepartureIn(In):
    run: Annotated[str, zh("车次", min_length=1, max_length=40)]
    boarded: Annotated[int, zh("上车人数", ge=0, le=200)]
    attendant: Annotated[bool, zh("照管人员随车")]


class BusDeparture(Out):
    """The bus was let go."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    plate: Annotated[str, zh("车牌")]
    run: Annotated[str, zh("车次")]
    day: Annotated[date, zh("日期")]
    boarded: Annotated[Count, zh("上车人数")]
