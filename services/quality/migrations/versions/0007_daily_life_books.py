"""daily life and books; the negative list against the ways of primary school"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.quality.frameworks import reference
from shared import migrations

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "timetables",
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("season", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("class_name", sa.Text(), nullable=False),
        sa.Column("boarding", sa.Boolean(), nullable=False),
        sa.Column("day", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("outdoor_minutes", sa.Integer(), nullable=False),
        sa.Column("sport_minutes", sa.Integer(), nullable=False),
        sa.Column("findings", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("filed_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("season IN ('summer', 'winter')", name=op.f("ck_timetables_season")),
        sa.PrimaryKeyConstraint("class_id", "season", name=op.f("pk_timetables")),
    )
    op.create_table(
        "books",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("isbn", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("screened_by", sa.Text(), nullable=True),
        sa.Column("reviewed_by", sa.Text(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column(
            "violations", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False
        ),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.Column("removed_because", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("audience IN ('teacher', 'child')", name=op.f("ck_books_audience")),
        sa.CheckConstraint("source IN ('bought', 'gift', 'own')", name=op.f("ck_books_source")),
        sa.CheckConstraint(
            "state IN ('proposed', 'screened', 'approved', 'rejected', 'removed')", name=op.f("ck_books_state")
        ),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_books_kindergarten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_books")),
    )
    op.create_index(
        "book_is_entered",
        "books",
        ["kindergarten", "isbn"],
        unique=True,
        postgresql_where=sa.text("isbn IS NOT NULL AND state <> 'removed'"),
    )
    op.create_index(op.f("ix_books_kindergarten"), "books", ["kindergarten"], unique=False)
    op.create_table(
        "primary_style_checks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("found", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("checked_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kindergarten"], ["kindergartens.id"], name=op.f("fk_primary_style_checks_kindergarten")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_primary_style_checks")),
    )
    op.create_index(
        op.f("ix_primary_style_checks_kindergarten"), "primary_style_checks", ["kindergarten"], unique=False
    )
    op.create_table(
        "book_holdings",
        sa.Column("book", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("copies >= 0", name=op.f("ck_book_holdings_copies")),
        sa.ForeignKeyConstraint(["book"], ["books.id"], name=op.f("fk_book_holdings_book")),
        sa.PrimaryKeyConstraint("book", "place", name=op.f("pk_book_holdings")),
    )
    migrations.scoped("timetables")
    migrations.versioned("timetables", "class_id")
    migrations.scoped("primary_style_checks", rights="SELECT, INSERT")
    migrations.scoped("books")
    migrations.versioned("books")
    migrations.scoped("book_holdings")
    migrations.versioned("book_holdings", "book")
    reference.load(op.get_bind())
