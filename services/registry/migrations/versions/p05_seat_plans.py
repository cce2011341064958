"""seat plans, and the area of divisions"""

import sqlalchemy as sa
from alembic import op

from shared import migrations

revision = "p05"
down_revision = "l01"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seat_plans",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("school_year", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("inclusive_seats", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("state IN ('entered', 'approved')", name="ck_seat_plans_state"),
        sa.CheckConstraint("0 <= inclusive_seats AND inclusive_seats <= seats", name="inclusive_within_seats"),
        sa.ForeignKeyConstraint(["division"], ["divisions.code"], name="fk_seat_plans_division"),
        sa.PrimaryKeyConstraint("id", name="pk_seat_plans"),
        sa.UniqueConstraint("division", "school_year", name="uq_seat_plans_division_school_year"),
    )
    op.add_column("division_places", sa.Column("area_km2", sa.Numeric(precision=9, scale=2), nullable=True))
    migrations.scoped("seat_plans", kindergarten="")
    migrations.versioned("seat_plans")
