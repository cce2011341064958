from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.quality.frameworks.schemas import ITEM
from services.quality.offers import QualityOffer
from services.quality.recalibrations.codes import RecalibrationState
from services.quality.steps.schemas import QualityStep
from shared.schemas import Count, In, Out, Page, zh

Level = Annotated[int, zh("等次", ge=1, le=5)]


class RecalibrationScore(In):
    """An item of the reference set: what the evaluator gave it and what the reference says."""

    item: Annotated[str, zh("条目代码", pattern=ITEM)]
    level: Level
    reference: Annotated[int, zh("参考等次", ge=1, le=5)]


class RecalibrationCompletion(In):
    scores: Annotated[list[RecalibrationScore], zh("参考条目评分", "Ten at least.", min_length=10, max_length=200)]
    note: Annotated[str, zh("说明", max_length=2000)] = ""


class RecalibrationRow(Out):
    id: Annotated[UUID, zh("编号")]
    division: Annotated[str, zh("区划")]
    evaluation: Annotated[UUID, zh("评估")]
    evaluator: Annotated[str, zh("评估人员")]
    kappa: Annotated[float, zh("加权 kappa", "The lowest with another member of the team.")]
    items: Annotated[list[str], zh("不一致条目")]
    state: Annotated[RecalibrationState, zh("状态")]
    given_on: Annotated[date, zh("下达日期")]
    due_on: Annotated[date, zh("完成期限")]
    overdue: Annotated[bool, zh("逾期")]
    reached: Annotated[float | None, zh("校准后加权 kappa")]
    completed_by: Annotated[str | None, zh("验收人")]
    completed_on: Annotated[date | None, zh("完成日期")]


class RecalibrationOut(RecalibrationRow):
    steps: Annotated[list[QualityStep], zh("办理过程")]
    actions: Annotated[list[QualityOffer], zh("可做的动作")]


class RecalibrationPage(Out):
    items: Annotated[list[RecalibrationRow], zh("校准任务")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class RecalibrationQuery(Page):
    evaluation: Annotated[UUID | None, zh("评估")] = None
    evaluator: Annotated[str | None, zh("评估人员", max_length=100)] = None
    state: Annotated[RecalibrationState | None, zh("状态")] = None
    overdue: Annotated[bool | None, zh("逾期")] = None
    sort: Annotated[Literal["due_on", "-due_on"], zh("排序")] = "due_on"
