from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Numeric, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.db import Table
from services.finance.ownerships.codes import OwnershipRelation
from shared.errors import rule
from shared.ids import new_id
from shared.tables import FOREVER, one_of

OWNERSHIP_ONCE = rule("ownership_already_entered", "该关系已登记。", "This relation is entered already.")


class Ownership(Table):
    """Who holds, controls or represents a company, or is close kin to whom: a link of a chain that money may take."""

    __tablename__ = "ownerships"
    __table_args__ = (
        one_of("ownerships", "relation", OwnershipRelation),
        CheckConstraint("since < until", name="ck_ownerships_period"),
        CheckConstraint("owner <> owned", name="ck_ownerships_two"),
        CheckConstraint("share > 0 AND share <= 1", name="ck_ownerships_share"),
        Index(OWNERSHIP_ONCE, "division", "owner", "owned", "relation", "since", unique=True),
        Index("ix_ownerships_owner", "owner"),
        Index("ix_ownerships_owned", "owned"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    division: Mapped[str]
    owner: Mapped[str]
    owned: Mapped[str]
    relation: Mapped[str]
    share: Mapped[Decimal | None] = mapped_column(Numeric(5, 4))
    since: Mapped[date]
    until: Mapped[date] = mapped_column(default=FOREVER)
    source: Mapped[str]
    entered_by: Mapped[str]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
