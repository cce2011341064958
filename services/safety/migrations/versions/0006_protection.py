"""protection"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alarm_tests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("tested_on", sa.Date(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("answered_by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name="fk_alarm_tests_kindergarten"),
        sa.PrimaryKeyConstraint("id", name="pk_alarm_tests"),
    )
    op.create_index("ix_alarm_tests_kindergarten", "alarm_tests", ["kindergarten"], unique=False)
    op.create_table(
        "cameras",
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("retention_reason", sa.Text(), nullable=False),
        sa.Column("retention_days", sa.Integer(), nullable=False),
        sa.Column("online", sa.Boolean(), nullable=False),
        sa.Column("offline_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "area IN ('surroundings', 'gate', 'perimeter', 'guard_room', 'outdoor', 'corridor', 'activity_room', 'kitchen', 'pantry', 'dining', 'nap_room', 'dormitory', 'toilet', 'bathroom', 'changing_room', 'staff_rest_room')",
            name="ck_cameras_area",
        ),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name="fk_cameras_kindergarten"),
        sa.PrimaryKeyConstraint("kindergarten", "code", name="pk_cameras"),
    )
    op.create_table(
        "protections",
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("principal", sa.Text(), nullable=False),
        sa.Column("responsibility_signed_on", sa.Date(), nullable=True),
        sa.Column("children", sa.Integer(), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=False),
        sa.Column("boarders", sa.Integer(), nullable=False),
        sa.Column("safety_body", sa.Boolean(), nullable=False),
        sa.Column("officer", sa.Text(), nullable=False),
        sa.Column("officer_full_time", sa.Boolean(), nullable=False),
        sa.Column("closed_management", sa.Boolean(), nullable=False),
        sa.Column("gate_duty", sa.Boolean(), nullable=False),
        sa.Column("alarm_linked", sa.Boolean(), nullable=False),
        sa.Column("insurance_until", sa.Date(), nullable=True),
        sa.Column("video_used_since", sa.Date(), nullable=True),
        sa.Column("video_filed_on", sa.Date(), nullable=True),
        sa.Column("guards", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name="fk_protections_kindergarten"),
        sa.PrimaryKeyConstraint("kindergarten", name="pk_protections"),
    )
    migrations.scoped("protections")
    migrations.versioned("protections", "kindergarten")
    migrations.scoped("cameras", rights="SELECT, INSERT, UPDATE, DELETE")
    migrations.scoped("alarm_tests", rights="SELECT, INSERT")
