from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.quality.book_campaigns.codes import BookReportState
from services.quality.offers import QualityOffer
from services.quality.steps.schemas import QualityStep
from shared.schemas import Count, Day, In, Out, Page, zh


class BookCampaignNew(In):
    title: Annotated[str, zh("名称", min_length=1, max_length=200)]
    document: Annotated[str, zh("依据文件", min_length=1, max_length=200)]
    since: Annotated[Day, zh("开始日期")]
    until: Annotated[Day, zh("结束日期", "Reports are due before this day.")]


class BookCampaignRow(Out):
    id: Annotated[UUID, zh("编号")]
    title: Annotated[str, zh("名称")]
    document: Annotated[str, zh("依据文件")]
    since: Annotated[date, zh("开始日期")]
    until: Annotated[date, zh("结束日期")]


class BookCampaignOut(BookCampaignRow):
    """The campaign's report 专项报告, counted in the reader's scope."""

    kindergartens: Annotated[Count, zh("在办幼儿园数")]
    reported: Annotated[Count, zh("已报告数")]
    passed: Annotated[Count, zh("复查通过数")]
    failed: Annotated[Count, zh("复查未通过数")]
    missing: Annotated[Count, zh("未报告数")]
    titles_checked: Annotated[Count, zh("检查书目数")]
    copies_removed: Annotated[Count, zh("报告清理册数")]
    titles_removed: Annotated[Count, zh("在册清理书目数", "Removals on record that name this campaign.")]


class BookCampaignPage(Out):
    items: Annotated[list[BookCampaignRow], zh("清理专项")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class BookCampaignQuery(Page):
    running_on: Annotated[Day | None, zh("正在进行", "Only campaigns this day lies in.")] = None
    sort: Annotated[Literal["-since", "since"], zh("排序")] = "-since"


class BookReportContent(In):
    titles_checked: Annotated[int, zh("检查书目数", ge=0, le=1_000_000)]
    copies_removed: Annotated[int, zh("清理册数", ge=0, le=1_000_000)]
    statement: Annotated[str, zh("情况", min_length=1, max_length=4000)]


class BookReportNew(BookReportContent):
    campaign: Annotated[UUID, zh("清理专项")]
    kindergarten: Annotated[UUID, zh("幼儿园")]


class BookReportNote(In):
    note: Annotated[str, zh("复查意见", min_length=1, max_length=2000)]


class BookReportRow(Out):
    id: Annotated[UUID, zh("编号")]
    campaign: Annotated[UUID, zh("清理专项")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    state: Annotated[BookReportState, zh("状态")]
    titles_checked: Annotated[Count, zh("检查书目数")]
    copies_removed: Annotated[Count, zh("清理册数")]
    reported_on: Annotated[date, zh("报告日期")]


class BookReportOut(BookReportRow):
    statement: Annotated[str, zh("情况")]
    reported_by: Annotated[str, zh("报告人")]
    steps: Annotated[list[QualityStep], zh("办理过程")]
    actions: Annotated[list[QualityOffer], zh("可做的动作")]


class BookReportPage(Out):
    items: Annotated[list[BookReportRow], zh("清理报告")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class BookReportQuery(Page):
    campaign: Annotated[UUID | None, zh("清理专项")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    state: Annotated[BookReportState | None, zh("状态")] = None
    sort: Annotated[Literal["-reported_on", "reported_on"], zh("排序")] = "-reported_on"


class BookMissingRow(Out):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]


class BookMissingPage(Out):
    items: Annotated[list[BookMissingRow], zh("未报告的幼儿园")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class BookMissingQuery(Page):
    campaign: Annotated[UUID, zh("清理专项")]
    sort: Annotated[Literal["kindergarten_name", "-kindergarten_name"], zh("排序")] = "kindergarten_name"


class BookChecked(In):
    """A title of the catalogue looked at on the shelf."""

    book: Annotated[UUID, zh("图书")]
    sound: Annotated[bool, zh("与审查相符")]
    note: Annotated[str, zh("说明", max_length=500)] = ""


class BookStray(In):
    """A book in use that is not in the catalogue: nobody reviewed it (QUA-06)."""

    title: Annotated[str, zh("书名", min_length=1, max_length=300)]
    isbn: Annotated[str, zh("ISBN", max_length=20)] = ""
    note: Annotated[str, zh("说明", max_length=500)] = ""


class BookSpotCheckNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    campaign: Annotated[UUID | None, zh("清理专项")] = None
    on: Annotated[Day, zh("日期")]
    checked: Annotated[list[BookChecked], zh("抽查图书", max_length=500)] = Field(default=[])
    strays: Annotated[list[BookStray], zh("未登记图书", max_length=500)] = Field(default=[])
    note: Annotated[str, zh("情况", min_length=1, max_length=2000)]


class BookCheckedOut(Out):
    book: Annotated[UUID, zh("图书")]
    sound: Annotated[bool, zh("与审查相符")]
    note: Annotated[str, zh("说明")]
    reviewed: Annotated[bool, zh("已审查通过", "As the catalogue stood on the day.")]


class BookStrayOut(Out):
    title: Annotated[str, zh("书名")]
    isbn: Annotated[str, zh("ISBN")]
    note: Annotated[str, zh("说明")]


class BookSpotCheckOut(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    campaign: Annotated[UUID | None, zh("清理专项")]
    on: Annotated[date, zh("日期")]
    checked: Annotated[list[BookCheckedOut], zh("抽查图书")]
    strays: Annotated[list[BookStrayOut], zh("未登记图书")]
    unreviewed: Annotated[Count, zh("未经审查而在用", "QUA-06: strays, and titles checked that had not passed review.")]
    note: Annotated[str, zh("情况")]


class BookSpotCheckPage(Out):
    items: Annotated[list[BookSpotCheckOut], zh("抽查")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class BookSpotCheckQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    campaign: Annotated[UUID | None, zh("清理专项")] = None
    flagged: Annotated[bool | None, zh("有发现")] = None
    sort: Annotated[Literal["-on", "on"], zh("排序")] = "-on"
