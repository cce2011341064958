"""classes, attendance, calendars and ownerships: what the radar looks at"""

import sqlalchemy as sa
from alembic import op

from shared import migrations

revision = "y02"
down_revision = "s01"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "class_copies",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("hard_limit", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("registry_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_copies")),
    )
    op.create_index("ix_class_copies_kindergarten", "class_copies", ["kindergarten"], unique=False)
    op.create_table(
        "attendance_days",
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("children", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("class_id", "day", name=op.f("pk_attendance_days")),
    )
    op.create_index("ix_attendance_days_kindergarten", "attendance_days", ["kindergarten", "day"], unique=False)
    op.create_table(
        "calendar_days",
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("kindergarten", "day", name=op.f("pk_calendar_days")),
    )
    op.create_table(
        "ownerships",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("owned", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("share", sa.Numeric(precision=5, scale=4), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "relation IN ('holds', 'controls', 'represents', 'kin')", name=op.f("ck_ownerships_relation")
        ),
        sa.CheckConstraint("since < until", name=op.f("ck_ownerships_period")),
        sa.CheckConstraint("owner <> owned", name=op.f("ck_ownerships_two")),
        sa.CheckConstraint("share > 0 AND share <= 1", name=op.f("ck_ownerships_share")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ownerships")),
    )
    op.create_index(
        "ownership_already_entered", "ownerships", ["division", "owner", "owned", "relation", "since"], unique=True
    )
    op.create_index("ix_ownerships_owner", "ownerships", ["owner"], unique=False)
    op.create_index("ix_ownerships_owned", "ownerships", ["owned"], unique=False)
    for table in ("class_copies", "attendance_days", "calendar_days"):
        migrations.scoped(table)
    migrations.scoped("ownerships", kindergarten="")
    migrations.versioned("ownerships")
