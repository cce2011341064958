"""what the departments in charge say of contributions"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

revision = "y04"
down_revision = "s03"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contribution_reports",
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("insurances", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("fund_paid", sa.Boolean(), nullable=False),
        sa.Column("reported_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column(
            "reported_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint(
            "source IN ('social_security', 'medical_security', 'tax', 'housing_fund')",
            name=op.f("ck_contribution_reports_source"),
        ),
        sa.PrimaryKeyConstraint("person", "month", "source", name=op.f("pk_contribution_reports")),
    )
    op.create_index("ix_contribution_reports_month", "contribution_reports", ["month"], unique=False)
    migrations.scoped("contribution_reports", kindergarten="")
    migrations.versioned("contribution_reports", "person")
