"""filings of nursery classes"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

revision = "n02"
down_revision = "p01"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "nursery_filings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("former", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("classes", sa.Integer(), nullable=False),
        sa.Column("children_per_class", sa.Integer(), nullable=False),
        sa.Column("carers", sa.Integer(), nullable=False),
        sa.Column("monthly_fee", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("opens_at", sa.Text(), nullable=False),
        sa.Column("closes_at", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("applied_by", sa.Text(), nullable=False),
        sa.Column("examined_on", sa.Date(), nullable=True),
        sa.Column("examined_by", sa.Text(), nullable=True),
        sa.Column("conditions_met", sa.Boolean(), nullable=True),
        sa.Column("findings", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("checks", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_ground", sa.Text(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("kind IN ('new', 'change', 'renewal')", name="ck_nursery_filings_kind"),
        sa.CheckConstraint(
            "state IN ('applied', 'returned', 'examined', 'filed', 'refused', 'retracted', 'ended')",
            name="ck_nursery_filings_state",
        ),
        sa.CheckConstraint("service IN ('full_day', 'half_day', 'hourly')", name="ck_nursery_filings_service"),
        sa.CheckConstraint(
            "ended_ground IN ('own_wish', 'conditions_lost', 'violation', 'places_needed')",
            name="ck_nursery_filings_ended_ground",
        ),
        sa.CheckConstraint("decided_by NOT IN (applied_by, examined_by)", name="nursery_filing_by_another_person"),
        sa.CheckConstraint("since < until AND ended_on >= since", name="ck_nursery_filings_term"),
        sa.CheckConstraint(
            "classes BETWEEN 1 AND 50 AND children_per_class BETWEEN 1 AND 200 AND carers >= 0 AND monthly_fee >= 0",
            name="ck_nursery_filings_scale",
        ),
        sa.CheckConstraint(
            "state NOT IN ('filed', 'ended') OR (number IS NOT NULL AND since IS NOT NULL AND until IS NOT NULL"
            " AND decided_by IS NOT NULL)",
            name="ck_nursery_filings_filed_in_full",
        ),
        sa.CheckConstraint("(state = 'ended') = (ended_on IS NOT NULL)", name="ck_nursery_filings_ended"),
        sa.ForeignKeyConstraint(["former"], ["nursery_filings.id"], name="fk_nursery_filings_former"),
        sa.ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            name="fk_nursery_filings_kindergarten",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_nursery_filings"),
        postgresql.ExcludeConstraint(
            (sa.text("uuidrange(kindergarten, kindergarten, '[]')"), "&&"),
            (sa.text("daterange(since, coalesce(ended_on, until))"), "&&"),
            where=sa.text("state IN ('filed', 'ended')"),
            using="gist",
            name="one_nursery_filing_a_day",
        ),
    )
    op.create_index("ix_nursery_filings_division", "nursery_filings", ["division"], unique=False)
    op.create_index("ix_nursery_filings_kindergarten", "nursery_filings", ["kindergarten", "since"], unique=False)
    op.create_index("ix_nursery_filings_number", "nursery_filings", ["number"], unique=False)
    op.create_index(
        "one_open_nursery_application",
        "nursery_filings",
        ["kindergarten"],
        unique=True,
        postgresql_where=sa.text("state IN ('applied', 'returned', 'examined')"),
    )
    op.create_table(
        "nursery_numbers",
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("district", "year", name="pk_nursery_numbers"),
    )
    migrations.scoped("nursery_filings")
    migrations.versioned("nursery_filings")
    migrations.open_to_all("nursery_numbers", "SELECT, INSERT, UPDATE")
