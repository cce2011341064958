"""checks and inspections"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "checklists",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("use", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(use = 'self_check') = (period IS NOT NULL)", name="self_check_has_a_period"),
        sa.CheckConstraint("period IN ('daily', 'weekly', 'monthly', 'term')", name="ck_checklists_period"),
        sa.CheckConstraint("state IN ('draft', 'published')", name="ck_checklists_state"),
        sa.CheckConstraint("use IN ('self_check', 'inspection')", name="ck_checklists_use"),
        sa.PrimaryKeyConstraint("id", name="pk_checklists"),
        sa.UniqueConstraint("code", "number", name="uq_checklists_code_number"),
    )
    op.create_index(
        "one_open_version",
        "checklists",
        ["code"],
        unique=True,
        postgresql_where=sa.text("state = 'published' AND until IS NULL"),
    )
    op.create_table(
        "draws",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("checklist", sa.Text(), nullable=False),
        sa.Column("candidates", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("per_visit", sa.Integer(), nullable=False),
        sa.Column("inspectors", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("commitment", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("prepared_by", sa.Text(), nullable=False),
        sa.Column("prepared_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("public_number", sa.Text(), nullable=True),
        sa.Column("public_source", sa.Text(), nullable=True),
        sa.Column("drawn_by", sa.Text(), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_draws"),
    )
    op.create_table(
        "checklist_items",
        sa.Column("checklist", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("weight", sa.Numeric(precision=6, scale=2), nullable=False),
        sa.Column("key", sa.Boolean(), nullable=False),
        sa.Column("legal_basis", sa.Text(), nullable=False),
        sa.Column("hazard_item", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "category IN ('duty', 'guards', 'closed_management', 'alarm', 'video', 'fire', 'building', 'facility', 'utilities', 'food', 'health', 'bus', 'drill', 'surroundings', 'staff', 'conduct', 'fees', 'finance', 'other')",
            name="ck_checklist_items_category",
        ),
        sa.ForeignKeyConstraint(["checklist"], ["checklists.id"], name="fk_checklist_items_checklist"),
        sa.PrimaryKeyConstraint("checklist", "code", name="pk_checklist_items"),
    )
    op.create_table(
        "inspections",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("announced", sa.Boolean(), nullable=False),
        sa.Column("depth", sa.Text(), nullable=False),
        sa.Column("reasons", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("checklist", sa.Uuid(), nullable=False),
        sa.Column("draw", sa.Uuid(), nullable=True),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("departments", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("inspectors", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=True),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("score", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("failed", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("failed_keys", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("hazards", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("signature", sa.Text(), nullable=True),
        sa.Column("objection", sa.Text(), nullable=True),
        sa.Column("shared_with", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("depth IN ('full', 'short')", name="ck_inspections_depth"),
        sa.CheckConstraint(
            "kind IN ('planned', 'random', 'joint', 'complaint', 'recheck')", name="ck_inspections_kind"
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'visiting', 'recorded', 'signed', 'shared', 'cancelled')", name="ck_inspections_state"
        ),
        sa.ForeignKeyConstraint(["checklist"], ["checklists.id"], name="fk_inspections_checklist"),
        sa.ForeignKeyConstraint(["draw"], ["draws.id"], name="fk_inspections_draw"),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name="fk_inspections_kindergarten"),
        sa.PrimaryKeyConstraint("id", name="pk_inspections"),
    )
    op.create_index("ix_inspections_visited_on", "inspections", ["kindergarten", "visited_on"], unique=False)
    op.create_table(
        "self_checks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("checklist", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("checked_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("score", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("failed", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("failed_keys", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["checklist"], ["checklists.id"], name="fk_self_checks_checklist"),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name="fk_self_checks_kindergarten"),
        sa.PrimaryKeyConstraint("id", name="pk_self_checks"),
        sa.UniqueConstraint("kindergarten", "code", "first_day", name="uq_self_checks_kindergarten_code_first_day"),
    )
    op.create_index("ix_self_checks_first_day", "self_checks", ["first_day", "id"], unique=False)
    migrations.scoped("checklists", kindergarten="")
    migrations.scoped("checklist_items", kindergarten="", rights="SELECT, INSERT")
    migrations.scoped("draws", kindergarten="")
    migrations.scoped("inspections")
    migrations.versioned("inspections")
    migrations.scoped("self_checks")
    # Everybody reads what is checked and how it was drawn; who answers for the place writes it.
    for table in ("checklists", "checklist_items", "draws"):
        migrations.sql(f"CREATE POLICY read_by_all ON {table} FOR SELECT TO {{app}} USING (true)")
