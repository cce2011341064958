"""experience"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.quality.kindergartens import moving
from shared import migrations

revision = "d05"
down_revision = "d04"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seminars",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("cases", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("kindergartens", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("participants", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("summary", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("state IN ('planned', 'held', 'cancelled')", name=op.f("ck_seminars_state")),
        sa.CheckConstraint(
            "topic IN ('transition', 'families', 'daily_life', 'teachers', 'environment', 'support')",
            name=op.f("ck_seminars_topic"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seminars")),
    )
    op.create_table(
        "environment_checks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("unmet", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("checked_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["kindergarten"], ["kindergartens.id"], name=op.f("fk_environment_checks_kindergarten")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_environment_checks")),
    )
    op.create_index(op.f("ix_environment_checks_kindergarten"), "environment_checks", ["kindergarten"], unique=False)
    op.create_table(
        "practice_cases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("submitted_by", sa.Text(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "state IN ('submitted', 'accepted', 'declined', 'withdrawn')", name=op.f("ck_practice_cases_state")
        ),
        sa.CheckConstraint(
            "topic IN ('transition', 'families', 'daily_life', 'teachers', 'environment', 'support')",
            name=op.f("ck_practice_cases_topic"),
        ),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_practice_cases_kindergarten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_cases")),
    )
    op.create_index(op.f("ix_practice_cases_kindergarten"), "practice_cases", ["kindergarten"], unique=False)
    migrations.scoped("environment_checks", rights="SELECT, INSERT")
    migrations.scoped("practice_cases")
    migrations.versioned("practice_cases")
    migrations.sql("CREATE POLICY in_the_library ON practice_cases FOR SELECT TO {app} USING (state = 'accepted')")
    migrations.scoped("seminars", kindergarten="")
    migrations.sql("CREATE POLICY on_the_calendar ON seminars FOR SELECT TO {app} USING (true)")
    migrations.versioned("seminars")
    moving.move_whatever_names_both()
