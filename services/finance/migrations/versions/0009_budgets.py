"""budgets and performance reviews"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "budgets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("level IN ('municipal', 'district')", name=op.f("ck_budgets_level")),
        sa.CheckConstraint("state IN ('proposed', 'approved', 'rejected', 'replaced')", name=op.f("ck_budgets_state")),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_budgets_amount")),
        sa.CheckConstraint("decided_by <> proposed_by", name=op.f("another_person_decides")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budgets")),
    )
    op.create_index(
        "uq_budgets_approved",
        "budgets",
        ["division", "level", "programme", "year"],
        unique=True,
        postgresql_where=sa.text("state = 'approved'"),
    )
    op.create_table(
        "performance_reviews",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("self_indicators", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("self_score", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column(
            "indicators", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False
        ),
        sa.Column("score", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("grade", sa.Text(), nullable=True),
        sa.Column("opinion", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("rectification_due", sa.Date(), nullable=True),
        sa.Column("rectification", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("self_evaluated_by", sa.Text(), nullable=False),
        sa.Column("evaluated_by", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "grade IN ('excellent', 'good', 'medium', 'poor')", name=op.f("ck_performance_reviews_grade")
        ),
        sa.CheckConstraint(
            "state IN ('self_evaluated', 'evaluated', 'rectified')", name=op.f("ck_performance_reviews_state")
        ),
        sa.CheckConstraint("evaluated_by <> self_evaluated_by", name=op.f("another_person_decides")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_performance_reviews")),
        sa.UniqueConstraint("programme", "year", name="programme_year_is_reviewed_once"),
    )
    for table in ("budgets", "performance_reviews"):
        migrations.scoped(table, kindergarten="")
        migrations.versioned(table)
