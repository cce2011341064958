from datetime import datetime
from typing import Annotated, Any, Literal

from services.registry.history.codes import Concern
from shared.schemas import UNSENT, Count, Out, Page, zh


class Difference(Out):
    """One field that was changed."""

    field: Annotated[str, zh("字段")]
    before: Annotated[Any, zh("变更前")]
    after: Annotated[Any, zh("变更后")]


class HistoryEntry(Out):
    """A change to what is recorded about a kindergarten, or something that was added to it."""

    id: Annotated[str, zh("编号")]
    at: Annotated[datetime, zh("时间")]
    actor: Annotated[str, zh("操作人")]
    concern: Annotated[Concern, zh("对象")]
    record: Annotated[str, zh("记录编号")]
    event: Annotated[str | None, zh("事件类型", "Of what was announced; null for a change of fields.")]
    differences: Annotated[list[Difference], zh("变更内容")]


class HistoryPage(Out):
    items: Annotated[list[HistoryEntry], zh("变更记录")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class HistoryQuery(Page):
    concern: Annotated[Concern, zh("对象")] = UNSENT
    actor: Annotated[str, zh("操作人", max_length=200)] = UNSENT
    sort: Annotated[Literal["-at", "at"], zh("排序")] = "-at"
