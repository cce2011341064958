from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from services.quality.handovers.codes import ConsentForm, GuardianRelation, HandoverState
from shared.errors import rule
from shared.tables import one_of


class Handover(Table):
    """A guardian's consent to hand a child's information over to one school for one purpose, and what became of it.

    The child is known by registry's id alone.
    """

    __tablename__ = "handovers"
    __table_args__ = (
        one_of("handovers", "state", HandoverState),
        one_of("handovers", "relation", GuardianRelation),
        one_of("handovers", "form", ConsentForm),
        CheckConstraint(
            "consented_on <= valid_until",
            name=rule(
                "consent_ends_after_it_was_given", "有效期不早于同意日期。", "A consent ends after it was given."
            ),
        ),
        Index(
            rule("consent_stands_already", "该幼儿对该校的同意已登记。", "That consent is on record already."),
            "child",
            "school",
            unique=True,
            postgresql_where=text("state <> 'withdrawn'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    division: Mapped[str]
    child: Mapped[UUID]
    class_id: Mapped[UUID]
    school: Mapped[str] = mapped_column(ForeignKey("primary_schools.code"))
    purpose: Mapped[str]
    relation: Mapped[str]
    form: Mapped[str]
    consent_sha256: Mapped[str]
    consented_on: Mapped[date]
    valid_until: Mapped[date]
    state: Mapped[str]
    sent_on: Mapped[date | None]
    received_on: Mapped[date | None]
    receipt: Mapped[str | None]
    withdrawn_on: Mapped[date | None]
    erasure_asked_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))


class HandoverContent(Table):
    """What was written of the child, sealed. It has no former states, so that erasing it erases it."""

    __tablename__ = "handover_contents"

    handover: Mapped[UUID] = mapped_column(ForeignKey("handovers.id"), primary_key=True)
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    sealed: Mapped[bytes]
