"""the plan as work"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

# A task is seen by the district, by the town that leads it and by every town that assists.
TASKS = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY within_scope ON {table} TO {{app}} USING ({scope} OR EXISTS (SELECT FROM unnest(towns) town WHERE
  town ^@ ANY ((SELECT string_to_array(current_setting('app.divisions', true), ','))::text[])));
GRANT SELECT, INSERT, UPDATE ON {table} TO {{app}};
"""

# Who is entered as acting for a unit sees that, wherever their scope ends.
MEMBERS = (
    "CREATE POLICY own ON plan_unit_members FOR SELECT TO {app} USING (account = current_setting('app.actor', true))"
)

# The next plan is entered once, by who puts it in force; what is in force is never rewritten.
NEXT_PLAN = """
GRANT INSERT ON plans, clauses, target_sets, targets TO {app};
CREATE POLICY entered_in_scope ON projects FOR INSERT TO {app} WITH CHECK {scope};
GRANT INSERT ON projects TO {app};
"""


revision = "p01"
down_revision = "u01"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan_baselines",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("former_plan", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("parameters", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("value", sa.Numeric(), nullable=False),
        sa.Column("better", sa.Text(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("better IN ('higher', 'lower')", name="ck_plan_baselines_better"),
        sa.CheckConstraint("former_plan IN ('first', 'second', 'third')", name="ck_plan_baselines_former_plan"),
        sa.ForeignKeyConstraint(["division"], ["divisions.code"], name="fk_plan_baselines_division"),
        sa.PrimaryKeyConstraint("id", name="pk_plan_baselines"),
        sa.UniqueConstraint(
            "former_plan", "indicator", "division", name="uq_plan_baselines_former_plan_indicator_division"
        ),
    )
    op.create_table(
        "plan_drafts",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("title_zh", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("document", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("imported_by", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'adopted', 'withdrawn')", name="ck_plan_drafts_state"),
        sa.ForeignKeyConstraint(["division"], ["divisions.code"], name="fk_plan_drafts_division"),
        sa.PrimaryKeyConstraint("code", name="pk_plan_drafts"),
        sa.UniqueConstraint("id", name="uq_plan_drafts_id"),
    )
    op.create_table(
        "plan_units",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("pinyin", sa.Text(collation="C"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("division", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('department', 'town', 'street', 'collective')", name="ck_plan_units_kind"),
        sa.ForeignKeyConstraint(["division"], ["divisions.code"], name="fk_plan_units_division"),
        sa.PrimaryKeyConstraint("code", name="pk_plan_units"),
    )
    op.create_table(
        "plan_unit_members",
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["unit"], ["plan_units.code"], name="fk_plan_unit_members_unit"),
        sa.PrimaryKeyConstraint("unit", "account", name="pk_plan_unit_members"),
    )
    op.create_table(
        "plan_tasks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("pinyin", sa.Text(collation="C"), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("assist", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("towns", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=True),
        sa.Column(
            "parameters", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False
        ),
        sa.Column("comparison", sa.Text(), nullable=True),
        sa.Column("threshold", sa.Numeric(), nullable=True),
        sa.Column("evidence_service", sa.Text(), nullable=False),
        sa.Column("evidence_path", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("assigned_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("submitted_by", sa.Text(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("carried_from", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("comparison IN ('ge', 'le', 'gt', 'lt')", name="ck_plan_tasks_comparison"),
        sa.CheckConstraint(
            "state IN ('draft', 'assigned', 'confirmed', 'submitted', 'completed', 'cancelled', 'carried_over')",
            name="ck_plan_tasks_state",
        ),
        sa.CheckConstraint(
            "(indicator IS NULL) = (comparison IS NULL) AND (indicator IS NULL) = (threshold IS NULL)",
            name="ck_plan_tasks_indicator",
        ),
        sa.CheckConstraint("NOT lead = ANY (assist)", name="lead_does_not_assist"),
        sa.ForeignKeyConstraint(["carried_from"], ["plan_tasks.id"], name="fk_plan_tasks_carried_from"),
        sa.ForeignKeyConstraint(["lead"], ["plan_units.code"], name="fk_plan_tasks_lead"),
        sa.ForeignKeyConstraint(["plan", "clause"], ["clauses.plan", "clauses.id"], name="fk_plan_tasks_clause"),
        sa.PrimaryKeyConstraint("id", name="pk_plan_tasks"),
    )
    op.create_index("ix_plan_tasks_division", "plan_tasks", ["division"], unique=False)
    op.create_table(
        "plan_task_reports",
        sa.Column("task", sa.Uuid(), nullable=False),
        sa.Column("quarter", sa.Date(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("towns", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("next_step", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("first_reported_on", sa.Date(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("reported_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "extract(day FROM quarter) = 1 AND extract(month FROM quarter) IN (1, 4, 7, 10)",
            name="ck_plan_task_reports_quarter",
        ),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name="ck_plan_task_reports_percent"),
        sa.ForeignKeyConstraint(["task"], ["plan_tasks.id"], name="fk_plan_task_reports_task"),
        sa.PrimaryKeyConstraint("task", "quarter", name="pk_plan_task_reports"),
    )
    migrations.open_to_all("plan_units", "SELECT, INSERT, UPDATE")
    migrations.scoped("plan_unit_members", kindergarten="", rights="SELECT, INSERT, DELETE")
    migrations.sql(MEMBERS)
    scope = migrations.SCOPE.format(kindergarten="NULL::uuid")
    for table in ("plan_tasks", "plan_task_reports"):
        migrations.sql(TASKS.format(table=table, scope=scope))
    migrations.scoped("plan_drafts", kindergarten="")
    migrations.scoped("plan_baselines", kindergarten="")
    for table in ("plan_tasks", "plan_drafts", "plan_baselines"):
        migrations.versioned(table)
    migrations.sql(NEXT_PLAN, scope=scope)
