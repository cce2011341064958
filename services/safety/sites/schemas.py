from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.safety.sites.codes import SightingSource, SiteKind, SiteState
from services.safety.steps.schemas import StepOut
from shared.offers import Offer
from shared.schemas import Count, Day, In, Out, Page, zh

Address = Annotated[str, zh("地址", min_length=4, max_length=200)]
Note = Annotated[str, zh("说明", min_length=1, max_length=2000)]


class SightingIn(In):
    """A suspected site as an office saw it."""

    kind: Annotated[SiteKind, zh("类型")] = SiteKind.UNLICENSED
    source: Annotated[Literal["sweep", "department", "inspection"], zh("来源")]
    division: Annotated[str, zh("区划", "Town or village.", pattern=r"^\d{9}(\d{3})?$")]
    address: Address
    name: Annotated[str, zh("名称或招牌", max_length=100)] = ""
    online: Annotated[bool, zh("线上")] = False
    described: Note
    children: Annotated[int, zh("估计幼儿数", ge=0, le=2000)] = 0
    seen_on: Annotated[Day | None, zh("发现日期", "Left out: today.")] = None
    files: Annotated[list[UUID], zh("照片", max_length=20)] = Field(default=[])
    synthetic: Annotated[bool, zh("演示数据")] = False


class SweepIn(In):
    """A search of an area, with what it found."""

    division: Annotated[str, zh("镇街", pattern=r"^\d{9}(\d{3})?$")]
    area: Annotated[str, zh("排查范围", min_length=1, max_length=300)]
    swept_on: Annotated[Day, zh("排查日期")]
    people: Annotated[int, zh("参与人数", ge=1, le=1000)]
    places: Annotated[int, zh("查看点位数", ge=0, le=100000)]
    note: Annotated[str, zh("说明", max_length=1000)] = ""
    sightings: Annotated[list[SightingIn], zh("发现", max_length=100)] = Field(default=[])


class SweepOut(Out):
    id: Annotated[UUID, zh("编号")]
    division: Annotated[str, zh("镇街")]
    area: Annotated[str, zh("排查范围")]
    swept_on: Annotated[date, zh("排查日期")]
    swept_by: Annotated[str, zh("排查人")]
    people: Annotated[Count, zh("参与人数")]
    places: Annotated[Count, zh("查看点位数")]
    found: Annotated[Count, zh("发现数")]
    note: Annotated[str, zh("说明")]
    recorded_at: Annotated[datetime, zh("登记时刻")]


