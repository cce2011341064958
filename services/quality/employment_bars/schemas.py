from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from shared.schemas import In, Out, zh


class EmploymentBarAsked(In):
    """Asked before hiring (学前教育法第四十四条) and each year (未成年人保护法第六十二条)."""

    id_number: Annotated[str, zh("公民身份号码", min_length=15, max_length=18)]
    kindergarten: Annotated[UUID | None, zh("聘用园所")] = None
    purpose: Annotated[Literal["hiring", "yearly", "founding"], zh("查询目的", "聘用前, 每年定期, 举办者")]
    position: Annotated[str, zh("岗位", min_length=1, max_length=100)]
    consent: Annotated[str, zh("授权书编号", "Of the person asked about.", min_length=1, max_length=100)]


class EmploymentBarAnswer(Out):
    """Yes or no, and the number of the receipt. Nothing else is told."""

    receipt: Annotated[UUID, zh("回执编号")]
    barred: Annotated[bool, zh("禁止从业")]
    purpose: Annotated[str, zh("查询目的")]
    position: Annotated[str, zh("岗位")]
    asked_at: Annotated[datetime, zh("查询时刻")]
