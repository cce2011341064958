"""Words of the yearly plan of seats 学位计划, with their Chinese."""

from shared.schemas import Code


class SeatPlanState(Code):
    ENTERED = "entered", "待批准", "to be approved"
    APPROVED = "approved", "已批准", "approved"
