from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from services.quality.ethics_cases.codes import EthicsSource, EthicsState
from shared.errors import rule
from shared.tables import one_of


class EthicsHandler(Table):
    """Who takes up reports that nobody has taken up yet."""

    __tablename__ = "ethics_handlers"
    __table_args__ = (
        Index(
            "uq_ethics_handlers_account",
            "division",
            "account",
            unique=True,
            postgresql_where=text("ended_on IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str]
    account: Mapped[str]
    appointed_by: Mapped[str]
    appointed_on: Mapped[date]
    ended_on: Mapped[date | None]


class EthicsCase(Table):
    """A case sealed by need-to-know: the accounts in `need_to_know` see it and nobody else does.

    Before it is taken up `need_to_know` is empty and the appointed handlers see it. Names are encrypted. No event is
    announced and no row of `row_history` is kept of it: both are read by everyone in scope.
    """

    __tablename__ = "ethics_cases"
    __table_args__ = (
        one_of("ethics_cases", "state", EthicsState),
        one_of("ethics_cases", "source", EthicsSource),
        CheckConstraint(
            "state = 'reported' OR cardinality(need_to_know) > 0",
            name=rule(
                "accepted_case_names_its_members", "已受理的案件须指定知悉人。", "A case taken up names its members."
            ),
        ),
        CheckConstraint(
            "NOT harms_children OR police_on IS NOT NULL OR state IN ('reported', 'investigating')",
            name=rule(
                "police_know_of_harm_to_children",
                "涉嫌侵害幼儿的案件须先向公安机关报告。",
                "The police know of every case in which a child may have been harmed.",
            ),
        ),
        Index("ix_ethics_cases_receipt", "receipt_digest", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str]
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    state: Mapped[str]
    need_to_know: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    lead: Mapped[str | None]
    source: Mapped[str]
    anonymous: Mapped[bool]
    reported_by: Mapped[str | None]
    reported_on: Mapped[date]
    occurred_on: Mapped[date | None]
    receipt_digest: Mapped[bytes]
    contact_sealed: Mapped[bytes | None]
    behaviours: Mapped[list[str]]
    facts: Mapped[str]
    children: Mapped[int | None]
    harms_children: Mapped[bool]
    accused_sealed: Mapped[bytes | None]
    accused_number_sealed: Mapped[bytes | None]
    accused_blind: Mapped[bytes | None]
    accused_account: Mapped[str | None]
    accused_person: Mapped[UUID | None]
    accepted_on: Mapped[date | None]
    protection: Mapped[str | None]
    police_on: Mapped[date | None]
    police_unit: Mapped[str | None]
    police_receipt: Mapped[str | None]
    findings: Mapped[str | None]
    investigated_by: Mapped[str | None]
    proposal: Mapped[str | None]
    statement_until: Mapped[date | None]
    heard_on: Mapped[date | None]
    statement: Mapped[str | None]
    confirmed: Mapped[bool | None]
    confirmed_behaviours: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    norms: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    serious: Mapped[bool | None]
    sanctions: Mapped[Any] = mapped_column(JSONB, server_default=text("'[]'"))
    leader_accountability: Mapped[str | None]
    decided_on: Mapped[date | None]
    decided_by: Mapped[str | None]
    document: Mapped[str | None]
    appeal_until: Mapped[date | None]
    appealed_on: Mapped[date | None]
    appeal: Mapped[str | None]
    appeal_upheld: Mapped[bool | None]
    veto_source: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))


class EthicsStep(Table):
    """One step of a sealed case; seen by whoever sees the case. Never changed."""

    __tablename__ = "ethics_steps"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case: Mapped[UUID] = mapped_column("case_id", ForeignKey("ethics_cases.id"), index=True)
    verb: Mapped[str]
    actor: Mapped[str]
    on: Mapped[date] = mapped_column("on_day")
    at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    basis: Mapped[str]
    note: Mapped[str]


class EthicsReading(Table):
    """Who opened a sealed case, when; seen by whoever sees the case. Never changed."""

    __tablename__ = "ethics_readings"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case: Mapped[UUID] = mapped_column("case_id", ForeignKey("ethics_cases.id"), index=True)
    actor: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
