"""construction projects"""

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
        "construction_projects",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=True),
        sa.Column("plan_project", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("pinyin", sa.Text(collation="C"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("residential_project", sa.Text(), nullable=False),
        sa.Column("developer", sa.Text(), nullable=False),
        sa.Column("planned_seats", sa.Integer(), nullable=False),
        sa.Column("planned_classes", sa.Integer(), nullable=False),
        sa.Column("lead_unit", sa.Text(), nullable=False),
        sa.Column("assisting_units", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("nature", sa.Text(), nullable=True),
        sa.Column("nature_reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("nature_document", sa.Text(), nullable=True),
        sa.Column("property_on", sa.Date(), nullable=True),
        sa.Column("property_document", sa.Text(), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("(state = 'opened') = (kindergarten IS NOT NULL)", name="ck_construction_projects_opened"),
        sa.CheckConstraint("kind IN ('residential', 'new', 'rebuilding')", name="ck_construction_projects_kind"),
        sa.CheckConstraint("nature <> 'entrusted' OR nature_reason <> ''", name="entrusting_needs_a_reason"),
        sa.CheckConstraint("nature IN ('public', 'entrusted')", name="ck_construction_projects_nature"),
        sa.CheckConstraint("state IN ('underway', 'opened', 'cancelled')", name="ck_construction_projects_state"),
        sa.CheckConstraint("planned_seats >= 0 AND planned_classes >= 0", name="ck_construction_projects_size"),
        sa.ForeignKeyConstraint(["division"], ["divisions.code"], name="fk_construction_projects_division"),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name="fk_construction_projects_kindergarten"),
        sa.ForeignKeyConstraint(["plan_project"], ["projects.id"], name="fk_construction_projects_plan_project"),
        sa.PrimaryKeyConstraint("id", name="pk_construction_projects"),
        sa.UniqueConstraint("plan_project", name="plan_project_linked_once"),
    )
    op.create_index("ix_construction_projects_division", "construction_projects", ["division"], unique=False)
    op.create_table(
        "construction_milestones",
        sa.Column("project", sa.Uuid(), nullable=False),
        sa.Column("track", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("forecast_on", sa.Date(), nullable=True),
        sa.Column("actual_on", sa.Date(), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "step IN ('plan', 'design', 'build', 'accept', 'deliver')", name="ck_construction_milestones_step"
        ),
        sa.CheckConstraint("track IN ('kindergarten', 'housing')", name="ck_construction_milestones_track"),
        sa.ForeignKeyConstraint(["project"], ["construction_projects.id"], name="fk_construction_milestones_project"),
        sa.PrimaryKeyConstraint("project", "track", "step", name="pk_construction_milestones"),
    )
    op.create_table(
        "construction_obstacles",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("resolved_on", sa.Date(), nullable=True),
        sa.Column("resolution", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["project"], ["construction_projects.id"], name="fk_construction_obstacles_project"),
        sa.PrimaryKeyConstraint("id", name="pk_construction_obstacles"),
    )
    op.create_index("ix_construction_obstacles_project", "construction_obstacles", ["project"], unique=False)
    op.create_table(
        "construction_reports",
        sa.Column("project", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("next_step", sa.Text(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("reported_by", sa.Text(), nullable=False),
        sa.CheckConstraint("extract(day FROM month) = 1", name="ck_construction_reports_month"),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name="ck_construction_reports_percent"),
        sa.ForeignKeyConstraint(["project"], ["construction_projects.id"], name="fk_construction_reports_project"),
        sa.PrimaryKeyConstraint("project", "month", name="pk_construction_reports"),
    )
    migrations.scoped("construction_projects")
    migrations.versioned("construction_projects")
    for table in ("construction_milestones", "construction_obstacles", "construction_reports"):
        migrations.scoped(table, kindergarten="")
