from datetime import date
from typing import Annotated
from uuid import UUID

from services.registry.divisions.codes import Zone
from services.registry.offers import RegistryOffer
from services.registry.seat_plans.codes import SeatPlanState
from services.registry.steps.schemas import RegistryStep
from shared.schemas import UNSENT, Count, Day, In, Out, zh


class SeatPlanOut(Out):
    """The seats planned in a town for a school year."""

    id: Annotated[UUID, zh("编号")]
    division: Annotated[str, zh("镇乡街道")]
    school_year: Annotated[Count, zh("学年")]
    seats: Annotated[Count, zh("计划学位")]
    inclusive_seats: Annotated[Count, zh("其中普惠性学位")]
    note: Annotated[str, zh("说明")]
    state: Annotated[SeatPlanState, zh("状态")]
    entered_by: Annotated[str, zh("编制人")]
    approved_on: Annotated[date | None, zh("批准日期")]
    document: Annotated[str | None, zh("批准文件")]
    version: Annotated[Count, zh("版本")]
    steps: Annotated[list[RegistryStep], zh("办理过程")]
    actions: Annotated[list[RegistryOffer], zh("可办理事项", "As of today, for this caller.")]


class SeatPlanRow(Out):
    """A town: what is planned beside what there is."""

    division: Annotated[str, zh("镇乡街道")]
    name: Annotated[str, zh("名称")]
    zone: Annotated[Zone | None, zh("片区")]
    planned: Annotated[Count | None, zh("计划学位", "Null: nothing planned.")]
    planned_inclusive: Annotated[Count | None, zh("计划普惠性学位")]
    state: Annotated[SeatPlanState | None, zh("状态")]
    seats: Annotated[Count, zh("现有学位", "Of `as_of`.")]
    inclusive_seats: Annotated[Count, zh("现有普惠性学位")]
    used: Annotated[Count, zh("已用学位")]
    vacant: Annotated[Count, zh("空余学位")]
    people: Annotated[Count | None, zh("3至5岁人口")]
    planned_less_seats: Annotated[int | None, zh("计划减现有", "Positive: still to be added.")]
    planned_less_people: Annotated[int | None, zh("计划减人口", "Negative: the plan is short.")]


class SeatPlanReport(Out):
    """学位计划 of a school year, town by town."""

    school_year: Annotated[Count, zh("学年")]
    as_of: Annotated[date, zh("截至日期")]
    items: Annotated[list[SeatPlanRow], zh("镇乡街道")]


class SeatPlanQuery(In):
    school_year: Annotated[int, zh("学年", ge=2000, le=2100)]
    as_of: Annotated[Day, zh("截至日期", "Seats of this day; today by default.")] = UNSENT


class SeatPlanPut(In):
    seats: Annotated[int, zh("计划学位", ge=0, le=1_000_000)]
    inclusive_seats: Annotated[int, zh("其中普惠性学位", ge=0, le=1_000_000)]
    note: Annotated[str, zh("说明", max_length=1000)] = ""


class SeatPlanApproval(In):
    document: Annotated[str, zh("批准文件", min_length=1, max_length=200)]
