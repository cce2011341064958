"""responsible inspectors, their visits and what these found"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inspector_assignments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("duties", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("since <= until", name=op.f("ck_inspector_assignments_period")),
        sa.ForeignKeyConstraint(
            ["kindergarten"], ["kindergartens.id"], name=op.f("fk_inspector_assignments_kindergarten")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspector_assignments")),
    )
    op.create_index(op.f("ix_inspector_assignments_account"), "inspector_assignments", ["account"], unique=False)
    op.create_index(
        op.f("ix_inspector_assignments_kindergarten"), "inspector_assignments", ["kindergarten"], unique=False
    )
    op.create_index(
        "one_responsible_inspector",
        "inspector_assignments",
        ["kindergarten"],
        unique=True,
        postgresql_where=sa.text("until IS NULL"),
    )
    op.create_table(
        "supervision_visits",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("inspector", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("topics", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("methods", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("told_to", sa.Text(), nullable=False),
        sa.Column("danger", sa.Boolean(), nullable=False),
        sa.Column("danger_measures", sa.Text(), nullable=False),
        sa.Column("reported_upward", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 1 AND 900", name=op.f("ck_supervision_visits_minutes")),
        sa.ForeignKeyConstraint(
            ["kindergarten"], ["kindergartens.id"], name=op.f("fk_supervision_visits_kindergarten")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_visits")),
    )
    op.create_index(
        "ix_supervision_visits_kindergarten", "supervision_visits", ["kindergarten", "on_day"], unique=False
    )
    op.create_table(
        "supervision_issues",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("rechecked_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("state IN ('open', 'answered', 'closed')", name=op.f("ck_supervision_issues_state")),
        sa.ForeignKeyConstraint(["visit"], ["supervision_visits.id"], name=op.f("fk_supervision_issues_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_issues")),
    )
    op.create_index(op.f("ix_supervision_issues_kindergarten"), "supervision_issues", ["kindergarten"], unique=False)
    op.create_index(op.f("ix_supervision_issues_visit"), "supervision_issues", ["visit"], unique=False)
    migrations.scoped("inspector_assignments")
    migrations.versioned("inspector_assignments")
    migrations.scoped("supervision_visits", rights="SELECT, INSERT")
    migrations.scoped("supervision_issues")
    migrations.versioned("supervision_issues")
