"""births, forecasts and places added"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

# What is assumed of the future is known to all who plan; the district sets it.
SCENARIOS = "GRANT SELECT, INSERT ON forecast_scenarios TO {app}"


revision = "p04"
down_revision = "n04"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "forecast_scenarios",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("yearly_factor", sa.Numeric(precision=6, scale=4), nullable=False),
        sa.Column("birth_change", sa.Numeric(precision=6, scale=4), nullable=False),
        sa.Column("enrolment_rate", sa.Numeric(precision=6, scale=4), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("code", "version", name="pk_forecast_scenarios"),
    )
    op.create_table(
        "births",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("births", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("confirmed_by", sa.Text(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("(confirmed_by IS NULL) = (confirmed_on IS NULL)", name="ck_births_confirmed"),
        sa.CheckConstraint("births >= 0", name="ck_births_births"),
        sa.ForeignKeyConstraint(["division"], ["divisions.code"], name="fk_births_division"),
        sa.PrimaryKeyConstraint("id", name="pk_births"),
        sa.UniqueConstraint("division", "year", name="uq_births_division_year"),
    )
    op.create_table(
        "forecasts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("scenario", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("years", sa.Integer(), nullable=False),
        sa.Column("result", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["division"], ["divisions.code"], name="fk_forecasts_division"),
        sa.PrimaryKeyConstraint("id", name="pk_forecasts"),
    )
    op.create_table(
        "added_places",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("project", sa.Uuid(), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawal", sa.Text(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "channel IN ('new', 'rebuilt', 'converted', 'branch', 'idle')", name="ck_added_places_channel"
        ),
        sa.CheckConstraint("seats > 0", name="ck_added_places_seats"),
        sa.ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            name="fk_added_places_kindergarten",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["project"], ["construction_projects.id"], name="fk_added_places_project"),
        sa.PrimaryKeyConstraint("id", name="pk_added_places"),
    )
    op.create_index("ix_added_places_kindergarten", "added_places", ["kindergarten"], unique=False)
    for table in ("births", "added_places"):
        migrations.scoped(table, kindergarten="kindergarten" if table == "added_places" else "")
        migrations.versioned(table)
    migrations.scoped("forecasts", kindergarten="", rights="SELECT, INSERT")
    migrations.sql(SCENARIOS)
