from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from shared.schemas import Day, In, Out, zh


class InterestIn(In):
    """Why someone does not judge a kindergarten: worked there, a relative there (教育督导条例 art. 10)."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    reason: Annotated[str, zh("回避理由", min_length=1, max_length=200)]


class EvaluatorPut(In):
    name: Annotated[str, zh("姓名", min_length=1, max_length=100)]
    load: Annotated[int | None, zh("每年园所数上限", "Left out: the district's number.", ge=0, le=100)] = None
    conflicts: Annotated[list[InterestIn], zh("应回避的幼儿园", max_length=100)] = Field(default=[])
    ended_on: Annotated[Day | None, zh("结束日期")] = None


class InterestOut(Out):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    reason: Annotated[str, zh("回避理由")]


class EvaluatorOut(Out):
    id: Annotated[UUID, zh("编号")]
    account: Annotated[str, zh("账号")]
    name: Annotated[str, zh("姓名")]
    load: Annotated[int, zh("每年园所数上限")]
    conflicts: Annotated[list[InterestOut], zh("应回避的幼儿园")]
    ended_on: Annotated[date | None, zh("结束日期")]
