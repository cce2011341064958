"""disputes"""

import sqlalchemy as sa
from alembic import op

from shared import migrations

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "disputes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_since", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("risk", sa.Text(), nullable=False),
        sa.Column("parties", sa.Text(), nullable=False),
        sa.Column("described", sa.Text(), nullable=False),
        sa.Column("incident", sa.Uuid(), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("mediations", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("mediated_by", sa.Text(), nullable=True),
        sa.Column("agreement", sa.Text(), nullable=False),
        sa.Column("escalated_on", sa.Date(), nullable=True),
        sa.Column("visited_on", sa.Date(), nullable=True),
        sa.Column("satisfied", sa.Boolean(), nullable=True),
        sa.Column("registered_by", sa.Text(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("kind IN ('injury', 'fees', 'conduct', 'admission', 'other')", name="ck_disputes_kind"),
        sa.CheckConstraint("risk IN ('low', 'middle', 'high')", name="ck_disputes_risk"),
        sa.CheckConstraint("source IN ('screening', 'complaint', 'hotline', 'incident')", name="ck_disputes_source"),
        sa.CheckConstraint(
            "state IN ('registered', 'mediating', 'agreed', 'failed', 'archived')", name="ck_disputes_state"
        ),
        sa.ForeignKeyConstraint(["incident"], ["incidents.id"], name="fk_disputes_incident"),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name="fk_disputes_kindergarten"),
        sa.PrimaryKeyConstraint("id", name="pk_disputes"),
    )
    op.create_index("ix_disputes_kindergarten", "disputes", ["kindergarten"], unique=False)
    migrations.scoped("disputes")
    migrations.versioned("disputes")
