"""data quality"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

revision = "u01"
down_revision = "f01"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "data_findings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("related", sa.Text(), nullable=True),
        sa.Column("kindergarten", sa.Uuid(), nullable=True),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("title_zh", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("fix_method", sa.Text(), nullable=False),
        sa.Column("fix_path", sa.Text(), nullable=False),
        sa.Column("detail", postgresql.JSONB(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("state IN ('open', 'dismissed', 'resolved')", name="ck_data_findings_state"),
        sa.CheckConstraint("severity IN ('block', 'red', 'warn')", name="ck_data_findings_severity"),
        sa.CheckConstraint("since <= until", name="ck_data_findings_period"),
        sa.CheckConstraint("(state = 'dismissed') <= (reason <> '')", name="ck_data_findings_reason"),
        sa.ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            name="fk_data_findings_kindergarten",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_data_findings"),
    )
    op.create_index(
        "ix_data_findings_standing",
        "data_findings",
        ["code", "subject"],
        unique=True,
        postgresql_where=sa.text("state <> 'resolved'"),
    )
    op.create_index("ix_data_findings_kindergarten", "data_findings", ["kindergarten", "since"])
    migrations.scoped("data_findings")
    migrations.versioned("data_findings")
