"""filings and publications"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

revision = "f02"
down_revision = "n02"
branch_labels = None
depends_on = None


def _owned(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["kindergarten", "division"],
        ["kindergartens.id", "kindergartens.division"],
        name=f"fk_{table}_kindergarten",
        onupdate="CASCADE",
    )


def upgrade() -> None:
    op.add_column("kindergartens", sa.Column("email", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("kindergartens", sa.Column("fee_document", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("kindergartens", sa.Column("principal", sa.Uuid(), nullable=True))
    op.create_table(
        "filings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("documents", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("base", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("changes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("basis", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("answer_due_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.Text(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("kind IN ('change', 'confirmation')", name="ck_filings_kind"),
        sa.CheckConstraint("state IN ('proposed', 'returned', 'accepted', 'withdrawn')", name="ck_filings_state"),
        sa.CheckConstraint("answered_by <> proposed_by", name="filing_answered_by_another_person"),
        sa.CheckConstraint("(kind = 'confirmation') = (changes = '{}')", name="ck_filings_changes"),
        sa.CheckConstraint(
            "state <> 'accepted' OR (answered_by IS NOT NULL AND answered_on IS NOT NULL)", name="ck_filings_accepted"
        ),
        _owned("filings"),
        sa.PrimaryKeyConstraint("id", name="pk_filings"),
    )
    op.create_index("ix_filings_division", "filings", ["division"], unique=False)
    op.create_index("ix_filings_answer_due_on", "filings", ["answer_due_on", "id"], unique=False)
    op.create_index("ix_filings_kindergarten", "filings", ["kindergarten", "answered_on"], unique=False)
    op.create_index(
        "one_open_filing",
        "filings",
        ["kindergarten"],
        unique=True,
        postgresql_where=sa.text("state IN ('proposed', 'returned')"),
    )
    op.create_table(
        "publications",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("published_by", sa.Text(), nullable=False),
        sa.Column("pinyin", sa.Text(), nullable=False),
        sa.Column("record", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("figures", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("number > 0", name="ck_publications_number"),
        _owned("publications"),
        sa.PrimaryKeyConstraint("id", name="pk_publications"),
        sa.UniqueConstraint("kindergarten", "number", name="uq_publications_kindergarten_number"),
    )
    op.create_index("ix_publications_division", "publications", ["division"], unique=False)
    op.create_table(
        "publication_duties",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("fields", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("arose_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("publication", sa.Uuid(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint("(met_on IS NULL) = (publication IS NULL)", name="ck_publication_duties_met"),
        _owned("publication_duties"),
        sa.ForeignKeyConstraint(["publication"], ["publications.id"], name="fk_publication_duties_publication"),
        sa.PrimaryKeyConstraint("id", name="pk_publication_duties"),
    )
    op.create_index("ix_publication_duties_division", "publication_duties", ["division"], unique=False)
    op.create_index("ix_publication_duties_due_on", "publication_duties", ["due_on", "id"], unique=False)
    op.create_index(
        "ix_publication_duties_open",
        "publication_duties",
        ["kindergarten"],
        unique=False,
        postgresql_where=sa.text("met_on IS NULL"),
    )
    migrations.scoped("filings")
    migrations.versioned("filings")
    migrations.scoped("publications", rights="SELECT, INSERT")
    migrations.scoped("publication_duties")
