"""what the other services tell of a kindergarten, and bars that ethics decisions led to"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

revision = "n01"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "service_facts",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=True),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("standing", sa.Boolean(), nullable=False),
        sa.Column("fact", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('annual_inspection', 'evaluation', 'major_hazard', 'penalty', 'account_alert',"
            " 'unlicensed_site')",
            name="ck_service_facts_kind",
        ),
        sa.ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            name="fk_service_facts_kindergarten",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("kind", "key", name="pk_service_facts"),
    )
    op.create_index("ix_service_facts_kindergarten", "service_facts", ["kindergarten", "kind"], unique=False)
    migrations.scoped("service_facts")
    op.add_column("bars", sa.Column("source", sa.Uuid(), nullable=True))
    op.create_unique_constraint("uq_bars_source", "bars", ["source"])
    op.drop_constraint("bar_ends_before_it_begins", "bars")
    op.create_check_constraint(
        "bar_ends_before_it_begins", "bars", "since < until OR source IS NOT NULL AND since = until"
    )
