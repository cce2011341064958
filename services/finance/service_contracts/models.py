from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.db import Table
from services.finance.refusals import ANOTHER_PERSON
from services.finance.service_contracts.codes import ContractState, ServiceKind
from shared.errors import rule
from shared.ids import new_id
from shared.tables import one_of

CONTRACT_ONCE = rule(
    "service_contract_already_filed", "该合同编号已申报。", "A contract with this number is filed already."
)


class ServiceContract(Table):
    """政府购买服务合同 of a kindergarten: who does what with how many people, for how much, from when to when."""

    __tablename__ = "service_contracts"
    __table_args__ = (
        one_of("service_contracts", "kind", ServiceKind),
        one_of("service_contracts", "state", ContractState),
        CheckConstraint("since < until", name="ck_service_contracts_period"),
        CheckConstraint("amount >= 0 AND workers > 0", name="ck_service_contracts_size"),
        CheckConstraint("decided_by <> filed_by", name=ANOTHER_PERSON),
        Index(CONTRACT_ONCE, "kindergarten", "number", unique=True, postgresql_where=text("state <> 'returned'")),
        Index("ix_service_contracts_kindergarten", "kindergarten", "since"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str]
    number: Mapped[str]
    kind: Mapped[str]
    supplier: Mapped[str]
    credit_code: Mapped[str]
    scope: Mapped[str]
    workers: Mapped[int]
    amount: Mapped[Decimal]
    since: Mapped[date]
    until: Mapped[date]
    state: Mapped[str]
    filed_by: Mapped[str]
    decided_by: Mapped[str | None]
    remark: Mapped[str] = mapped_column(server_default=text("''"))
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
