from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Numeric, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.account_titles.codes import ValueTag
from services.finance.db import Table
from services.finance.parameters.codes import ParameterName, ParameterState
from services.finance.refusals import ANOTHER_PERSON
from shared.ids import new_id
from shared.tables import FOREVER, one_of


class Parameter(Table):
    """A policy number in force from `since` until `until`, with the document that set it.

    Of several in force the latest `since` wins. Approving one with the same name, key and `since` replaces the other:
    a rate that was typed wrong is corrected from its first day, and what was paid by it becomes a difference.
    """

    __tablename__ = "parameters"
    __table_args__ = (
        one_of("parameters", "name", ParameterName),
        one_of("parameters", "state", ParameterState),
        one_of("parameters", "tag", ValueTag),
        CheckConstraint("since < until", name="ck_parameters_period"),
        CheckConstraint("decided_by <> proposed_by", name=ANOTHER_PERSON),
        Index("ix_parameters_scenario", "scenario", postgresql_where=text("scenario IS NOT NULL")),
        Index(
            "uq_parameters_approved", "name", "key", "since", unique=True, postgresql_where=text("state = 'approved'")
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    division: Mapped[str]
    name: Mapped[str]
    key: Mapped[str]
    value: Mapped[Decimal | None] = mapped_column(Numeric(16, 4))
    since: Mapped[date]
    until: Mapped[date] = mapped_column(default=FOREVER)
    document: Mapped[str]
    article: Mapped[str] = mapped_column(server_default=text("''"))
    tag: Mapped[str]
    state: Mapped[str]
    proposed_by: Mapped[str]
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    scenario: Mapped[UUID | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
