from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.db import Table
from services.finance.refusals import ANOTHER_PERSON
from services.finance.related_parties.codes import PartyRelation
from shared.ids import new_id
from shared.tables import FOREVER, one_of


class RelatedParty(Table):
    """关联方 of a kindergarten over a period, known by name or account number.

    `agreement` is the disclosed agreement; dealings under it are in order once another person has reviewed it.
    """

    __tablename__ = "related_parties"
    __table_args__ = (
        one_of("related_parties", "relation", PartyRelation),
        CheckConstraint("since < until", name="ck_related_parties_period"),
        CheckConstraint("reviewed_by <> entered_by", name=ANOTHER_PERSON),
        Index("ix_related_parties_kindergarten", "kindergarten"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str]
    relation: Mapped[str]
    name: Mapped[str]
    number: Mapped[str]
    agreement: Mapped[str]
    since: Mapped[date]
    until: Mapped[date] = mapped_column(default=FOREVER)
    entered_by: Mapped[str]
    reviewed_by: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
