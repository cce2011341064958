from typing import Annotated
from uuid import UUID

from services.registry.admissions.codes import RoundState
from services.registry.kindergartens.codes import Type
from shared.schemas import UNSENT, Count, In, Out, zh


class DemandRow(Out):
    """A kindergarten in a round: what it offers, how many wished for it, how many got in, how many wait."""

    round: Annotated[UUID, zh("招生轮次")]
    round_name: Annotated[str, zh("轮次名称")]
    state: Annotated[RoundState, zh("轮次状态")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("名称")]
    division: Annotated[str, zh("区划")]
    type: Annotated[Type | None, zh("办园性质")]
    seats: Annotated[Count, zh("招生学位")]
    first_wishes: Annotated[Count, zh("第一志愿人数")]
    wishes: Annotated[Count, zh("填报人数", "Any wish.")]
    placed: Annotated[Count, zh("录取人数", "Offered or accepted.")]
    waiting: Annotated[Count, zh("候补人数")]
    seats_less_first_wishes: Annotated[int, zh("学位减第一志愿", "Negative: too many want it first.")]


class AdmissionDemand(Out):
    """Applications against places of an intake year 报名与学位; applications of families in the caller's scope."""

    school_year: Annotated[Count, zh("学年")]
    type: Annotated[Type | None, zh("办园性质")]
    seats: Annotated[Count, zh("招生学位")]
    applications: Annotated[Count, zh("报名人数", "Families whose first wish is such a kindergarten.")]
    placed: Annotated[Count, zh("录取人数")]
    waiting: Annotated[Count, zh("候补人数", "Children waiting, each counted once.")]
    seats_less_applications: Annotated[int, zh("学位减报名")]
    items: Annotated[list[DemandRow], zh("幼儿园")]


class AdmissionDemandQuery(In):
    school_year: Annotated[int, zh("学年", "Of the intake.", ge=2000, le=2100)]
    type: Annotated[Type, zh("办园性质", "Only kindergartens of this type: public for 入公办园需求.")] = UNSENT
