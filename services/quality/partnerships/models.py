from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from services.quality.partnerships.codes import (
    ExchangeDirection,
    ExchangeKind,
    PartnerKind,
    PartnershipForm,
    PartnershipKind,
    PartnershipState,
)
from shared.errors import rule
from shared.tables import one_of

BOTH = "hashtextextended(kindergarten::text || kind || coalesce(partner::text, partner_name), 0)"


class Partnership(Table):
    """A kindergarten that is helped and who helps it, for a time, with goals."""

    __tablename__ = "partnerships"
    __table_args__ = (
        one_of("partnerships", "kind", PartnershipKind),
        one_of("partnerships", "partner_kind", PartnerKind),
        one_of("partnerships", "state", PartnershipState),
        CheckConstraint(
            "(partner IS NULL) = (partner_kind <> 'kindergarten') AND (partner IS NULL OR partner <> kindergarten)",
            name=rule("partner_is_another", "帮扶方须为另一方。", "The partner is somebody else."),
        ),
        CheckConstraint(
            "since < until", name=rule("partnership_ends_after_it_begins", "结束日期须晚于开始日期。", "It ends later.")
        ),
        ExcludeConstraint(
            (text(f"int8range({BOTH}, {BOTH}, '[]')"), "&&"),
            (text("daterange(since, until)"), "&&"),
            where=text("state = 'agreed'"),
            using="gist",
            name=rule("partnership_stands_already", "双方在此期间已结对。", "The two are partners in that period."),
        ),
        Index("ix_partnerships_kindergarten", "kindergarten", "since"),
        Index("ix_partnerships_partner", "partner"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str]
    kind: Mapped[str]
    partner_kind: Mapped[str]
    partner: Mapped[UUID | None] = mapped_column(ForeignKey("kindergartens.id"))
    partner_name: Mapped[str]
    since: Mapped[date]
    until: Mapped[date]
    agreement: Mapped[str]
    goals: Mapped[str]
    state: Mapped[str]
    review_due_on: Mapped[date]
    reviewed_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))


class PartnershipActivity(Table):
    """What partners did together, or shared. Never changed."""

    __tablename__ = "partnership_activities"
    __table_args__ = (one_of("partnership_activities", "form", PartnershipForm),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    partnership: Mapped[UUID] = mapped_column(ForeignKey("partnerships.id"), index=True)
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    partner: Mapped[UUID | None]
    on: Mapped[date] = mapped_column("on_day")
    form: Mapped[str]
    topic: Mapped[str]
    summary: Mapped[str]
    participants: Mapped[int]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())


class StaffExchange(Table):
    """轮岗、跟岗: a member of staff, by registry's id, at the other house for a time."""

    __tablename__ = "staff_exchanges"
    __table_args__ = (
        one_of("staff_exchanges", "kind", ExchangeKind),
        one_of("staff_exchanges", "direction", ExchangeDirection),
        CheckConstraint(
            "since < until", name=rule("exchange_ends_after_it_begins", "结束日期须晚于开始日期。", "It ends later.")
        ),
        ExcludeConstraint(
            (text("uuidrange(person, person, '[]')"), "&&"),
            (text("daterange(since, until)"), "&&"),
            using="gist",
            name=rule("person_is_exchanged_once", "该教职工在此期间已有交流。", "That person is exchanged already."),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    partnership: Mapped[UUID] = mapped_column(ForeignKey("partnerships.id"), index=True)
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    partner: Mapped[UUID | None]
    person: Mapped[UUID]
    kind: Mapped[str]
    direction: Mapped[str]
    since: Mapped[date]
    until: Mapped[date]
    task: Mapped[str]
    outcome: Mapped[str | None]
    reported_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
