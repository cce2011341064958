from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import Table
from services.registry.divisions.models import Division
from services.registry.indicators.codes import Part
from shared.ids import new_id
from shared.tables import one_of


class IndicatorSnapshot(Table):
    """A figure 冻结数 as it was found when somebody froze it; never computed again, never changed.

    `inputs_digest` is the hash of the rows behind it (SHA-256), which stand in `indicator_snapshot_inputs`.
    A published one is read by everybody.
    """

    __tablename__ = "indicator_snapshots"
    __table_args__ = (
        ForeignKeyConstraint(
            ["indicator", "version"], ["indicators.code", "indicators.version"], name="fk_indicator_snapshots_indicator"
        ),
        CheckConstraint("numerator >= 0 AND denominator >= 0", name="ck_indicator_snapshots_counts"),
        Index("ix_indicator_snapshots_indicator", "indicator", "as_of", "frozen_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    indicator: Mapped[str]
    version: Mapped[int]
    division: Mapped[str] = mapped_column(ForeignKey(Division.code), index=True)
    zone: Mapped[str | None]
    kindergarten: Mapped[UUID | None] = mapped_column(ForeignKey("kindergartens.id"))
    as_of: Mapped[date]
    parameters: Mapped[dict[str, Any]]
    numerator: Mapped[int] = mapped_column(BigInteger)
    denominator: Mapped[int | None] = mapped_column(BigInteger)
    value: Mapped[str | None]
    unit: Mapped[str]
    inputs_digest: Mapped[str]
    numerator_rows: Mapped[int]
    denominator_rows: Mapped[int]
    population_counted_on: Mapped[date | None]
    synthetic: Mapped[bool]
    published: Mapped[bool]
    note: Mapped[str]
    frozen_by: Mapped[str]
    frozen_at: Mapped[datetime] = mapped_column(server_default=func.now())


class IndicatorSnapshotInput(Table):
    """The rows behind one side of a snapshot: `rows` maps each row's id to what it counted for."""

    __tablename__ = "indicator_snapshot_inputs"
    __table_args__ = (one_of("indicator_snapshot_inputs", "part", Part),)

    snapshot: Mapped[UUID] = mapped_column(ForeignKey(IndicatorSnapshot.id), primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    division: Mapped[str]
    kindergarten: Mapped[UUID | None]
    rows: Mapped[dict[str, Any]]
