"""The facts quality announces."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from shared.schemas import Out, zh

ANNUAL_INSPECTION_DECIDED = "quality.annual_inspection.decided"
EVALUATION_PUBLISHED = "quality.evaluation.published"
EMPLOYMENT_BAR_ENTERED = "quality.employment_bar.entered"
EMPLOYMENT_BAR_LIFTED = "quality.employment_bar.lifted"


class AnnualInspectionFact(Out):
    """年检 of one year as it stands; a changed decision (appeal upheld) is the next `revision`."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    year: Annotated[int, zh("年度")]
    revision: Annotated[int, zh("修订号")]
    result: Annotated[Literal["passed", "conditional", "failed"], zh("结果", "合格, 基本合格, 不合格")]
    vetoed: Annotated[bool, zh("一票否决", "三(二)2-d: a veto cannot be offset by score.")]
    reasons: Annotated[list[str], zh("理由")]
    effective_from: Annotated[date, zh("生效日期")]
    document: Annotated[str, zh("文号")]


class EvaluationFact(Out):
    """办园质量督导评估, published."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    framework: Annotated[str, zh("评估标准")]
    framework_version: Annotated[str, zh("标准版本")]
    grade: Annotated[str, zh("等级")]
    qualified: Annotated[bool, zh("合格")]
    status: Annotated[Literal["provisional", "final"], zh("公布状态")]
    published_on: Annotated[date, zh("公布日期")]


class EmploymentBarFact(Out):
    """从业禁止 that follows from a decided ethics case: told within the district's own scope, and never why.

    `person` is registry's id. A bar of somebody whom the case does not know by that id is not announced.
    """

    bar: Annotated[UUID, zh("从业禁止编号")]
    person: Annotated[UUID, zh("人员")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date | None, zh("截止日期", "Exclusive; null for life.")]
    lifted_on: Annotated[date | None, zh("解除日期", "The decision was revoked on this day.")]
