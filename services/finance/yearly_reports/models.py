from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.db import Table
from services.finance.refusals import ANOTHER_PERSON
from services.finance.yearly_reports.codes import AuditOpinion, ReportState
from shared.errors import rule
from shared.ids import new_id
from shared.tables import one_of

REPORT_OPEN_ONCE = rule(
    "yearly_report_is_being_filed",
    "该园该年度的报告正在报送,请稍后重试。",
    "The report of this kindergarten and year is being filed by somebody else.",
)


class YearlyReport(Table):
    """年度财务报告 with its audit, of one kindergarten and year. The accepted revision counts, else the one filed."""

    __tablename__ = "yearly_reports"
    __table_args__ = (
        one_of("yearly_reports", "state", ReportState),
        one_of("yearly_reports", "opinion", AuditOpinion),
        UniqueConstraint("kindergarten", "year", "revision", name=REPORT_OPEN_ONCE),
        CheckConstraint("development_fund >= 0", name="ck_yearly_reports_fund"),
        CheckConstraint("decided_by <> filed_by", name=ANOTHER_PERSON),
        Index(
            "uq_yearly_reports_accepted",
            "kindergarten",
            "year",
            unique=True,
            postgresql_where=text("state = 'accepted'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str]
    year: Mapped[int]
    revision: Mapped[int]
    auditor: Mapped[str]
    report_number: Mapped[str]
    opinion: Mapped[str]
    opening_net_assets: Mapped[Decimal]
    closing_net_assets: Mapped[Decimal]
    net_income: Mapped[Decimal | None]
    development_fund: Mapped[Decimal]
    handed_in_on: Mapped[date]
    state: Mapped[str]
    filed_by: Mapped[str]
    decided_by: Mapped[str | None]
    remark: Mapped[str] = mapped_column(server_default=text("''"))
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
