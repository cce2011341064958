"""evidence of the self-check for universal access"""

import sqlalchemy as sa
from alembic import op

from shared import migrations

revision = "p06"
down_revision = "p05"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "universal_evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("met", sa.Boolean(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["division"], ["divisions.code"], name="fk_universal_evidence_division"),
        sa.PrimaryKeyConstraint("id", name="pk_universal_evidence"),
        sa.UniqueConstraint("item", "division", "found_on", name="uq_universal_evidence_item_division_found_on"),
    )
    migrations.scoped("universal_evidence", kindergarten="")
    migrations.versioned("universal_evidence")
