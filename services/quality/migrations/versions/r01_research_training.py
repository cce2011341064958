"""evaluators' recalibration, researchers and their work, ladder and studios, supply of graduates, 双普 self-check"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.quality.kindergartens import moving
from shared import migrations

revision = "r01"
down_revision = "d03"
branch_labels = None
depends_on = None

# A kindergarten reads the plans of its zones and alliances, and the studios its people are in.
SHARED = """
CREATE POLICY plans_of_members ON research_plans FOR SELECT TO {app}
  USING (zone IS NOT NULL AND EXISTS (SELECT FROM research_zone_members m WHERE m.zone = research_plans.zone));
CREATE POLICY studios_of_members ON studios FOR SELECT TO {app}
  USING (EXISTS (SELECT FROM studio_members m WHERE m.studio = studios.id));
CREATE POLICY results_of_members ON studio_results FOR SELECT TO {app}
  USING (EXISTS (SELECT FROM studio_members m WHERE m.studio = studio_results.studio));
"""


def upgrade() -> None:
    op.create_table(
        "graduate_supplies",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("school", sa.Text(), nullable=False),
        sa.Column("major", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("nursery", sa.Boolean(), nullable=False),
        sa.Column("intake", sa.Integer(), nullable=False),
        sa.Column("graduates", sa.Integer(), nullable=False),
        sa.Column("placed", sa.Integer(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("intake >= 0 AND graduates >= 0 AND placed >= 0", name=op.f("ck_graduate_supplies_counts")),
        sa.CheckConstraint("placed <= graduates", name=op.f("placed_are_graduates")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_graduate_supplies")),
        sa.UniqueConstraint("division", "school", "major", "year", name="uq_graduate_supplies_year"),
    )
    op.create_table(
        "indicator_copies",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("numerator", sa.Integer(), nullable=False),
        sa.Column("denominator", sa.Integer(), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_copies")),
    )
    op.create_index(
        "ix_indicator_copies_indicator", "indicator_copies", ["indicator", "division", "as_of"], unique=False
    )
    op.create_table(
        "researchers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("full_time", sa.Boolean(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("teaching_since", sa.Integer(), nullable=False),
        sa.Column("honours", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("ended_on IS NULL OR since <= ended_on", name=op.f("ck_researchers_period")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_researchers")),
        sa.UniqueConstraint("division", "account", name="researcher_is_entered"),
    )
    op.create_table(
        "staff_posts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("registry_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_posts")),
    )
    op.create_index(op.f("ix_staff_posts_kindergarten"), "staff_posts", ["kindergarten"], unique=False)
    op.create_index("ix_staff_posts_staff", "staff_posts", ["staff"], unique=False)
    op.create_table(
        "universality_reviews",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("confirmed_by", sa.Text(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'confirmed')", name=op.f("ck_universality_reviews_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_universality_reviews")),
        sa.UniqueConstraint("division", "year", name="one_review_a_year"),
    )
    op.create_table(
        "guidance_visits",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("researcher", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("classes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("teachers", sa.Integer(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.Column("follow_up_due", sa.Date(), nullable=True),
        sa.Column("effect", sa.Text(), nullable=True),
        sa.Column("followed_up_on", sa.Date(), nullable=True),
        sa.Column("followed_up_by", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_guidance_visits_kindergarten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guidance_visits")),
    )
    op.create_index(op.f("ix_guidance_visits_kindergarten"), "guidance_visits", ["kindergarten"], unique=False)
    op.create_index("ix_guidance_visits_researcher", "guidance_visits", ["researcher", "on_day"], unique=False)
    op.create_table(
        "ladder_steps",
        sa.Column("staff", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "stage IN ('new', 'competent', 'backbone', 'leader', 'special')", name=op.f("ck_ladder_steps_stage")
        ),
        sa.CheckConstraint("since < until", name=op.f("ck_ladder_steps_period")),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_ladder_steps_kindergarten")),
        sa.PrimaryKeyConstraint("staff", "since", name=op.f("pk_ladder_steps")),
    )
    op.create_index(op.f("ix_ladder_steps_kindergarten"), "ladder_steps", ["kindergarten"], unique=False)
    op.create_table(
        "studios",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("host", sa.Uuid(), nullable=False),
        sa.Column("host_name", sa.Text(), nullable=False),
        sa.Column("host_account", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("tasks", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("result_count", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("grade", sa.Text(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("reviewed_by", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("grade IN ('excellent', 'qualified', 'unqualified')", name=op.f("ck_studios_grade")),
        sa.CheckConstraint(
            "kind IN ('principal', 'backbone_teacher', 'special_grade_teacher')", name=op.f("ck_studios_kind")
        ),
        sa.CheckConstraint("state IN ('running', 'reviewed', 'closed')", name=op.f("ck_studios_state")),
        sa.CheckConstraint("since < until", name=op.f("ck_studios_period")),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_studios_kindergarten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_studios")),
        sa.UniqueConstraint("division", "name", name="studio_name_taken"),
    )
    op.create_table(
        "talents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("reason_out", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("level IN ('national', 'city', 'district', 'kindergarten')", name=op.f("ck_talents_level")),
        sa.CheckConstraint(
            "title IN ('backbone_teacher', 'subject_leader', 'special_grade_teacher', 'outstanding_principal', 'reserve_cadre', 'rising_teacher')",
            name=op.f("ck_talents_title"),
        ),
        sa.CheckConstraint("since < until", name=op.f("ck_talents_period")),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_talents_kindergarten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talents")),
    )
    op.create_index(op.f("ix_talents_kindergarten"), "talents", ["kindergarten"], unique=False)
    op.create_index(
        "title_is_held",
        "talents",
        ["staff", "title", "level"],
        unique=True,
        postgresql_where=sa.text("until = '9999-12-31'"),
    )
    op.create_table(
        "universality_values",
        sa.Column("review", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("value", sa.Numeric(precision=12, scale=4), nullable=True),
        sa.Column("stated", sa.Boolean(), nullable=True),
        sa.Column("evidence", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("responsible", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["review"], ["universality_reviews.id"], name=op.f("fk_universality_values_review")),
        sa.PrimaryKeyConstraint("review", "code", name=op.f("pk_universality_values")),
    )
    op.create_table(
        "research_plans",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("zone", sa.Uuid(), nullable=True),
        sa.Column("kindergarten", sa.Uuid(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("goals", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("planned", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("filed_by", sa.Text(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("rated_by", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("level IN ('district', 'zone', 'kindergarten')", name=op.f("ck_research_plans_level")),
        sa.CheckConstraint("since <= until", name=op.f("plan_ends_after_it_begins")),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_research_plans_kindergarten")),
        sa.ForeignKeyConstraint(["zone"], ["research_zones.id"], name=op.f("fk_research_plans_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_research_plans")),
    )
    op.create_table(
        "studio_members",
        sa.Column("studio", sa.Uuid(), nullable=False),
        sa.Column("staff", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_studio_members_kindergarten")),
        sa.ForeignKeyConstraint(["studio"], ["studios.id"], name=op.f("fk_studio_members_studio")),
        sa.PrimaryKeyConstraint("studio", "staff", name=op.f("pk_studio_members")),
    )
    op.create_index(op.f("ix_studio_members_staff"), "studio_members", ["staff"], unique=False)
    op.create_table(
        "studio_results",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("studio", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("task", sa.Integer(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('lesson', 'topic', 'paper', 'lecture', 'mentoring', 'other')", name=op.f("ck_studio_results_kind")
        ),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_studio_results_kindergarten")),
        sa.ForeignKeyConstraint(["studio"], ["studios.id"], name=op.f("fk_studio_results_studio")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_studio_results")),
    )
    op.create_index(op.f("ix_studio_results_studio"), "studio_results", ["studio"], unique=False)
    op.create_table(
        "recalibrations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("evaluation", sa.Uuid(), nullable=False),
        sa.Column("evaluator", sa.Text(), nullable=False),
        sa.Column("kappa", sa.Double(), nullable=False),
        sa.Column("items", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reached", sa.Double(), nullable=True),
        sa.Column("completed_by", sa.Text(), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("state IN ('open', 'done')", name=op.f("ck_recalibrations_state")),
        sa.ForeignKeyConstraint(["evaluation"], ["evaluations.id"], name=op.f("fk_recalibrations_evaluation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recalibrations")),
        sa.UniqueConstraint("evaluation", "evaluator", name="uq_recalibrations_evaluator"),
    )
    op.add_column("research_activities", sa.Column("plan", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_research_activities_plan"), "research_activities", ["plan"], unique=False)
    op.create_foreign_key(
        op.f("fk_research_activities_plan"), "research_activities", "research_plans", ["plan"], ["id"]
    )
    op.add_column(
        "training_sessions",
        sa.Column("stages", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    )
    for table in ("recalibrations", "researchers", "graduate_supplies", "universality_reviews"):
        migrations.scoped(table, kindergarten="")
        migrations.versioned(table)
    migrations.scoped("universality_values", kindergarten="")
    migrations.versioned("universality_values", "review")
    migrations.scoped("indicator_copies", kindergarten="", rights="SELECT, INSERT")
    for table in ("research_plans", "guidance_visits", "talents", "studios"):
        migrations.scoped(table)
        migrations.versioned(table)
    migrations.scoped("ladder_steps")
    migrations.versioned("ladder_steps", "staff")
    migrations.scoped("staff_posts")
    migrations.scoped("studio_members", rights="SELECT, INSERT, UPDATE, DELETE")
    migrations.scoped("studio_results", rights="SELECT, INSERT")
    migrations.sql(SHARED)
    moving.move_whatever_names_both()
