from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.quality.frameworks.codes import TextStatus
from services.quality.primary_schools.schemas import SCHOOL
from services.quality.transition_measures.codes import MeasureState
from shared.schemas import Day, In, Out, zh


class TransitionMeasurePut(In):
    state: Annotated[MeasureState, zh("落实情况")]
    note: Annotated[str, zh("做法", min_length=1, max_length=2000)]
    evidence: Annotated[str, zh("佐证", "File number, address or place of the evidence.", max_length=500)] = ""
    on: Annotated[Day, zh("日期", "Since when it is so.")]


class TransitionMeasureOut(Out):
    """A measure in force, and how far this kindergarten or school has come with it; null: nothing is recorded."""

    document: Annotated[str, zh("文件")]
    document_title: Annotated[str, zh("文件名称")]
    edition: Annotated[str, zh("版本")]
    item: Annotated[str, zh("条目代码")]
    text: Annotated[str | None, zh("举措", "Null where the official text could not be had.")]
    text_status: Annotated[TextStatus, zh("文字状态")]
    tag: Annotated[str, zh("可信度")]
    state: Annotated[MeasureState | None, zh("落实情况")]
    note: Annotated[str | None, zh("做法")]
    evidence: Annotated[str | None, zh("佐证")]
    on: Annotated[date | None, zh("日期")]
    recorded_by: Annotated[str | None, zh("记录人")]


class TransitionMeasureQuery(In):
    """One of kindergarten and school is named."""

    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    school: Annotated[str | None, zh("小学", pattern=SCHOOL)] = None
    as_of: Annotated[Day | None, zh("截至日期", "The editions in force on this day.")] = None
    state: Annotated[MeasureState | Literal["none"] | None, zh("落实情况", "`none`: nothing is recorded.")] = None
