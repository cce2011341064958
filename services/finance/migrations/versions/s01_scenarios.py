"""scenarios of subsidies and fees, and the reviews of standards"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

revision = "s01"
down_revision = "y01"
branch_labels = None
depends_on = None

ADDED = ("subsidy_months", "household_income", "review_interval", "review_trigger")


def _allow(table: str, column: str, values: tuple[str, ...]) -> None:
    """More values of a column beside those it knows."""
    query = f"SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'ck_{table}_{column}'"
    held = op.get_bind().exec_driver_sql(query).scalar_one()
    known = [each.split("'")[1] for each in str(held).split("::text") if "'" in each]
    listed = ", ".join(f"'{each}'" for each in dict.fromkeys([*known, *values]))
    op.drop_constraint(f"ck_{table}_{column}", table)
    op.create_check_constraint(op.f(f"ck_{table}_{column}"), table, f"{column} IN ({listed})")


def upgrade() -> None:
    _allow("parameters", "name", ADDED)
    op.add_column("parameters", sa.Column("scenario", sa.Uuid(), nullable=True))
    op.create_index(
        "ix_parameters_scenario", "parameters", ["scenario"], postgresql_where=sa.text("scenario IS NOT NULL")
    )
    op.create_table(
        "scenarios",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("programmes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("enrolment", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("fees", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("based_on", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("job", sa.Uuid(), nullable=True),
        sa.Column("inputs", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("tag", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("remark", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'simulating', 'simulated', 'proposed', 'approved', 'rejected')",
            name=op.f("ck_scenarios_state"),
        ),
        sa.CheckConstraint("tag IN ('verified', 'known', 'uncertain', 'illustrative')", name=op.f("ck_scenarios_tag")),
        sa.CheckConstraint(
            "since < until AND extract(day FROM since) = 1 AND extract(day FROM until) = 1",
            name=op.f("ck_scenarios_period"),
        ),
        sa.CheckConstraint("decided_by <> proposed_by AND decided_by <> made_by", name=op.f("another_person_decides")),
        sa.ForeignKeyConstraint(["based_on"], ["scenarios.id"], name=op.f("fk_scenarios_based_on")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenarios")),
    )
    op.create_index("ix_scenarios_since", "scenarios", ["since", "id"])
    op.create_table(
        "scenario_numbers",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuid_v7()"), nullable=False),
        sa.Column("scenario", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("parameter", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("former", sa.Numeric(precision=16, scale=4), nullable=True),
        sa.Column("value", sa.Numeric(precision=16, scale=4), nullable=True),
        sa.Column("changed", sa.Boolean(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.CheckConstraint("since < until", name=op.f("ck_scenario_numbers_period")),
        sa.CheckConstraint(
            "changed OR parameter IS NOT NULL AND value IS NOT DISTINCT FROM former",
            name=op.f("ck_scenario_numbers_changed"),
        ),
        sa.ForeignKeyConstraint(["parameter"], ["parameters.id"], name=op.f("fk_scenario_numbers_parameter")),
        sa.ForeignKeyConstraint(["scenario"], ["scenarios.id"], name=op.f("fk_scenario_numbers_scenario")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario_numbers")),
    )
    op.create_index("uq_scenario_numbers_key", "scenario_numbers", ["scenario", "name", "key", "since"], unique=True)
    op.create_table(
        "scenario_lines",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuid_v7()"), nullable=False),
        sa.Column("scenario", sa.Uuid(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("entitled", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("municipal", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("unmet", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("explanation", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint("rules IN ('in_force', 'scenario')", name=op.f("ck_scenario_lines_rules")),
        sa.ForeignKeyConstraint(["scenario"], ["scenarios.id"], name=op.f("fk_scenario_lines_scenario")),
        sa.PrimaryKeyConstraint(
            "scenario", "kindergarten", "month", "programme", "rules", name=op.f("pk_scenario_lines")
        ),
    )
    op.create_index("uq_scenario_lines_id", "scenario_lines", ["id"], unique=True)
    op.create_table(
        "scenario_places",
        sa.Column("scenario", sa.Uuid(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("type", sa.Text(), nullable=True),
        sa.Column("village_level", sa.Boolean(), nullable=False),
        sa.Column("children", sa.Integer(), nullable=False),
        sa.Column("fee", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("income", sa.Numeric(precision=16, scale=4), nullable=True),
        sa.Column("cost", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.CheckConstraint("rules IN ('in_force', 'scenario')", name=op.f("ck_scenario_places_rules")),
        sa.ForeignKeyConstraint(["scenario"], ["scenarios.id"], name=op.f("fk_scenario_places_scenario")),
        sa.PrimaryKeyConstraint("scenario", "kindergarten", "month", "rules", name=op.f("pk_scenario_places")),
    )
    op.create_table(
        "standard_reviews",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("scenario", sa.Uuid(), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("outcome IN ('kept', 'adjusted')", name=op.f("ck_standard_reviews_outcome")),
        sa.CheckConstraint("state IN ('proposed', 'approved', 'rejected')", name=op.f("ck_standard_reviews_state")),
        sa.CheckConstraint("decided_by <> proposed_by", name=op.f("another_person_decides")),
        sa.ForeignKeyConstraint(["scenario"], ["scenarios.id"], name=op.f("fk_standard_reviews_scenario")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standard_reviews")),
    )
    op.create_index("ix_standard_reviews_standard", "standard_reviews", ["name", "subject", "reviewed_on"])
    for table in ("scenarios", "standard_reviews"):
        migrations.scoped(table, kindergarten="")
        migrations.versioned(table)
    migrations.scoped("scenario_numbers", kindergarten="", rights="SELECT, INSERT, UPDATE, DELETE")
    for table in ("scenario_lines", "scenario_places"):
        migrations.scoped(table, kindergarten="", rights="SELECT, INSERT, DELETE")
