"""first tables"""

import sqlalchemy as sa
from alembic import op

from shared import migrations

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    migrations.install_platform()
    op.create_table(
        "kindergartens",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("pinyin", sa.Text(collation="C"), nullable=False),
        sa.Column("type", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("registry_version", sa.Integer(), nullable=False),
        sa.Column("copied_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_kindergartens"),
    )
    op.create_index("ix_kindergartens_division", "kindergartens", ["division"], unique=False)
    op.create_index("ix_kindergartens_pinyin", "kindergartens", ["pinyin"], unique=False)
    migrations.scoped("kindergartens", kindergarten="id")
