from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import Table
from services.registry.headcounts.codes import HeadcountState
from services.registry.headcounts.refusals import ANOTHER_PERSON, ONE_AT_A_TIME, REVISION_ONCE
from shared.ids import new_id
from shared.tables import one_of


class Headcount(Table):
    """A month of a kindergarten: prepared by one person, certified by another, final from then on.

    A later correction is the next `revision`; `previous_hash` chains it to the one it corrects. `staff` is what their
    attendance came to, with the people behind it by their ids; null when nobody took it.
    """

    __tablename__ = "headcounts"
    __table_args__ = (
        ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            onupdate="CASCADE",
            name="fk_headcounts_kindergarten",
        ),
        one_of("headcounts", "state", HeadcountState),
        CheckConstraint("certified_by <> prepared_by", name=ANOTHER_PERSON),
        CheckConstraint("extract(day FROM month) = 1 AND revision >= 1", name="ck_headcounts_month"),
        CheckConstraint(
            "(state = 'certified') = (certified_by IS NOT NULL AND certified_at IS NOT NULL)",
            name="ck_headcounts_certified_by_somebody",
        ),
        CheckConstraint(
            "state NOT IN ('prepared', 'certified') OR (prepared_by IS NOT NULL AND hash IS NOT NULL"
            " AND count_day IS NOT NULL AND open_days IS NOT NULL)",
            name="ck_headcounts_prepared_in_full",
        ),
        Index(
            ONE_AT_A_TIME,
            "kindergarten",
            "month",
            unique=True,
            postgresql_where=text("state IN ('correcting', 'prepared')"),
        ),
        Index(
            REVISION_ONCE,
            "kindergarten",
            "month",
            "revision",
            unique=True,
            postgresql_where=text("state <> 'withdrawn'"),
        ),
        Index("ix_headcounts_month", "month", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    month: Mapped[date]
    revision: Mapped[int]
    state: Mapped[str]
    count_day: Mapped[date | None]
    open_days: Mapped[int | None]
    reason: Mapped[str] = mapped_column(server_default=text("''"))
    document: Mapped[str] = mapped_column(server_default=text("''"))
    prepared_by: Mapped[str | None]
    prepared_at: Mapped[datetime | None]
    certified_by: Mapped[str | None]
    certified_at: Mapped[datetime | None]
    previous_hash: Mapped[str | None]
    hash: Mapped[str | None]
    staff: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    difference: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB(none_as_null=True))
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class HeadcountClass(Table):
    """One class of a prepared or certified month. `roll` is the children behind the numbers, by their ids.

    Each entry of the roll: child, 1 when there on the count day, 1 when in its last year before school, half days.
    """

    __tablename__ = "headcount_classes"
    __table_args__ = (
        ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            onupdate="CASCADE",
            name="fk_headcount_classes_kindergarten",
        ),
        CheckConstraint(
            "children >= last_year_children AND last_year_children >= 0 AND child_days = half_days / 2",
            name="ck_headcount_classes_counts",
        ),
    )

    headcount: Mapped[UUID] = mapped_column(ForeignKey(Headcount.id), primary_key=True)
    class_id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    children: Mapped[int]
    last_year_children: Mapped[int]
    half_days: Mapped[int]
    child_days: Mapped[int]
    roll: Mapped[list[Any]] = mapped_column(JSONB)
    roll_hash: Mapped[str]
