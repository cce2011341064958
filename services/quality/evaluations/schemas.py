from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, WithJsonSchema

from services.quality.evaluations.codes import EvaluationGrade, EvaluationState
from services.quality.frameworks.schemas import ITEM
from services.quality.offers import QualityOffer
from services.quality.steps.schemas import QualityStep
from shared.schemas import Count, Day, In, Out, Page, zh

Note = Annotated[str, zh("说明", min_length=1, max_length=2000)]
ItemCode = Annotated[str, zh("条目代码", pattern=ITEM)]
Level = Annotated[int, zh("等次", "1 (lowest) to 5.", ge=1, le=5)]
Points = Annotated[
    Decimal, WithJsonSchema({"type": "string", "format": "decimal", "pattern": r"^\d{1,3}(\.\d{1,2})?$"})
]


class EvaluationNew(In):
    plan: Annotated[UUID, zh("计划")]


class EvaluationObservationIn(In):
    class_id: Annotated[UUID, zh("班级", "One of those drawn.")]
    on: Annotated[Day, zh("观察日期")]
    minutes: Annotated[int, zh("观察分钟数", "Half a day at least.", ge=1, le=600)]
    items: Annotated[list[Annotated[str, Field(pattern=ITEM)]], zh("涉及条目", max_length=60)] = Field(default=[])
    narrative: Annotated[str, zh("观察记录", "Of adults, room and day; no child is scored.", min_length=1)]


class EvaluationScoreIn(In):
    item: ItemCode
    level: Level
    note: Annotated[str, zh("依据", max_length=1000)] = ""


class EvaluationScores(In):
    scores: Annotated[list[EvaluationScoreIn], zh("评分", min_length=1, max_length=200)]


class EvaluationReconciliation(In):
    levels: Annotated[list[EvaluationScoreIn], zh("校准后的等次", min_length=1, max_length=200)]
    note: Note


class EvaluationNote(In):
    note: Note


class EvaluationAppealDecision(In):
    levels: Annotated[list[EvaluationScoreIn], zh("改判的等次", "Empty: rejected.", max_length=100)]
    note: Note


class ImprovementMeasureIn(In):
    item: ItemCode
    measure: Annotated[str, zh("措施", min_length=1, max_length=1000)]
    responsible: Annotated[str, zh("责任人", min_length=1, max_length=100)]
    due_on: Annotated[Day, zh("完成期限")]


class ImprovementPlanIn(In):
    measures: Annotated[list[ImprovementMeasureIn], zh("改进措施", min_length=1, max_length=50)]


class ImprovementMeasure(Out):
    item: Annotated[str, zh("条目代码")]
    measure: Annotated[str, zh("措施")]
    responsible: Annotated[str, zh("责任人")]
    due_on: Annotated[date, zh("完成期限")]


class SampledClass(Out):
    id: Annotated[UUID, zh("班级")]
    name: Annotated[str, zh("班级名称")]
    kind: Annotated[str, zh("班级类型")]
    of: Annotated[Count, zh("该年龄段班级数")]


class PairAgreement(Out):
    """How far two members agree over all items. Null: nothing varies, so nothing can be measured."""

    one: Annotated[str, zh("评估人员甲")]
    two: Annotated[str, zh("评估人员乙")]
    items: Annotated[Count, zh("条目数")]
    same: Annotated[Count, zh("一致条目数")]
    kappa: Annotated[float | None, zh("Cohen kappa")]
    linear_kappa: Annotated[float | None, zh("线性加权 kappa")]
    quadratic_kappa: Annotated[float | None, zh("平方加权 kappa")]


class EvaluationObservationOut(Out):
    id: Annotated[UUID, zh("编号")]
    class_id: Annotated[UUID, zh("班级")]
    observer: Annotated[str, zh("观察人")]
    on: Annotated[date, zh("观察日期")]
    minutes: Annotated[Count, zh("观察分钟数")]
    items: Annotated[list[str], zh("涉及条目")]
    narrative: Annotated[str, zh("观察记录")]


class EvaluationScoreOut(Out):
    item: Annotated[str, zh("条目代码")]
    evaluator: Annotated[str, zh("评估人员")]
    level: Annotated[int, zh("等次")]
    note: Annotated[str, zh("依据")]


class EvaluationLevelOut(Out):
    item: Annotated[str, zh("条目代码")]
    text: Annotated[str | None, zh("文字")]
    level: Annotated[int, zh("等次")]
    origin: Annotated[Literal["agreed", "reconciled", "appeal"], zh("来源")]
    note: Annotated[str, zh("说明")]


class EvaluationRow(Out):
    """The grade stands here once it is published."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    framework_code: Annotated[str, zh("评估标准")]
    framework_edition: Annotated[str, zh("标准版本")]
    year: Annotated[int, zh("年度")]
    state: Annotated[EvaluationState, zh("状态")]
    grade: Annotated[EvaluationGrade | None, zh("等级")]
    published_on: Annotated[date | None, zh("公示日期")]
    final_on: Annotated[date | None, zh("最终公布日期")]
    synthetic: Annotated[bool, zh("演示数据")]


class EvaluationOut(EvaluationRow):
    """Before publication a kindergarten sees that it is evaluated and how it was drawn, not what was found."""

    plan: Annotated[UUID, zh("计划")]
    team: Annotated[list[str], zh("评估小组")]
    opened_on: Annotated[date, zh("开始日期")]
    seed: Annotated[str | None, zh("随机种子")]
    sampled: Annotated[list[SampledClass], zh("抽样班级")]
    unobserved: Annotated[Count, zh("待观察班级数")]
    scored_by: Annotated[list[str], zh("已评分人员")]
    agreement: Annotated[list[PairAgreement], zh("评分一致性")]
    differing: Annotated[list[str], zh("不一致条目")]
    recalibration: Annotated[bool, zh("需要校准", "Agreement below the district's least.")]
    kappa: Annotated[float | None, zh("最低平方加权 kappa")]
    points: Annotated[Points | None, zh("总分")]
    parts: Annotated[dict[str, Points], zh("各部分得分")]
    grade_reason: Annotated[str | None, zh("等级理由")]
    moderated_by: Annotated[str | None, zh("审定人")]
    appeal_until: Annotated[date | None, zh("申诉截止")]
    appealed_on: Annotated[date | None, zh("申诉日期")]
    appeal: Annotated[str | None, zh("申诉理由")]
    appeal_upheld: Annotated[bool | None, zh("申诉成立")]
    improvement: Annotated[list[ImprovementMeasure], zh("改进计划")]
    improvement_due_on: Annotated[date | None, zh("改进期限")]
    improvement_verified_on: Annotated[date | None, zh("改进验收日期")]
    created_at: Annotated[datetime, zh("登记时刻")]
    observations: Annotated[list[EvaluationObservationOut], zh("观察记录")]
    scores: Annotated[list[EvaluationScoreOut], zh("评分", "One's own until all have scored.")]
    levels: Annotated[list[EvaluationLevelOut], zh("等次")]
    steps: Annotated[list[QualityStep], zh("办理过程")]
    actions: Annotated[list[QualityOffer], zh("可做的动作")]


class EvaluationPage(Out):
    items: Annotated[list[EvaluationRow], zh("评估")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class EvaluationQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    year: Annotated[int | None, zh("年度", ge=2020, le=2100)] = None
    state: Annotated[EvaluationState | None, zh("状态")] = None
    grade: Annotated[EvaluationGrade | None, zh("等级", "Published ones.")] = None
    sort: Annotated[Literal["-year", "year", "kindergarten_name"], zh("排序")] = "-year"
