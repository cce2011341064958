from datetime import date
from typing import Annotated
from uuid import UUID

from services.registry.indicators.schemas import TargetEffect
from services.registry.kindergartens.codes import Type
from shared.schemas import UNSENT, Count, Day, In, Out, zh


class TypePeriod(Out):
    """What a kindergarten was from one day until (not including) another, and by which document."""

    id: Annotated[UUID, zh("编号")]
    type: Annotated[Type, zh("办园性质")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date | None, zh("截止日期", "Exclusive; null while it lasts.")]
    document: Annotated[str, zh("依据文件")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class TypeHistory(Out):
    items: Annotated[list[TypePeriod], zh("办园性质", "The latest first.")]


class TypeChange(In):
    """From a day on the kindergarten is of another type."""

    type: Annotated[Type, zh("办园性质")]
    since: Annotated[Day, zh("起始日期", "May lie ahead: it then takes effect on its day.")]
    document: Annotated[str, zh("依据文件", min_length=1, max_length=200)]
    founder: Annotated[
        str, zh("新举办者", "With a change of hands, not ahead of its day.", min_length=1, max_length=100)
    ] = UNSENT
    founder_code: Annotated[str, zh("新举办者码", "Code list `founder_code`.", max_length=10)] = UNSENT
    for_profit: Annotated[bool, zh("变更后营利性")] = UNSENT


class TypeCorrection(In):
    """What was recorded wrongly about a period."""

    type: Annotated[Type, zh("办园性质")] = UNSENT
    since: Annotated[Day, zh("起始日期", "The period before it then ends there.")] = UNSENT
    document: Annotated[str, zh("依据文件", min_length=1, max_length=200)] = UNSENT


class TypeSpan(Out):
    type: Annotated[Type, zh("办园性质")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date | None, zh("截止日期")]


class TypeChangeOutcome(Out):
    """What a change of type does, or would do when it is only previewed."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    committed: Annotated[bool, zh("已生效登记", "False: a preview, nothing was stored.")]
    before: Annotated[list[TypeSpan], zh("变更前")]
    after: Annotated[list[TypeSpan], zh("变更后")]
    children: Annotated[
        Count, zh("涉及幼儿数", "Children aged 3 to 6 enrolled on that day, or today if that is later.")
    ]
    targets: Annotated[
        list[TargetEffect] | None, zh("对目标的影响", "The plan's targets before and after; of a preview only.")
    ]
    token: Annotated[str, zh("预览凭证", "Commit with it to do precisely this.")]


class TypeChangeQuery(In):
    preview: Annotated[bool, zh("预览", "Only tell what the change would do.")] = False
    token: Annotated[str, zh("预览凭证", "Refuse if the effect is no longer what was previewed.", max_length=64)] = (
        UNSENT
    )
