"""evaluations: copies of classes, evaluators, cycles and plans, observations, scores, results"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# Double scoring is worth nothing when the second sees the first: one's own scores only, until all have scored.
BLIND = """
ALTER TABLE evaluation_scores ENABLE ROW LEVEL SECURITY;
ALTER TABLE evaluation_scores FORCE ROW LEVEL SECURITY;
CREATE POLICY blind_until_all_have_scored ON evaluation_scores FOR SELECT TO {app}
  USING ({scope} AND (evaluator = (SELECT current_setting('app.actor', true))
    OR EXISTS (SELECT FROM evaluations e WHERE e.id = evaluation AND e.scored_by @> e.team)));
CREATE POLICY own_scores ON evaluation_scores FOR INSERT TO {app}
  WITH CHECK ({scope} AND evaluator = (SELECT current_setting('app.actor', true)));
GRANT SELECT, INSERT ON evaluation_scores TO {app};
"""


def upgrade() -> None:
    op.create_table(
        "classes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("registry_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_classes")),
    )
    op.create_index(op.f("ix_classes_kindergarten"), "classes", ["kindergarten"], unique=False)
    op.create_table(
        "evaluation_cycles",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("framework", sa.Text(), nullable=False),
        sa.Column("first_year", sa.Integer(), nullable=False),
        sa.Column("years", sa.Integer(), nullable=False),
        sa.Column("team_size", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Text(), nullable=False),
        sa.Column("planned_by", sa.Text(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_cycles")),
        sa.UniqueConstraint("division", "framework", "first_year", name="cycle_is_planned"),
    )
    op.create_table(
        "evaluators",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("load", sa.Integer(), nullable=False),
        sa.Column("conflicts", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("load >= 0", name=op.f("ck_evaluators_load")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluators")),
        sa.UniqueConstraint("division", "account", name="evaluator_is_entered"),
    )
    op.create_table(
        "evaluation_plans",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cycle", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("team", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["cycle"], ["evaluation_cycles.id"], name=op.f("fk_evaluation_plans_cycle")),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_evaluation_plans_kindergarten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_plans")),
        sa.UniqueConstraint("cycle", "kindergarten", name="planned_once_a_cycle"),
    )
    op.create_index(op.f("ix_evaluation_plans_kindergarten"), "evaluation_plans", ["kindergarten"], unique=False)
    op.create_table(
        "evaluations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("plan", sa.Uuid(), nullable=False),
        sa.Column("framework", sa.Uuid(), nullable=False),
        sa.Column("framework_code", sa.Text(), nullable=False),
        sa.Column("framework_edition", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("team", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("seed", sa.Text(), nullable=True),
        sa.Column("sampled", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("unobserved", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("scored_by", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("agreement", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("differing", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("recalibration", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("kappa", sa.Double(), nullable=True),
        sa.Column("points", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("parts", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("grade", sa.Text(), nullable=True),
        sa.Column("grade_reason", sa.Text(), nullable=True),
        sa.Column("moderated_by", sa.Text(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("appeal_until", sa.Date(), nullable=True),
        sa.Column("appealed_on", sa.Date(), nullable=True),
        sa.Column("appeal", sa.Text(), nullable=True),
        sa.Column("appeal_upheld", sa.Boolean(), nullable=True),
        sa.Column("final_on", sa.Date(), nullable=True),
        sa.Column(
            "improvement", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False
        ),
        sa.Column("improvement_due_on", sa.Date(), nullable=True),
        sa.Column("improvement_verified_on", sa.Date(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "grade IN ('excellent', 'good', 'qualified', 'unqualified')", name=op.f("ck_evaluations_grade")
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'sampled', 'scoring', 'reconciling', 'agreed', 'moderated', 'provisional', 'appealed', 'final')",
            name=op.f("ck_evaluations_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('moderated', 'provisional', 'appealed', 'final') OR grade IS NOT NULL",
            name=op.f("moderated_evaluation_has_a_grade"),
        ),
        sa.ForeignKeyConstraint(["framework"], ["frameworks.id"], name=op.f("fk_evaluations_framework")),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_evaluations_kindergarten")),
        sa.ForeignKeyConstraint(["plan"], ["evaluation_plans.id"], name=op.f("fk_evaluations_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluations")),
    )
    op.create_index(op.f("ix_evaluations_kindergarten"), "evaluations", ["kindergarten"], unique=False)
    op.create_index("plan_is_carried_out_once", "evaluations", ["plan"], unique=True)
    op.create_table(
        "evaluation_levels",
        sa.Column("evaluation", sa.Uuid(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_evaluation_levels_level")),
        sa.ForeignKeyConstraint(["evaluation"], ["evaluations.id"], name=op.f("fk_evaluation_levels_evaluation")),
        sa.PrimaryKeyConstraint("evaluation", "item", name=op.f("pk_evaluation_levels")),
    )
    op.create_table(
        "evaluation_observations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("evaluation", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("observer", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("items", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("narrative", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["evaluation"], ["evaluations.id"], name=op.f("fk_evaluation_observations_evaluation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_observations")),
    )
    op.create_index(
        op.f("ix_evaluation_observations_evaluation"), "evaluation_observations", ["evaluation"], unique=False
    )
    op.create_table(
        "evaluation_scores",
        sa.Column("evaluation", sa.Uuid(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("evaluator", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_evaluation_scores_level")),
        sa.ForeignKeyConstraint(["evaluation"], ["evaluations.id"], name=op.f("fk_evaluation_scores_evaluation")),
        sa.PrimaryKeyConstraint("evaluation", "item", "evaluator", name=op.f("pk_evaluation_scores")),
    )
    op.create_table(
        "self_evaluations",
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("framework_code", sa.Text(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("framework_edition", sa.Text(), nullable=False),
        sa.Column("levels", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.Column("submitted_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name="fk_self_evaluations_kindergarten"),
        sa.PrimaryKeyConstraint("kindergarten", "year", "framework_code", name="pk_self_evaluations"),
    )
    migrations.scoped("self_evaluations")
    migrations.versioned("self_evaluations", "kindergarten")
    migrations.scoped("classes", rights="SELECT, INSERT, UPDATE, DELETE")
    migrations.scoped("evaluators", kindergarten="")
    migrations.versioned("evaluators")
    migrations.scoped("evaluation_cycles", kindergarten="", rights="SELECT, INSERT, UPDATE")
    migrations.scoped("evaluation_plans")
    migrations.versioned("evaluation_plans")
    migrations.scoped("evaluations")
    migrations.versioned("evaluations")
    migrations.scoped("evaluation_observations", rights="SELECT, INSERT")
    migrations.scoped("evaluation_levels")
    migrations.versioned("evaluation_levels", "evaluation")
    migrations.sql(BLIND, scope=migrations.SCOPE.format(kindergarten="kindergarten"))
