from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import Table
from services.registry.kindergartens.models import Group
from services.registry.recognitions.models import owned
from services.registry.relation_agreements.codes import ManagementFee, RelationKind, RelationState
from shared.errors import rule
from shared.ids import new_id
from shared.tables import one_of

TAKEN = rule(
    "agreement_number_taken", "该园已有此协议号。", "The kindergarten has an agreement of this number already."
)
TWO_PEOPLE = rule(
    "agreement_decided_by_another_person", "报备与核准须由不同的人进行。", "Filing and deciding are done by two people."
)


class RelationAgreement(Table):
    """An agreement by which a group or another kindergarten helps to run this one; `state` moves by `rules.MACHINE`.

    The term runs from `since` until `until` (exclusive); `ended_on` is the first day after an earlier end. The fee is
    yuan a year (`fee_amount`) or a percentage (`fee_percent`).
    """

    __tablename__ = "relation_agreements"
    __table_args__ = (
        owned("relation_agreements"),
        UniqueConstraint("kindergarten", "number", name=TAKEN),
        one_of("relation_agreements", "kind", RelationKind),
        one_of("relation_agreements", "fee_kind", ManagementFee),
        one_of("relation_agreements", "state", RelationState),
        CheckConstraint("since < until", name="ck_relation_agreements_term"),
        CheckConstraint(
            "(group_id IS NULL) <> (partner IS NULL) AND partner <> kindergarten", name="ck_relation_agreements_partner"
        ),
        CheckConstraint("decided_by <> proposed_by", name=TWO_PEOPLE),
        Index("ix_relation_agreements_until", "until", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID]
    division: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    group_id: Mapped[UUID | None] = mapped_column(ForeignKey(Group.id))
    partner: Mapped[UUID | None] = mapped_column(ForeignKey("kindergartens.id"))
    partner_name: Mapped[str]
    partner_public: Mapped[bool]
    number: Mapped[str]
    signed_on: Mapped[date]
    since: Mapped[date]
    until: Mapped[date]
    fee_kind: Mapped[str]
    fee_amount: Mapped[Decimal | None]
    fee_percent: Mapped[Decimal | None]
    fee_clause: Mapped[str]
    foreign_element: Mapped[bool]
    foreign_document: Mapped[str]
    state: Mapped[str]
    proposed_on: Mapped[date]
    proposed_by: Mapped[str]
    decided_on: Mapped[date | None]
    decided_by: Mapped[str | None]
    document: Mapped[str | None]
    ended_on: Mapped[date | None]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))
