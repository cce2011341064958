"""reliefs from taxes and fees"""

import sqlalchemy as sa
from alembic import op

from shared import migrations

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reliefs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("confirmed_by", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('value_added_tax', 'property_tax', 'land_use_tax', 'income_tax', 'utilities', 'rent', 'other')",
            name=op.f("ck_reliefs_kind"),
        ),
        sa.CheckConstraint("state IN ('recorded', 'confirmed')", name=op.f("ck_reliefs_state")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_reliefs_amount")),
        sa.CheckConstraint("confirmed_by <> recorded_by", name=op.f("another_person_decides")),
        sa.CheckConstraint("since < until", name=op.f("ck_reliefs_period")),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_reliefs_kindergarten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reliefs")),
        sa.UniqueConstraint("kindergarten", "kind", "since", name="relief_is_recorded_once"),
    )
    migrations.scoped("reliefs")
    migrations.versioned("reliefs")
