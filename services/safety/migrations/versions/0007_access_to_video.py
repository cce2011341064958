"""access to video"""

import sqlalchemy as sa
from alembic import op

from shared import migrations

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "video_accesses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_since", sa.Date(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("applicant_kind", sa.Text(), nullable=False),
        sa.Column("applicant", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("document_mask", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("cameras", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("span_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("span_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("files", sa.ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("requested_by", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.Column("viewings", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("at_night", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("medium", sa.Text(), nullable=False),
        sa.Column("medium_sha256", sa.Text(), nullable=False),
        sa.Column("copied_by", sa.Text(), nullable=True),
        sa.Column("witness", sa.Text(), nullable=False),
        sa.Column("receiver", sa.Text(), nullable=False),
        sa.Column("return_by", sa.Date(), nullable=True),
        sa.Column("destroyed_on", sa.Date(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "applicant_kind IN ('state_organ', 'guardian', 'staff')", name="ck_video_accesses_applicant_kind"
        ),
        sa.CheckConstraint("mode IN ('view', 'retrieve', 'copy')", name="ck_video_accesses_mode"),
        sa.CheckConstraint(
            "state IN ('requested', 'approved', 'refused', 'viewed', 'copied', 'handed_over', 'destroyed', 'closed')",
            name="ck_video_accesses_state",
        ),
        sa.CheckConstraint("span_from < span_until", name="ck_video_accesses_span"),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name="fk_video_accesses_kindergarten"),
        sa.PrimaryKeyConstraint("id", name="pk_video_accesses"),
    )
    op.create_index("ix_video_accesses_kindergarten", "video_accesses", ["kindergarten"], unique=False)
    migrations.scoped("video_accesses")
    migrations.versioned("video_accesses")
