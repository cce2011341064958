from datetime import date
from typing import Annotated

from services.registry.universal_checks.codes import UniversalSource
from shared.schemas import UNSENT, Count, Day, In, Out, zh

ITEM = r"^[A-D]\d?$"


class UniversalItem(Out):
    """One item of 教督〔2020〕1号: what is asked, what there is, whether it is reached."""

    code: Annotated[str, zh("编号", examples=["B3"])]
    name: Annotated[str, zh("指标")]
    asked: Annotated[str, zh("要求")]
    tag: Annotated[str, zh("可信度", "Of what is asked.")]
    source: Annotated[UniversalSource, zh("来源")]
    value: Annotated[str | None, zh("现状")]
    met: Annotated[bool | None, zh("是否达到", "Null: not known.")]
    missing: Annotated[list[str], zh("未达到的对象")]
    path: Annotated[str, zh("证据路径", "Of the figure, or of another service's evidence.")]
    document: Annotated[str | None, zh("证据文件")]
    found_on: Annotated[date | None, zh("认定日期", "Of evidence that was entered.")]
    entered_by: Annotated[str | None, zh("录入人")]


class UniversalCheck(Out):
    """双普自查: every item must be reached."""

    as_of: Annotated[date, zh("截至日期")]
    division: Annotated[str, zh("区划")]
    reached: Annotated[Count, zh("已达到")]
    not_reached: Annotated[Count, zh("未达到")]
    unknown: Annotated[Count, zh("待认定")]
    passed: Annotated[bool, zh("全部达到")]
    items: Annotated[list[UniversalItem], zh("指标")]
    synthetic: Annotated[bool, zh("演示数据")]


class UniversalCheckQuery(In):
    as_of: Annotated[Day, zh("截至日期", "Today by default.")] = UNSENT


class UniversalEvidencePut(In):
    """What was found about an item the registry cannot compute."""

    met: Annotated[bool, zh("是否达到")]
    summary: Annotated[str, zh("情况", min_length=1, max_length=2000)]
    document: Annotated[str, zh("证据文件", min_length=1, max_length=300)]
    path: Annotated[str, zh("证据路径", "Of a service of the platform.", pattern=r"^(/\S*)?$", max_length=500)] = ""
    found_on: Annotated[Day | None, zh("认定日期", "Today by default; not after today.")] = None
