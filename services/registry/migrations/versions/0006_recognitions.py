"""recognitions and the steps of cases"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

revision = "0006"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recognitions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("former", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposed_fee", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("evidence", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("applied_by", sa.Text(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("reviewed_by", sa.Text(), nullable=True),
        sa.Column("findings", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("unmet", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("notice_from", sa.Date(), nullable=True),
        sa.Column("notice_until", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("agreement", sa.Text(), nullable=True),
        sa.Column("agreed_fee", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("review_due_on", sa.Date(), nullable=True),
        sa.Column("leaving_on", sa.Date(), nullable=True),
        sa.Column("leaving_by", sa.Text(), nullable=True),
        sa.Column("leaving_ground", sa.Text(), nullable=True),
        sa.Column("leaving_until", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("withdrawal_document", sa.Text(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.text("uuidrange(kindergarten, kindergarten, '[]')"), "&&"),
            (sa.text("daterange(since, until)"), "&&"),
            where=sa.text("state IN ('granted', 'leaving')"),
            using="gist",
            name="recognised_once_a_day",
        ),
        sa.CheckConstraint(
            "leaving_ground IN ('own_request', 'conditions_lost', 'agreement_broken', 'review_failed', 'serious_incident')",
            name="ck_recognitions_leaving_ground",
        ),
        sa.CheckConstraint(
            "state IN ('applied', 'returned', 'reviewed', 'noticed', 'disputed', 'granted', 'refused', 'retracted', 'leaving', 'withdrawn')",
            name="ck_recognitions_state",
        ),
        sa.CheckConstraint(
            "state NOT IN ('granted', 'leaving', 'withdrawn') OR (since IS NOT NULL AND until IS NOT NULL AND agreed_fee IS NOT NULL AND document IS NOT NULL AND agreement IS NOT NULL AND decided_by IS NOT NULL)",
            name="ck_recognitions_granted_in_full",
        ),
        sa.CheckConstraint("decided_by NOT IN (reviewed_by, applied_by)", name="recognition_decided_by_another_person"),
        sa.CheckConstraint("proposed_fee >= 0 AND agreed_fee >= 0", name="ck_recognitions_fees"),
        sa.CheckConstraint("since < until", name="ck_recognitions_term"),
        sa.ForeignKeyConstraint(["former"], ["recognitions.id"], name="fk_recognitions_former"),
        sa.ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            name="fk_recognitions_kindergarten",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_recognitions"),
    )
    op.create_index("ix_recognitions_division", "recognitions", ["division"], unique=False)
    op.create_index("ix_recognitions_kindergarten", "recognitions", ["kindergarten", "since"], unique=False)
    op.create_index("ix_recognitions_until", "recognitions", ["until", "id"], unique=False)
    op.create_index(
        "one_open_application",
        "recognitions",
        ["kindergarten"],
        unique=True,
        postgresql_where=sa.text("state IN ('applied', 'returned', 'reviewed', 'noticed', 'disputed')"),
    )
    op.create_table(
        "steps",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("concept", sa.Text(), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=True),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            name="fk_steps_kindergarten",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_steps"),
    )
    op.create_index("ix_steps_subject", "steps", ["subject", "id"], unique=False)
    op.create_table(
        "recognition_reviews",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recognition", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("reviewed_by", sa.Text(), nullable=False),
        sa.Column("fee_charged", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("findings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("checks", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint("fee_charged >= 0", name="ck_recognition_reviews_fee"),
        sa.ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            name="fk_recognition_reviews_kindergarten",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["recognition"], ["recognitions.id"], name="fk_recognition_reviews_recognition"),
        sa.PrimaryKeyConstraint("id", name="pk_recognition_reviews"),
        sa.UniqueConstraint("recognition", "due_on", name="year_already_reviewed"),
    )
    migrations.scoped("recognitions")
    migrations.versioned("recognitions")
    migrations.scoped("recognition_reviews", rights="SELECT, INSERT")
    migrations.scoped("steps", rights="SELECT, INSERT")
