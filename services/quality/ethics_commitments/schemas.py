from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.quality.ethics_commitments.codes import AppraisalResult
from shared.schemas import Count, Day, In, Out, Page, zh


class EthicsRosterPut(In):
    staff: Annotated[list[UUID], zh("教职工", "Registry's ids of all who work there that year.", max_length=500)]


class EthicsRosterOut(Out):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    year: Annotated[int, zh("年度")]
    staff: Annotated[list[UUID], zh("教职工")]


class EthicsCommitmentPut(In):
    signed_on: Annotated[Day, zh("签署日期")]
    sha256: Annotated[str, zh("承诺书摘要", "Of the signed page.", pattern=r"^[0-9a-f]{64}$")]


class EthicsCommitmentOut(Out):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    year: Annotated[int, zh("年度")]
    staff: Annotated[UUID, zh("教职工")]
    norms_edition: Annotated[str, zh("准则版本")]
    signed_on: Annotated[date, zh("签署日期")]
    sha256: Annotated[str, zh("承诺书摘要")]


class EthicsAppraisalPut(In):
    result: Annotated[AppraisalResult, zh("考核结论")]
    appraised_on: Annotated[Day, zh("考核日期")]
    note: Annotated[str, zh("说明", max_length=1000)] = ""


class EthicsAppraisalOut(Out):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    year: Annotated[int, zh("年度")]
    staff: Annotated[UUID, zh("教职工")]
    result: Annotated[AppraisalResult, zh("考核结论")]
    appraised_on: Annotated[date, zh("考核日期")]
    note: Annotated[str, zh("说明")]


class EthicsCoverage(Out):
    """How many of a kindergarten's staff signed and were appraised in a year. Null: no roster was handed in."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    staff: Annotated[Count | None, zh("教职工数")]
    committed: Annotated[Count, zh("已签承诺人数")]
    appraised: Annotated[Count, zh("已考核人数")]
    complete: Annotated[bool, zh("全覆盖")]


class EthicsCoveragePage(Out):
    items: Annotated[list[EthicsCoverage], zh("覆盖情况")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class EthicsCoverageQuery(Page):
    year: Annotated[int, zh("年度", ge=2018, le=2100)]
    division: Annotated[str | None, zh("区划", "This division and all below it.", pattern=r"^\d{6,12}$")] = None
    complete: Annotated[bool | None, zh("全覆盖")] = None
    sort: Annotated[Literal["kindergarten_name", "-kindergarten_name"], zh("排序")] = "kindergarten_name"
