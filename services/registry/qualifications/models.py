from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import Table
from services.registry.qualifications.codes import CheckChannel, CheckResult, QualificationKind
from services.registry.staff.models import Person
from shared.errors import rule
from shared.ids import new_id
from shared.tables import one_of


class Qualification(Table):
    """A certificate or licence of a person, seen by whoever sees the person.

    `expires_on` is the last day it is valid, null when it has no end; from `revoked_on` on it proves nothing.
    """

    __tablename__ = "qualifications"
    __table_args__ = (
        UniqueConstraint(
            "person",
            "kind",
            "number",
            "issued_on",
            name=rule("qualification_already_recorded", "该证书已登记。", "This qualification is already recorded."),
        ),
        CheckConstraint("expires_on >= issued_on", name="ck_qualifications_period"),
        CheckConstraint("revoked_on >= issued_on", name="ck_qualifications_revoked_on"),
        one_of("qualifications", "kind", QualificationKind),
        Index("ix_qualifications_expires_on", "expires_on", postgresql_where=text("expires_on IS NOT NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    kind: Mapped[str]
    number: Mapped[str] = mapped_column(server_default=text("''"))
    issuer: Mapped[str] = mapped_column(server_default=text("''"))
    issued_on: Mapped[date]
    expires_on: Mapped[date | None]
    revoked_on: Mapped[date | None]
    evidence: Mapped[str] = mapped_column(server_default=text("''"))
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class BackgroundCheck(Table):
    """A query whether someone may work with children 从业禁止查询: when, through whom, the answer. Never edited."""

    __tablename__ = "background_checks"
    __table_args__ = (
        one_of("background_checks", "channel", CheckChannel),
        one_of("background_checks", "result", CheckResult),
        Index("ix_background_checks_person", "person", "checked_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    checked_on: Mapped[date]
    channel: Mapped[str]
    result: Mapped[str]
    reference: Mapped[str]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
