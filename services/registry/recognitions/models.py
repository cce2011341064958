from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import Table
from services.registry.recognitions.codes import RecognitionState, WithdrawalGround
from shared.errors import rule
from shared.ids import new_id
from shared.tables import one_of

OPEN_STATES = "state IN ('applied', 'returned', 'reviewed', 'noticed', 'disputed')"
HELD_STATES = "state IN ('granted', 'leaving')"
ONE_OPEN = rule(
    "one_open_application", "该园已有在办的普惠认定申请。", "The kindergarten has an application that is still open."
)
ONE_A_DAY = rule(
    "recognised_once_a_day",
    "该期间与已有的普惠认定重叠。",
    "The term overlaps a recognition the kindergarten already has.",
    "续认应自上一期届满之日起。",
    "A renewal begins where the former term ends.",
)
TWO_PEOPLE = rule(
    "recognition_decided_by_another_person",
    "审核与决定须由不同的人进行。",
    "Review and decision are made by two people.",
)
ONE_REVIEW = rule("year_already_reviewed", "该年度已复核。", "That year has been reviewed already.")


def owned(table: str) -> ForeignKeyConstraint:
    """The row belongs to a kindergarten and moves with it to another division."""
    return ForeignKeyConstraint(
        ["kindergarten", "division"],
        ["kindergartens.id", "kindergartens.division"],
        onupdate="CASCADE",
        name=f"fk_{table}_kindergarten",
    )


class Recognition(Table):
    """An application for 普惠性民办 recognition and the term it led to. `state` moves by `rules.MACHINE`.

    The term runs from `since` until `until` (exclusive); `ended_on` is the first day after a withdrawal. Each of
    `evidence` is condition and documents, each of `findings` is condition, met and note. One that is `existing` was
    decided before the system was, and entered by its document.
    """

    __tablename__ = "recognitions"
    __table_args__ = (
        owned("recognitions"),
        one_of("recognitions", "state", RecognitionState),
        one_of("recognitions", "leaving_ground", WithdrawalGround),
        Index(ONE_OPEN, "kindergarten", unique=True, postgresql_where=text(OPEN_STATES)),
        Index("ix_recognitions_kindergarten", "kindergarten", "since"),
        Index("ix_recognitions_until", "until", "id"),
        CheckConstraint("decided_by NOT IN (reviewed_by, applied_by)", name=TWO_PEOPLE),
        CheckConstraint("since < until", name="ck_recognitions_term"),
        CheckConstraint("proposed_fee >= 0 AND agreed_fee >= 0", name="ck_recognitions_fees"),
        CheckConstraint(
            "state NOT IN ('granted', 'leaving', 'withdrawn') OR (since IS NOT NULL AND until IS NOT NULL"
            " AND agreed_fee IS NOT NULL AND document IS NOT NULL AND agreement IS NOT NULL"
            " AND decided_by IS NOT NULL)",
            name="ck_recognitions_granted_in_full",
        ),
        ExcludeConstraint(
            (func.uuidrange(text("kindergarten"), text("kindergarten"), text("'[]'")), "&&"),
            (func.daterange(text("since"), text("until")), "&&"),
            name=ONE_A_DAY,
            using="gist",
            where=text(HELD_STATES),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID]
    division: Mapped[str] = mapped_column(index=True)
    existing: Mapped[bool] = mapped_column(server_default=text("false"))
    former: Mapped[UUID | None] = mapped_column(ForeignKey("recognitions.id"))
    state: Mapped[str]
    proposed_fee: Mapped[Decimal]
    statement: Mapped[str]
    evidence: Mapped[list[Any]] = mapped_column(JSONB)
    applied_on: Mapped[date]
    applied_by: Mapped[str]
    reviewed_on: Mapped[date | None]
    reviewed_by: Mapped[str | None]
    findings: Mapped[list[Any]] = mapped_column(JSONB, server_default=text("'[]'"))
    unmet: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    notice_from: Mapped[date | None]
    notice_until: Mapped[date | None]
    decided_on: Mapped[date | None]
    decided_by: Mapped[str | None]
    document: Mapped[str | None]
    agreement: Mapped[str | None]
    agreed_fee: Mapped[Decimal | None]
    since: Mapped[date | None]
    until: Mapped[date | None]
    review_due_on: Mapped[date | None]
    leaving_on: Mapped[date | None]
    leaving_by: Mapped[str | None]
    leaving_ground: Mapped[str | None]
    leaving_until: Mapped[date | None]
    ended_on: Mapped[date | None]
    withdrawal_document: Mapped[str | None]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))


class RecognitionReview(Table):
    """年度复核 of one year of a term. `checks` are the register's own on that day. Never changed."""

    __tablename__ = "recognition_reviews"
    __table_args__ = (
        owned("recognition_reviews"),
        UniqueConstraint("recognition", "due_on", name=ONE_REVIEW),
        CheckConstraint("fee_charged >= 0", name="ck_recognition_reviews_fee"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    recognition: Mapped[UUID] = mapped_column(ForeignKey(Recognition.id))
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    due_on: Mapped[date]
    reviewed_on: Mapped[date]
    reviewed_by: Mapped[str]
    fee_charged: Mapped[Decimal]
    findings: Mapped[list[Any]] = mapped_column(JSONB)
    checks: Mapped[list[Any]] = mapped_column(JSONB)
    passed: Mapped[bool]
    note: Mapped[str]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
