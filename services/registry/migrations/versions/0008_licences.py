"""licences"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "licence_applications",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("evidence", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("changes", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("applied_by", sa.Text(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("earliest_on", sa.Date(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_basis", sa.Text(), nullable=True),
        sa.Column("extended", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("examined_on", sa.Date(), nullable=True),
        sa.Column("examined_by", sa.Text(), nullable=True),
        sa.Column("findings", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("unmet", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("kind IN ('establish', 'renew', 'change', 'end')", name="ck_licence_applications_kind"),
        sa.CheckConstraint(
            "state IN ('applied', 'returned', 'accepted', 'examined', 'approved', 'completed', 'refused', 'retracted')",
            name="ck_licence_applications_state",
        ),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'completed', 'refused') OR (decided_by IS NOT NULL AND document IS NOT NULL)",
            name="ck_licence_applications_decided_in_full",
        ),
        sa.CheckConstraint("decided_by NOT IN (examined_by, applied_by)", name="licence_decided_by_another_person"),
        sa.ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            name="fk_licence_applications_kindergarten",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_licence_applications"),
    )
    op.create_index("ix_licence_applications_division", "licence_applications", ["division"], unique=False)
    op.create_index("ix_licence_applications_due_on", "licence_applications", ["due_on", "id"], unique=False)
    op.create_index(
        "one_open_licence_application",
        "licence_applications",
        ["kindergarten"],
        unique=True,
        postgresql_where=sa.text("state IN ('applied', 'returned', 'accepted', 'examined', 'approved')"),
    )
    op.create_table(
        "licence_acts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("application", sa.Uuid(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('granted', 'renewed', 'changed', 'suspended', 'resumed', 'revoked', 'ended')",
            name="ck_licence_acts_kind",
        ),
        sa.ForeignKeyConstraint(["application"], ["licence_applications.id"], name="fk_licence_acts_application"),
        sa.ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            name="fk_licence_acts_kindergarten",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_licence_acts"),
    )
    op.create_index("ix_licence_acts_kindergarten", "licence_acts", ["kindergarten", "since", "id"], unique=False)
    migrations.scoped("licence_applications")
    migrations.versioned("licence_applications")
    migrations.scoped("licence_acts", rights="SELECT, INSERT")
