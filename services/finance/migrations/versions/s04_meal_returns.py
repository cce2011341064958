"""meals settled at cost; whoever applied for aid does not decide on it"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

revision = "s04"
down_revision = "l01"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE aids DROP CONSTRAINT another_person_decides")
    op.create_check_constraint(
        op.f("another_person_decides"),
        "aids",
        "checked_by <> applied_by AND decided_by <> checked_by AND decided_by <> applied_by",
    )
    op.drop_constraint("ck_adjustments_refund_case", "adjustments")
    op.create_check_constraint(
        op.f("ck_adjustments_refund_case"),
        "adjustments",
        "refund_case IN ('never_attended', 'left_early', 'absent_days', 'meals_at_cost', 'wrong_charge')",
    )
    op.create_table(
        "meal_returns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("income", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("cost", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("surplus", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("returned", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("shares", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("state IN ('proposed', 'approved', 'rejected')", name=op.f("ck_meal_returns_state")),
        sa.CheckConstraint("since < until", name=op.f("ck_meal_returns_period")),
        sa.CheckConstraint(
            "surplus = income - cost AND returned > 0 AND returned <= surplus", name=op.f("ck_meal_returns_sum")
        ),
        sa.CheckConstraint("decided_by <> proposed_by", name=op.f("another_person_decides")),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_meal_returns_kindergarten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meal_returns")),
    )
    op.create_index("ix_meal_returns_kindergarten", "meal_returns", ["kindergarten", "since"])
    migrations.scoped("meal_returns")
    migrations.versioned("meal_returns")
