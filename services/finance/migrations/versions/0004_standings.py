"""what other services decided about a kindergarten"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "headcounts",
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("count_day", sa.Date(), nullable=False),
        sa.Column("open_days", sa.Integer(), nullable=False),
        sa.Column("certified_by", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("kindergarten", "month", "revision", name=op.f("pk_headcounts")),
    )
    op.create_table(
        "class_headcounts",
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("children", sa.Integer(), nullable=False),
        sa.Column("last_year_children", sa.Integer(), nullable=False),
        sa.Column("child_days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kindergarten", "month", "revision"],
            ["headcounts.kindergarten", "headcounts.month", "headcounts.revision"],
            name="fk_class_headcounts_headcount",
        ),
        sa.PrimaryKeyConstraint("kindergarten", "month", "revision", "class_id", name=op.f("pk_class_headcounts")),
    )
    op.create_table(
        "kindergarten_states",
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("kindergarten", "version", name=op.f("pk_kindergarten_states")),
    )
    op.create_table(
        "recognitions",
        sa.Column("event", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("agreed_fee", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("event", name=op.f("pk_recognitions")),
    )
    op.create_index("ix_recognitions_kindergarten", "recognitions", ["kindergarten", "since"], unique=False)
    op.create_table(
        "inspections",
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("vetoed", sa.Boolean(), nullable=False),
        sa.Column("reasons", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("kindergarten", "year", "revision", name=op.f("pk_inspections")),
    )
    op.create_table(
        "evaluations",
        sa.Column("event", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("qualified", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("framework", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("event", name=op.f("pk_evaluations")),
    )
    op.create_index("ix_evaluations_kindergarten", "evaluations", ["kindergarten", "published_on"], unique=False)
    # What other services told is added to and never changed.
    tables = ("headcounts", "class_headcounts", "kindergarten_states", "recognitions", "inspections", "evaluations")
    for table in tables:
        migrations.scoped(table, rights="SELECT, INSERT")
