from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Security

from services.quality import data
from services.quality.parameters.published import PARAMETERS
from services.quality.permissions import May
from shared.auth import Actor, authorize
from shared.days import today
from shared.idempotency import Route
from shared.schemas import Day, In, Out, zh

router = APIRouter(tags=["rules"], route_class=Route)
Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_RULES])]


class QualityParameter(Out):
    """A number of policy with its authority and the days it holds."""

    name: Annotated[str, zh("参数")]
    value: Annotated[str, zh("数值")]
    unit: Annotated[str, zh("单位")]
    label_zh: Annotated[str, zh("名称")]
    document: Annotated[str, zh("文件")]
    article: Annotated[str, zh("条款")]
    since: Annotated[date, zh("启用日期")]
    until: Annotated[date | None, zh("停用日期")]
    tag: Annotated[
        Literal["verified", "known", "uncertain", "illustrative"],
        zh("可信度", "An illustrative value has no authority: the district sets its own."),
    ]


class QualityRule(Out):
    """A rule this service keeps: what it is about, how severe, on what basis, and where it shows."""

    code: Annotated[str, zh("规则编号")]
    severity: Annotated[Literal["block", "red", "warn"], zh("严重程度", "拒绝, 红牌, 提醒")]
    condition_zh: Annotated[str, zh("情形")]
    basis: Annotated[str, zh("依据")]
    tag: Annotated[str, zh("可信度")]
    parameters: Annotated[list[QualityParameter], zh("参数")]
    where: Annotated[str, zh("在何处体现")]


class RuleDay(In):
    as_of: Annotated[Day | None, zh("截至日期", "Parameters in force on this day.")] = None


def _in_force(on: date) -> list[QualityParameter]:
    held = [each for each in PARAMETERS if each.since <= on and (each.until is None or on < each.until)]
    return [QualityParameter.model_validate(each) for each in held]


@router.get("/rules", operation_id="list_quality_rules")
async def list_quality_rules(_: Reader, query: Annotated[RuleDay, Query()]) -> list[QualityRule]:
    """The rules of quality (QUA) with severity, basis and the numbers in force on a day."""
    found = {each.name: each for each in _in_force(query.as_of or today())}
    return [
        QualityRule(
            **{name: row[name] for name in ("code", "severity", "condition_zh", "basis", "tag", "where")},
            parameters=[found[name] for name in row["parameters"].split(";") if name in found],
        )
        for row in data.rows("rules")
    ]


@router.get("/parameters", operation_id="list_quality_parameters")
async def list_quality_parameters(_: Reader, query: Annotated[RuleDay, Query()]) -> list[QualityParameter]:
    """Every number of policy this service decides by, as in force on a day."""
    return _in_force(query.as_of or today())
