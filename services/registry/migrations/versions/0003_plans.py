"""plans, indicators and frozen figures"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

OPEN = ("plans", "clauses", "indicators", "target_sets", "targets")

# Age for an indicator is the school year a child was born in. A child who has since moved to a kindergarten out of the
# reader's scope still counts where it was on the day, so the view reads as the owner and carries the scope itself.
# CASE: the planner takes the scope alone for a twentieth of all rows and then looks up a million children one by one;
# of a CASE it expects half of them (measured: a fifth of the time).
AGES = """
CREATE VIEW enrolled_cohorts AS
  SELECT e.id, e.class_id, e.kindergarten, e.division, e.since, e.until, e.synthetic,
         extract(year FROM c.birth_date + interval '4 months')::integer - 1 AS cohort
  FROM (SELECT id, child, class_id, kindergarten, division, since, until, synthetic FROM enrolments
        WHERE CASE WHEN {scope} THEN true ELSE false END) e
  JOIN children c ON c.id = e.child;
GRANT SELECT ON enrolled_cohorts TO {app};
"""

# Everybody reads the projects of the plan; who plans for a place edits those of that place.
PROJECTS = """
ALTER TABLE projects ENABLE ROW LEVEL SECURITY;
ALTER TABLE projects FORCE ROW LEVEL SECURITY;
CREATE POLICY loaded ON projects TO {owner} USING (true);
CREATE POLICY read_by_all ON projects FOR SELECT TO {app} USING (true);
CREATE POLICY edited_in_scope ON projects FOR UPDATE TO {app} USING {scope};
GRANT SELECT ON projects TO {app};
GRANT UPDATE (status, status_on, status_note) ON projects TO {app};
"""

# A frozen figure is read within its scope, a published one by all; nobody changes it.
PUBLISHED = "CREATE POLICY published ON indicator_snapshots FOR SELECT TO {app} USING (published)"

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plans",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("title_zh", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("document_number", sa.Text(), nullable=False),
        sa.Column("issued_by", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("based_on", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("units", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint("since < until", name="ck_plans_period"),
        sa.ForeignKeyConstraint(["division"], ["divisions.code"], name="fk_plans_division"),
        sa.PrimaryKeyConstraint("code", name="pk_plans"),
        sa.UniqueConstraint("since", name="uq_plans_since"),
    )
    op.create_table(
        "clauses",
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("section_title", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("also", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("facts", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("lead", sa.Text(), nullable=True),
        sa.Column("assist", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["plan"], ["plans.code"], name="fk_clauses_plan"),
        sa.PrimaryKeyConstraint("plan", "id", name="pk_clauses"),
    )
    op.create_table(
        "indicators",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("decimals", sa.Integer(), nullable=False),
        sa.Column("definition", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("note_zh", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('ratio', 'count', 'difference', 'change', 'distribution')", name="ck_indicators_kind"
        ),
        sa.CheckConstraint("since < until", name="ck_indicators_period"),
        sa.PrimaryKeyConstraint("code", "version", name="pk_indicators"),
    )
    op.create_table(
        "target_sets",
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("due_year", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["plan"], ["plans.code"], name="fk_target_sets_plan"),
        sa.PrimaryKeyConstraint("plan", "code", name="pk_target_sets"),
    )
    op.create_table(
        "targets",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("target_set", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=True),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("parameters", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("comparison", sa.Text(), nullable=False),
        sa.Column("threshold", sa.Numeric(), nullable=False),
        sa.Column("due_year", sa.Integer(), nullable=True),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=True),
        sa.CheckConstraint("comparison IN ('ge', 'le', 'gt', 'lt')", name="ck_targets_comparison"),
        sa.ForeignKeyConstraint(["plan", "clause"], ["clauses.plan", "clauses.id"], name="fk_targets_clause"),
        sa.ForeignKeyConstraint(
            ["plan", "target_set"], ["target_sets.plan", "target_sets.code"], name="fk_targets_target_set"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_targets"),
    )
    op.create_index("ix_targets_since", "targets", ["since"], unique=False)
    op.create_table(
        "projects",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("pinyin", sa.Text(collation="C"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("status_words", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("status_on", sa.Date(), nullable=False),
        sa.Column("status_note", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('international_kindergarten', 'attached_class_rebuilding', 'township_centre_new', 'residential_kindergarten')",
            name="ck_projects_kind",
        ),
        sa.CheckConstraint(
            "status IN ('stated', 'approved', 'started', 'completed', 'accepted', 'handed_over', 'opened', 'cancelled')",
            name="ck_projects_status",
        ),
        sa.ForeignKeyConstraint(["division"], ["divisions.code"], name="fk_projects_division"),
        sa.ForeignKeyConstraint(["plan", "clause"], ["clauses.plan", "clauses.id"], name="fk_projects_clause"),
        sa.PrimaryKeyConstraint("id", name="pk_projects"),
    )
    op.create_index("ix_projects_division", "projects", ["division"], unique=False)
    op.create_table(
        "indicator_snapshots",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("kindergarten", sa.Uuid(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("parameters", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("numerator", sa.BigInteger(), nullable=False),
        sa.Column("denominator", sa.BigInteger(), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("inputs_digest", sa.Text(), nullable=False),
        sa.Column("numerator_rows", sa.Integer(), nullable=False),
        sa.Column("denominator_rows", sa.Integer(), nullable=False),
        sa.Column("population_counted_on", sa.Date(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("frozen_by", sa.Text(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("numerator >= 0 AND denominator >= 0", name="ck_indicator_snapshots_counts"),
        sa.ForeignKeyConstraint(["division"], ["divisions.code"], name="fk_indicator_snapshots_division"),
        sa.ForeignKeyConstraint(
            ["indicator", "version"], ["indicators.code", "indicators.version"], name="fk_indicator_snapshots_indicator"
        ),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name="fk_indicator_snapshots_kindergarten"),
        sa.PrimaryKeyConstraint("id", name="pk_indicator_snapshots"),
    )
    op.create_index("ix_indicator_snapshots_division", "indicator_snapshots", ["division"], unique=False)
    op.create_index(
        "ix_indicator_snapshots_indicator", "indicator_snapshots", ["indicator", "as_of", "frozen_at"], unique=False
    )
    op.create_table(
        "indicator_snapshot_inputs",
        sa.Column("snapshot", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=True),
        sa.Column("rows", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint("part IN ('numerator', 'denominator')", name="ck_indicator_snapshot_inputs_part"),
        sa.ForeignKeyConstraint(["snapshot"], ["indicator_snapshots.id"], name="fk_indicator_snapshot_inputs_snapshot"),
        sa.PrimaryKeyConstraint("snapshot", "part", name="pk_indicator_snapshot_inputs"),
    )
    for table in OPEN:
        migrations.open_to_all(table)
    migrations.sql(PROJECTS, scope=migrations.SCOPE.format(kindergarten="NULL::uuid"))
    migrations.versioned("projects")
    migrations.scoped("indicator_snapshots", rights="SELECT, INSERT")
    migrations.scoped("indicator_snapshot_inputs", rights="SELECT, INSERT")
    migrations.sql(PUBLISHED)
    migrations.sql(AGES, scope=migrations.SCOPE.format(kindergarten="kindergarten"))
