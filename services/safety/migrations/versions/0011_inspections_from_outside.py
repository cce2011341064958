"""inspections from outside"""

import sqlalchemy as sa
from alembic import op

from shared import migrations

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outside_inspections",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("facility", sa.Text(), nullable=False),
        sa.Column("inspected_on", sa.Date(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("score", sa.Numeric(precision=8, scale=2), nullable=True),
        sa.Column("findings", sa.Integer(), nullable=False),
        sa.Column("described", sa.Text(), nullable=False),
        sa.Column("imported_by", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "result IN ('passed', 'conditional', 'failed', 'none')", name="ck_outside_inspections_result"
        ),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name="fk_outside_inspections_kindergarten"),
        sa.PrimaryKeyConstraint("id", name="pk_outside_inspections"),
        sa.UniqueConstraint("source", "reference", name="uq_outside_inspections_source_reference"),
    )
    op.create_index("ix_outside_inspections_day", "outside_inspections", ["inspected_on", "id"], unique=False)
    migrations.scoped("outside_inspections", rights="SELECT, INSERT")
