from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from shared.schemas import Out, zh


class RegistryStep(Out):
    """One step of a case: who did what on which day, under which rule."""

    id: Annotated[UUID, zh("编号")]
    verb: Annotated[str, zh("动作")]
    actor: Annotated[str, zh("经办人")]
    on: Annotated[date, zh("日期")]
    at: Annotated[datetime, zh("记录时刻")]
    basis: Annotated[str, zh("依据")]
    note: Annotated[str, zh("说明")]
    data: Annotated[dict[str, Any], zh("详情")]