class SweepPage(Out):
    items: Annotated[list[SweepOut], zh("排查")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class SweepQuery(Page):
    division: Annotated[str | None, zh("区划", pattern=r"^\d{6,12}$")] = None
    sort: Annotated[Literal["-swept_on", "swept_on"], zh("排序")] = "-swept_on"


class PublicReport(In):
    """A report by anybody, without an account."""

    kind: Annotated[SiteKind, zh("类型")] = SiteKind.UNLICENSED
    town: Annotated[str, zh("镇街", "Its division code of nine digits.", pattern=r"^\d{9}$")]
    address: Address
    name: Annotated[str, zh("名称或招牌", max_length=100)] = ""
    described: Annotated[str, zh("情况", min_length=10, max_length=1000)]
    contact: Annotated[str, zh("联系方式", "Optional; kept sealed.", max_length=100)] = ""
    website: Annotated[str, zh("请留空", "Leave empty: programs fill it in, people do not see it.", max_length=200)] = (
        ""
    )


class ReportReceipt(Out):
    receipt: Annotated[str, zh("回执号")]
    received_at: Annotated[datetime, zh("受理时刻")]
    state: Annotated[SiteState, zh("办理状态")]
    state_zh: Annotated[str, zh("办理状态说明")]


class LicenceAnswer(Out):
    """Whether a name is that of a licensed kindergarten, or an address one of a confirmed unlicensed site."""

    asked: Annotated[str, zh("所问")]
    licensed: Annotated[bool, zh("在册", "The register knows an operating kindergarten of this name.")]
    names: Annotated[list[str], zh("相符的在册幼儿园")]
    unlicensed_here: Annotated[bool, zh("已确认无证", "A confirmed open case has this address or name.")]


class LicenceQuery(In):
    q: Annotated[str, zh("名称或地址", min_length=2, max_length=100)]


class SiteVerification(In):
    confirmed: Annotated[bool, zh("属实")]
    children: Annotated[int | None, zh("实有幼儿数", ge=0, le=2000)] = None
    operator: Annotated[str, zh("举办者", max_length=200)] = ""
    note: Note
    files: Annotated[list[UUID], zh("材料", max_length=20)] = Field(default=[])


class SiteDisposal(In):
    document: Annotated[str, zh("文号", max_length=100)] = ""
    note: Note
    files: Annotated[list[UUID], zh("材料", max_length=20)] = Field(default=[])


class SiteTransfer(In):
    department: Annotated[str, zh("接收部门", min_length=1, max_length=100)]
    document: Annotated[str, zh("文号", max_length=100)] = ""
    note: Note


class SiteResettlement(In):
    children: Annotated[int, zh("安置人数", ge=1, le=2000)]
    destination: Annotated[str, zh("去向", "Kindergarten, or family.", min_length=1, max_length=200)]
    note: Annotated[str, zh("说明", max_length=500)] = ""


class SiteClosing(In):
    outcome: Annotated[
        Literal["stopped", "licensed", "moved_away", "handed_over"], zh("结果", "停办, 已取证, 搬离, 主管部门已处理")
    ]
    note: Note
    files: Annotated[list[UUID], zh("材料", max_length=20)] = Field(default=[])


class SiteRecheck(In):
    rebound: Annotated[bool, zh("反弹")]
    children: Annotated[int, zh("现有幼儿数", ge=0, le=2000)] = 0
    note: Note
    files: Annotated[list[UUID], zh("材料", max_length=20)] = Field(default=[])


class SiteRow(Out):
    id: Annotated[UUID, zh("编号")]
    division: Annotated[str, zh("区划")]
    kind: Annotated[SiteKind, zh("类型")]
    state: Annotated[SiteState, zh("状态")]
    state_since: Annotated[date, zh("进入现状态日期")]
    name: Annotated[str, zh("名称或招牌")]
    address: Annotated[str, zh("地址")]
    online: Annotated[bool, zh("线上")]
    children: Annotated[Count, zh("幼儿数")]
    resettled: Annotated[Count, zh("已安置")]
    found_on: Annotated[date, zh("发现日期")]
    sightings: Annotated[Count, zh("线索数")]
    rebounds: Annotated[Count, zh("反弹次数")]
    department: Annotated[str, zh("接收部门")]
    outcome: Annotated[str, zh("结果")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class SightingOut(Out):
    receipt: Annotated[str, zh("回执号")]
    source: Annotated[SightingSource, zh("来源")]
    described: Annotated[str, zh("情况")]
    files: Annotated[list[UUID], zh("照片")]
    seen_on: Annotated[date, zh("发现日期")]
    reported_at: Annotated[datetime, zh("登记时刻")]


class SiteOut(SiteRow):
    operator: Annotated[str, zh("举办者")]
    disposal: Annotated[str, zh("处置文号")]
    verified_by: Annotated[str | None, zh("核查人")]
    created_at: Annotated[datetime, zh("登记时刻")]
    seen: Annotated[list[SightingOut], zh("线索")]
    steps: Annotated[list[StepOut], zh("经过")]
    actions: Annotated[list[Offer], zh("可做之事")]


class SitePage(Out):
    items: Annotated[list[SiteRow], zh("案件")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class SiteQuery(Page):
    division: Annotated[str | None, zh("区划", pattern=r"^\d{6,12}$")] = None
    kind: Annotated[SiteKind | None, zh("类型")] = None
    state: Annotated[SiteState | None, zh("状态")] = None
    open: Annotated[bool | None, zh("未销案")] = None
    sort: Annotated[Literal["-found_on", "found_on"], zh("排序")] = "-found_on"


class OpenSite(Out):
    id: Annotated[UUID, zh("编号")]
    division: Annotated[str, zh("区划")]
    address: Annotated[str, zh("地址")]
    state: Annotated[SiteState, zh("状态")]
    days_open: Annotated[Count, zh("未销天数")]


class ZeroOut(Out):
    """动态清零 as it stands now, with every open case behind it."""

    kind: Annotated[SiteKind, zh("类型")]
    open: Annotated[Count, zh("未销案件数")]
    zero: Annotated[bool, zh("已清零")]
    children: Annotated[Count, zh("未安置幼儿数")]
    oldest_days: Annotated[Count | None, zh("最久未销天数")]
    cases: Annotated[list[OpenSite], zh("未销案件")]


class ZeroQuery(In):
    kind: Annotated[SiteKind, zh("类型")] = SiteKind.UNLICENSED
    division: Annotated[str, zh("区划", "This division and all below it.", pattern=r"^\d{6,12}$")] = "110116"
