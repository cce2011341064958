from datetime import date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from services.finance.contribution_reports.codes import ContributionSource
from services.finance.payroll_sheets.codes import Insurance
from shared.schemas import Count, Day, In, Out, Page, zh


class ContributionRow(In):
    person: Annotated[UUID, zh("人员")]
    insurances: Annotated[list[Insurance], zh("已缴险种", max_length=5)] = []  # noqa: RUF012  # pydantic copies it
    fund_paid: Annotated[bool, zh("公积金已缴")] = False


class ContributionFiling(In):
    rows: Annotated[list[ContributionRow], zh("人员", min_length=1, max_length=5000)]

    @model_validator(mode="after")
    def _once(self) -> Self:
        if len({row.person for row in self.rows}) < len(self.rows):
            raise PydanticCustomError("person_named_twice", "somebody is named twice")
        return self


class ContributionsStored(Out):
    """How many people were reported, and for how many something changed."""

    month: Annotated[date, zh("月份")]
    source: Annotated[ContributionSource, zh("反馈部门")]
    people: Annotated[Count, zh("人数")]
    changed: Annotated[Count, zh("变更人数")]


class ContributionStatusOut(Out):
    """Beside one another: what a kindergarten proved of a person's month, and what the departments say."""

    place: Annotated[str, zh("位置")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    person: Annotated[UUID, zh("人员")]
    month: Annotated[date, zh("月份")]
    paid: Annotated[bool | None, zh("工资已发", "Null: no proof was accepted.")]
    insured: Annotated[bool | None, zh("五险已缴")]
    fund_paid: Annotated[bool | None, zh("公积金已缴")]
    sources: Annotated[list[ContributionSource] | None, zh("反馈部门", "Null: none has reported.")]
    reported_insurances: Annotated[list[Insurance] | None, zh("部门反馈的已缴险种")]
    reported_fund_paid: Annotated[bool | None, zh("部门反馈的公积金缴存", "By the housing fund centre alone.")]
    contradicted: Annotated[bool, zh("不符", "Proven as paid, and denied by the department in charge of it.")]
    reported_at: Annotated[datetime | None, zh("反馈时间")]


class ContributionStatusPage(Out):
    items: Annotated[list[ContributionStatusOut], zh("缴纳情况")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ContributionStatusQuery(Page):
    month: Annotated[Day, zh("月份", "Any day of it.")]
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    person: Annotated[UUID | None, zh("人员")] = None
    contradicted: Annotated[bool | None, zh("不符")] = None
    sort: Annotated[Literal["place"], zh("排序")] = "place"
