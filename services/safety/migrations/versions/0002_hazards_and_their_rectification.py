"""hazards and their rectification"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "steps",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("concept", sa.Text(), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=True),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("files", sa.ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_steps"),
    )
    op.create_index("ix_steps_subject", "steps", ["subject", "id"], unique=False)
    op.create_table(
        "timers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("concept", sa.Text(), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("told", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=True),
        sa.Column("fired_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("subject", "step", "due_on", name="pk_timers"),
        sa.UniqueConstraint("id", name="uq_timers_id"),
    )
    op.create_index(
        "ix_timers_due_on", "timers", ["due_on"], unique=False, postgresql_where=sa.text("fired_on IS NULL")
    )
    op.create_table(
        "files",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=True),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("uploaded_by", sa.Text(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name="fk_files_kindergarten"),
        sa.PrimaryKeyConstraint("id", name="pk_files"),
    )
    op.create_index("ix_files_kindergarten", "files", ["kindergarten"], unique=False)
    op.create_table(
        "hazards",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_reference", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("legal_basis", sa.Text(), nullable=False),
        sa.Column("immediate_measure", sa.Text(), nullable=False),
        sa.Column("photos", sa.ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("level_basis", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("first_due_on", sa.Date(), nullable=True),
        sa.Column("responsible", sa.Text(), nullable=False),
        sa.Column("responsible_account", sa.Text(), nullable=True),
        sa.Column("extensions", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("most_extensions", sa.Integer(), nullable=False),
        sa.Column("extension_asked_by", sa.Text(), nullable=True),
        sa.Column("extension_until", sa.Date(), nullable=True),
        sa.Column("listed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("planned", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("failed_verifications", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reopenings", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reported_by", sa.Text(), nullable=False),
        sa.Column("submitted_by", sa.Text(), nullable=True),
        sa.Column("accepted_by", sa.Text(), nullable=True),
        sa.Column("state_since", sa.Date(), nullable=False),
        sa.Column("reported_months", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "category IN ('duty', 'guards', 'closed_management', 'alarm', 'video', 'fire', 'building', 'facility', 'utilities', 'food', 'health', 'bus', 'drill', 'surroundings', 'staff', 'conduct', 'fees', 'finance', 'other')",
            name="ck_hazards_category",
        ),
        sa.CheckConstraint("level IN ('general', 'major')", name="ck_hazards_level"),
        sa.CheckConstraint(
            "level IS DISTINCT FROM 'major' OR state <> 'closed' OR listed", name="major_hazard_closes_after_listing"
        ),
        sa.CheckConstraint(
            "source IN ('self', 'inspection', 'patrol', 'public', 'incident', 'missed_check', 'quality', 'finance', 'registry', 'external')",
            name="ck_hazards_source",
        ),
        sa.CheckConstraint(
            "state IN ('reported', 'dismissed') OR (level IS NOT NULL AND due_on IS NOT NULL)",
            name="graded_hazard_has_a_deadline",
        ),
        sa.CheckConstraint(
            "state IN ('reported', 'graded', 'assigned', 'submitted', 'accepted', 'closed', 'dismissed')",
            name="ck_hazards_state",
        ),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name="fk_hazards_kindergarten"),
        sa.PrimaryKeyConstraint("id", name="pk_hazards"),
    )
    op.create_index("ix_hazards_division", "hazards", ["division"], unique=False)
    op.create_index("ix_hazards_due_on", "hazards", ["due_on", "id"], unique=False)
    op.create_index("ix_hazards_kindergarten", "hazards", ["kindergarten"], unique=False)
    op.create_index("uq_hazards_reference", "hazards", ["source", "source_reference"], unique=True)
    op.create_table(
        "supervisions",
        sa.Column("hazard", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("leader", sa.Text(), nullable=False),
        sa.Column("interim_measure", sa.Text(), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=True),
        sa.Column("funds", sa.Text(), nullable=True),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("finish_by", sa.Date(), nullable=True),
        sa.Column("emergency_plan", sa.Text(), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.Column("removal_document", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["hazard"], ["hazards.id"], name="fk_supervisions_hazard"),
        sa.PrimaryKeyConstraint("hazard", name="pk_supervisions"),
    )
    migrations.scoped("steps", rights="SELECT, INSERT")
    migrations.scoped("timers", rights="SELECT, INSERT, UPDATE, DELETE")
    migrations.scoped("files", rights="SELECT, INSERT")
    migrations.scoped("hazards")
    migrations.versioned("hazards")
    migrations.scoped("supervisions", rights="SELECT, INSERT, UPDATE, DELETE")
    migrations.versioned("supervisions", "hazard")
