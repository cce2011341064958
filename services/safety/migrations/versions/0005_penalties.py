"""penalties"""

import sqlalchemy as sa
from alembic import op

from shared import migrations

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "penalties",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=True),
        sa.Column("hazard", sa.Uuid(), nullable=True),
        sa.Column("site", sa.Uuid(), nullable=True),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("legal_basis", sa.Text(), nullable=False),
        sa.Column("harm", sa.Boolean(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("discovered_on", sa.Date(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("filed_by", sa.Text(), nullable=False),
        sa.Column("decision_due", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("noticed_on", sa.Date(), nullable=True),
        sa.Column("hearing_right", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("hearing_until", sa.Date(), nullable=True),
        sa.Column("hearing_asked_on", sa.Date(), nullable=True),
        sa.Column("hearing_on", sa.Date(), nullable=True),
        sa.Column("reviewed_by", sa.Text(), nullable=True),
        sa.Column("decision_number", sa.Text(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("delivery_due", sa.Date(), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("execution_due", sa.Date(), nullable=True),
        sa.Column("executed_on", sa.Date(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('warning', 'fine', 'confiscation', 'stop_enrolment', 'revoke_licence', 'closure', 'none')",
            name="ck_penalties_kind",
        ),
        sa.CheckConstraint(
            "state IN ('filed', 'noticed', 'decided', 'delivered', 'executed', 'closed', 'dropped')",
            name="ck_penalties_state",
        ),
        sa.ForeignKeyConstraint(["hazard"], ["hazards.id"], name="fk_penalties_hazard"),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name="fk_penalties_kindergarten"),
        sa.ForeignKeyConstraint(["site"], ["sites.id"], name="fk_penalties_site"),
        sa.PrimaryKeyConstraint("id", name="pk_penalties"),
        sa.UniqueConstraint("decision_number", name="decision_number_taken"),
    )
    op.create_index("ix_penalties_division", "penalties", ["division"], unique=False)
    op.create_index("ix_penalties_kindergarten", "penalties", ["kindergarten"], unique=False)
    migrations.scoped("penalties")
    migrations.versioned("penalties")
