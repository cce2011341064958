from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import Table
from services.registry.divisions.models import Division
from services.registry.seat_plans.codes import SeatPlanState
from shared.errors import rule
from shared.ids import new_id
from shared.tables import one_of

WITHIN_SEATS = rule(
    "inclusive_within_seats", "普惠性学位不能多于计划学位。", "Inclusive seats are a part of the seats planned."
)


class SeatPlan(Table):
    """The seats planned in a town for a school year 学位计划; changed, it is to be approved anew."""

    __tablename__ = "seat_plans"
    __table_args__ = (
        UniqueConstraint("division", "school_year"),
        one_of("seat_plans", "state", SeatPlanState),
        CheckConstraint("0 <= inclusive_seats AND inclusive_seats <= seats", name=WITHIN_SEATS),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    division: Mapped[str] = mapped_column(ForeignKey(Division.code))
    school_year: Mapped[int]
    seats: Mapped[int]
    inclusive_seats: Mapped[int]
    note: Mapped[str]
    state: Mapped[str]
    entered_by: Mapped[str]
    approved_on: Mapped[date | None]
    document: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
