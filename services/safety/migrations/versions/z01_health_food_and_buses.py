"""health examinations, absences, suppliers and school buses"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

revision = "z01"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "food_suppliers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("pinyin", sa.Text(), nullable=False),
        sa.Column("kinds", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("licence_number", sa.Text(), nullable=False),
        sa.Column("licence_until", sa.Date(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("files", sa.ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("since < until", name="supply_ends_after_it_begins"),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name="fk_food_suppliers_kindergarten"),
        sa.PrimaryKeyConstraint("id", name="pk_food_suppliers"),
    )
    op.create_index("uq_food_suppliers_code", "food_suppliers", ["kindergarten", "code"], unique=True)
    op.create_table(
        "health_exams",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("child", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("examined_on", sa.Date(), nullable=False),
        sa.Column("institution", sa.Text(), nullable=False),
        sa.Column("fit", sa.Boolean(), nullable=False),
        sa.Column("files", sa.ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("kind IN ('entry', 'return', 'yearly')", name="ck_health_exams_kind"),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name="fk_health_exams_kindergarten"),
        sa.PrimaryKeyConstraint("id", name="pk_health_exams"),
    )
    op.create_index("ix_health_exams_child", "health_exams", ["child", "examined_on"], unique=False)
    op.create_index("ix_health_exams_examined_on", "health_exams", ["examined_on", "id"], unique=False)
    op.create_index("ix_health_exams_kindergarten", "health_exams", ["kindergarten"], unique=False)
    op.create_table(
        "school_buses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("plate", sa.Text(), nullable=False),
        sa.Column("dedicated", sa.Boolean(), nullable=False),
        sa.Column("licence_until", sa.Date(), nullable=True),
        sa.Column("inspected_on", sa.Date(), nullable=True),
        sa.Column("responsibility_filed_on", sa.Date(), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("driver", sa.Text(), nullable=False),
        sa.Column("driver_born_on", sa.Date(), nullable=True),
        sa.Column("driver_licensed_on", sa.Date(), nullable=True),
        sa.Column("driver_checked_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name="fk_school_buses_kindergarten"),
        sa.PrimaryKeyConstraint("id", name="pk_school_buses"),
    )
    op.create_index("uq_school_buses_plate", "school_buses", ["kindergarten", "plate"], unique=True)
    op.create_table(
        "absences",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("child", sa.Uuid(), nullable=False),
        sa.Column("class_name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("last_present_on", sa.Date(), nullable=False),
        sa.Column("free_until", sa.Date(), nullable=False),
        sa.Column("enrolment", sa.Uuid(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("exam", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("(state = 'returned') = (returned_on IS NOT NULL)", name="ck_absences_returned_on"),
        sa.CheckConstraint("cause IN ('illness', 'infectious', 'personal', 'left', 'other')", name="ck_absences_cause"),
        sa.CheckConstraint("state IN ('away', 'returned', 'withdrawn')", name="ck_absences_state"),
        sa.ForeignKeyConstraint(["exam"], ["health_exams.id"], name="fk_absences_exam"),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name="fk_absences_kindergarten"),
        sa.PrimaryKeyConstraint("id", name="pk_absences"),
    )
    op.create_index(
        "child_is_away_already", "absences", ["child"], unique=True, postgresql_where=sa.text("state = 'away'")
    )
    op.create_index("ix_absences_child", "absences", ["child"], unique=False)
    op.create_index("ix_absences_kindergarten", "absences", ["kindergarten"], unique=False)
    op.create_index("ix_absences_last_present_on", "absences", ["last_present_on", "id"], unique=False)
    op.add_column("bus_runs", sa.Column("id", sa.Uuid(), server_default=sa.text("uuid_v7()"), nullable=False))
    op.create_index("ix_bus_runs_order", "bus_runs", ["day", "id"], unique=False)
    op.add_column("meals", sa.Column("id", sa.Uuid(), server_default=sa.text("uuid_v7()"), nullable=False))
    op.add_column("meals", sa.Column("suppliers", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False))
    op.add_column("meals", sa.Column("kept_hours", sa.Integer(), nullable=True))
    op.add_column("meals", sa.Column("kept_celsius", sa.Numeric(precision=4, scale=1), nullable=True))
    op.add_column("meals", sa.Column("parents", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.create_index("ix_meals_order", "meals", ["day", "id"], unique=False)
    op.add_column("morning_checks", sa.Column("id", sa.Uuid(), server_default=sa.text("uuid_v7()"), nullable=False))
    op.create_index("ix_morning_checks_order", "morning_checks", ["day", "id"], unique=False)
    migrations.scoped("health_exams", rights="SELECT, INSERT")
    migrations.scoped("absences")
    migrations.versioned("absences")
    migrations.scoped("food_suppliers")
    migrations.versioned("food_suppliers")
    migrations.scoped("school_buses")
    migrations.versioned("school_buses")
