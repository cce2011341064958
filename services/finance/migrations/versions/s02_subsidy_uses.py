"""what subsidies may be spent on, and what they were spent on"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

revision = "s02"
down_revision = "y02"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "programmes",
        sa.Column("permitted_uses", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    )
    op.create_table(
        "subsidy_uses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("use", sa.Text(), nullable=False),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("bank_line", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("reported_by", sa.Text(), nullable=False),
        sa.Column("checked_by", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("level IN ('municipal', 'district')", name=op.f("ck_subsidy_uses_level")),
        sa.CheckConstraint(
            "use IN ('pay', 'conditions', 'quality', 'meals', 'tax', 'other')", name=op.f("ck_subsidy_uses_use")
        ),
        sa.CheckConstraint("state IN ('reported', 'confirmed', 'rejected')", name=op.f("ck_subsidy_uses_state")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_subsidy_uses_amount")),
        sa.CheckConstraint("checked_by <> reported_by", name=op.f("another_person_decides")),
        sa.ForeignKeyConstraint(["bank_line"], ["bank_lines.id"], name=op.f("fk_subsidy_uses_bank_line")),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_subsidy_uses_kindergarten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidy_uses")),
    )
    op.create_index("ix_subsidy_uses_kindergarten", "subsidy_uses", ["kindergarten", "programme", "used_on"])
    op.create_index("ix_subsidy_uses_bank_line", "subsidy_uses", ["bank_line"])
    migrations.scoped("subsidy_uses")
    migrations.versioned("subsidy_uses")
