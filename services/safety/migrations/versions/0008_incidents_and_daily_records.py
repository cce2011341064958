"""incidents and daily records"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bus_runs",
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("plate", sa.Text(), nullable=False),
        sa.Column("dedicated", sa.Boolean(), nullable=False),
        sa.Column("licence_until", sa.Date(), nullable=True),
        sa.Column("boarded", sa.Integer(), nullable=False),
        sa.Column("alighted", sa.Integer(), nullable=False),
        sa.Column("attendant", sa.Boolean(), nullable=False),
        sa.Column("faults", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name="fk_bus_runs_kindergarten"),
        sa.PrimaryKeyConstraint("kindergarten", "day", "run", name="pk_bus_runs"),
    )
    op.create_table(
        "drills",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("partners", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("kind IN ('evacuation', 'fire', 'intrusion', 'earthquake', 'joint')", name="ck_drills_kind"),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name="fk_drills_kindergarten"),
        sa.PrimaryKeyConstraint("id", name="pk_drills"),
    )
    op.create_index("ix_drills_held_on", "drills", ["kindergarten", "held_on"], unique=False)
    op.create_table(
        "incidents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("described", sa.Text(), nullable=False),
        sa.Column("injured", sa.Integer(), nullable=False),
        sa.Column("to_hospital", sa.Integer(), nullable=False),
        sa.Column("untold", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("late", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "category IN ('injury', 'abuse', 'missing_child', 'health_event', 'food_poisoning', 'fire', 'traffic', 'intrusion', 'other')",
            name="ck_incidents_category",
        ),
        sa.CheckConstraint("severity IN ('slight', 'ordinary', 'serious', 'grave')", name="ck_incidents_severity"),
        sa.CheckConstraint("state IN ('open', 'closed')", name="ck_incidents_state"),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name="fk_incidents_kindergarten"),
        sa.PrimaryKeyConstraint("id", name="pk_incidents"),
    )
    op.create_index("ix_incidents_occurred_at", "incidents", ["kindergarten", "occurred_at"], unique=False)
    op.create_table(
        "meals",
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("meal", sa.Text(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("accompanied_by", sa.Text(), nullable=False),
        sa.Column("dishes", sa.Integer(), nullable=False),
        sa.Column("samples", sa.Integer(), nullable=False),
        sa.Column("least_grams", sa.Integer(), nullable=False),
        sa.Column("supplier_checked", sa.Boolean(), nullable=False),
        sa.Column("faults", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("meal IN ('breakfast', 'lunch', 'dinner', 'snack')", name="ck_meals_meal"),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name="fk_meals_kindergarten"),
        sa.PrimaryKeyConstraint("kindergarten", "day", "meal", name="pk_meals"),
    )
    op.create_table(
        "morning_checks",
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("class_name", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("absent", sa.Integer(), nullable=False),
        sa.Column("causes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name="fk_morning_checks_kindergarten"),
        sa.PrimaryKeyConstraint("kindergarten", "class_name", "day", name="pk_morning_checks"),
    )
    op.create_index("ix_morning_checks_day", "morning_checks", ["day", "kindergarten"], unique=False)
    op.create_table(
        "incident_reports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("incident", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("told IN ('guardian', 'education', 'police', 'health')", name="ck_incident_reports_told"),
        sa.ForeignKeyConstraint(["incident"], ["incidents.id"], name="fk_incident_reports_incident"),
        sa.PrimaryKeyConstraint("id", name="pk_incident_reports"),
    )
    op.create_index("ix_incident_reports_incident", "incident_reports", ["incident"], unique=False)
    migrations.scoped("incidents")
    migrations.versioned("incidents")
    migrations.scoped("incident_reports", rights="SELECT, INSERT")
    migrations.scoped("morning_checks")
    migrations.scoped("meals")
    migrations.scoped("bus_runs")
    migrations.scoped("drills", rights="SELECT, INSERT")
