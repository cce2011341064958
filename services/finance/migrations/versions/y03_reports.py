"""yearly reports, meal accounts, whether a kindergarten is for profit"""

import sqlalchemy as sa
from alembic import op

from shared import migrations

revision = "y03"
down_revision = "s02"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "yearly_reports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("auditor", sa.Text(), nullable=False),
        sa.Column("report_number", sa.Text(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("opening_net_assets", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("closing_net_assets", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("net_income", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("development_fund", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("handed_in_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("filed_by", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("remark", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "state IN ('filed', 'accepted', 'returned', 'replaced')", name=op.f("ck_yearly_reports_state")
        ),
        sa.CheckConstraint(
            "opinion IN ('unqualified', 'emphasis', 'qualified', 'adverse', 'disclaimer')",
            name=op.f("ck_yearly_reports_opinion"),
        ),
        sa.CheckConstraint("development_fund >= 0", name=op.f("ck_yearly_reports_fund")),
        sa.CheckConstraint("decided_by <> filed_by", name=op.f("another_person_decides")),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_yearly_reports_kindergarten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_yearly_reports")),
        sa.UniqueConstraint("kindergarten", "year", "revision", name="yearly_report_is_being_filed"),
    )
    op.create_index(
        "uq_yearly_reports_accepted",
        "yearly_reports",
        ["kindergarten", "year"],
        unique=True,
        postgresql_where=sa.text("state = 'accepted'"),
    )
    op.create_table(
        "meal_accounts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("income", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("cost", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("staff_income", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("staff_cost", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("month = date_trunc('month', month)", name=op.f("ck_meal_accounts_month")),
        sa.CheckConstraint(
            "income >= 0 AND cost >= 0 AND staff_income >= 0 AND staff_cost >= 0",
            name=op.f("ck_meal_accounts_amounts"),
        ),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_meal_accounts_kindergarten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meal_accounts")),
        sa.UniqueConstraint("kindergarten", "month", name=op.f("uq_meal_accounts_kindergarten_month")),
    )
    op.add_column(
        "kindergartens", sa.Column("for_profit", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    for table in ("yearly_reports", "meal_accounts"):
        migrations.scoped(table)
        migrations.versioned(table)
