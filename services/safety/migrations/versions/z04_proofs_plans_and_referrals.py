"""books of the site, proofs, yearly plans and referrals"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

revision = "z04"
down_revision = "z03"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inspection_plans",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=False),
        sa.Column("departments", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("checklists", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("visits_each", sa.Integer(), nullable=False),
        sa.Column("random_percent", sa.Integer(), nullable=False),
        sa.Column("joint_visits", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("visits_each > 0", name="ck_inspection_plans_visits_each"),
        sa.PrimaryKeyConstraint("id", name="pk_inspection_plans"),
    )
    op.create_index("uq_inspection_plans_year", "inspection_plans", ["division", "year"], unique=True)
    op.create_table(
        "referrals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("sent_by", sa.Text(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("returns", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "department IN ('police', 'health', 'market', 'finance', 'civil_affairs', 'human_resources', 'planning', 'housing', 'fire', 'town', 'other')",
            name="ck_referrals_department",
        ),
        sa.CheckConstraint("kind IN ('data', 'case', 'joint_check', 'opinion')", name="ck_referrals_kind"),
        sa.CheckConstraint("state IN ('sent', 'answered', 'closed', 'withdrawn')", name="ck_referrals_state"),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name="fk_referrals_kindergarten"),
        sa.PrimaryKeyConstraint("id", name="pk_referrals"),
    )
    op.create_index("ix_referrals_kindergarten", "referrals", ["kindergarten"], unique=False)
    op.create_index("ix_referrals_sent_on", "referrals", ["sent_on", "id"], unique=False)
    op.create_table(
        "site_logs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("exception", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("files", sa.ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('gate_person', 'gate_vehicle', 'hand_over', 'patrol', 'video_operation', 'alarm')",
            name="ck_site_logs_kind",
        ),
        sa.CheckConstraint("left_at >= at", name="leaves_after_it_came"),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name="fk_site_logs_kindergarten"),
        sa.PrimaryKeyConstraint("id", name="pk_site_logs"),
    )
    op.create_index("ix_site_logs_at", "site_logs", ["at", "id"], unique=False)
    op.create_index("ix_site_logs_kindergarten", "site_logs", ["kindergarten", "kind", "at"], unique=False)
    op.add_column(
        "protections",
        sa.Column("papers", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    )
    migrations.scoped("site_logs")
    migrations.scoped("inspection_plans", kindergarten="")
    migrations.versioned("inspection_plans")
    migrations.scoped("referrals")
    migrations.versioned("referrals")
