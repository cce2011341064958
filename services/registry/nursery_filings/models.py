from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, func, text
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import Table
from services.registry.nursery_filings.codes import NurseryEnd, NurseryFilingKind, NurseryFilingState, NurseryService
from shared.errors import rule
from shared.ids import new_id
from shared.tables import one_of

ONE_OPEN = rule(
    "one_open_nursery_application",
    "该园已有在办的托班备案申请。",
    "The kindergarten has an application for nursery classes that is still open.",
)
ONE_A_DAY = rule(
    "one_nursery_filing_a_day",
    "该期间与已有的托班备案重叠。",
    "The term overlaps a filing the kindergarten already has.",
    "续期自上一期届满之日起。",
    "A renewal begins where the former term ends.",
)
THREE_HANDS = rule(
    "nursery_filing_by_another_person",
    "申请、审核与备案须由不同的人进行。",
    "Nobody who applied or examined files it as well.",
)


class NurseryFiling(Table):
    """An application to run nursery classes 2–3 托班 and the filing it led to. `state` moves by `rules.MACHINE`.

    It is for so many classes of so many children at most. The term runs from `since` until `until` (exclusive);
    `ended_on` is the first day after an earlier end. `checks` are the register's own on the day it was examined.
    """

    __tablename__ = "nursery_filings"
    __table_args__ = (
        ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            onupdate="CASCADE",
            name="fk_nursery_filings_kindergarten",
        ),
        one_of("nursery_filings", "kind", NurseryFilingKind),
        one_of("nursery_filings", "state", NurseryFilingState),
        one_of("nursery_filings", "service", NurseryService),
        one_of("nursery_filings", "ended_ground", NurseryEnd),
        Index(
            ONE_OPEN, "kindergarten", unique=True, postgresql_where=text("state IN ('applied', 'returned', 'examined')")
        ),
        Index("ix_nursery_filings_kindergarten", "kindergarten", "since"),
        Index("ix_nursery_filings_number", "number"),
        CheckConstraint("decided_by NOT IN (applied_by, examined_by)", name=THREE_HANDS),
        CheckConstraint("since < until AND ended_on >= since", name="ck_nursery_filings_term"),
        CheckConstraint(
            "classes BETWEEN 1 AND 50 AND children_per_class BETWEEN 1 AND 200 AND carers >= 0 AND monthly_fee >= 0",
            name="ck_nursery_filings_scale",
        ),
        CheckConstraint(
            "state NOT IN ('filed', 'ended') OR (number IS NOT NULL AND since IS NOT NULL AND until IS NOT NULL"
            " AND decided_by IS NOT NULL)",
            name="ck_nursery_filings_filed_in_full",
        ),
        CheckConstraint("(state = 'ended') = (ended_on IS NOT NULL)", name="ck_nursery_filings_ended"),
        ExcludeConstraint(
            (func.uuidrange(text("kindergarten"), text("kindergarten"), text("'[]'")), "&&"),
            (func.daterange(text("since"), text("coalesce(ended_on, until)")), "&&"),
            name=ONE_A_DAY,
            using="gist",
            where=text("state IN ('filed', 'ended')"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID]
    division: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    former: Mapped[UUID | None] = mapped_column(ForeignKey("nursery_filings.id"))
    state: Mapped[str]
    classes: Mapped[int]
    children_per_class: Mapped[int]
    carers: Mapped[int]
    monthly_fee: Mapped[Decimal]
    service: Mapped[str]
    opens_at: Mapped[str]
    closes_at: Mapped[str]
    statement: Mapped[str]
    applied_on: Mapped[date]
    applied_by: Mapped[str]
    examined_on: Mapped[date | None]
    examined_by: Mapped[str | None]
    conditions_met: Mapped[bool | None]
    findings: Mapped[str] = mapped_column(server_default=text("''"))
    checks: Mapped[list[Any]] = mapped_column(JSONB, server_default=text("'[]'"))
    decided_on: Mapped[date | None]
    decided_by: Mapped[str | None]
    number: Mapped[str | None]
    document: Mapped[str | None]
    since: Mapped[date | None]
    until: Mapped[date | None]
    ended_on: Mapped[date | None]
    ended_ground: Mapped[str | None]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))


class NurseryNumber(Table):
    """How many numbers 备案号 a district has given out in a year."""

    __tablename__ = "nursery_numbers"

    district: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
