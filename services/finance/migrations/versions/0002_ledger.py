"""ledger: chart of accounts, books and their months, entries and postings"""

import csv
from pathlib import Path

import sqlalchemy as sa
from alembic import op

from shared import migrations

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CHART = Path(__file__).parents[1] / "data" / "0002_account_titles.csv"
TRIGGERS = """
-- The ledger's rules. Each runs as the poster, in the poster's scope.

-- Statement by statement, so that a batch is checked once. The shared lock keeps the month from closing meanwhile.
CREATE FUNCTION check_entries() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE held uuid;
BEGIN
  FOR held IN SELECT DISTINCT book FROM fresh ORDER BY 1 LOOP
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('book ' || held::text, 0));
  END LOOP;
  IF EXISTS (SELECT FROM fresh f JOIN books b ON b.id = f.book WHERE f.effective_on < b.closed_until) THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'period_is_closed', MESSAGE = 'period is closed';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER check_entries AFTER INSERT ON entries REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION check_entries();

CREATE FUNCTION check_postings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM fresh f LEFT JOIN entries e ON e.id = f.entry AND e.book = f.book
      AND e.effective_on = f.effective_on AND e.recorded_at = f.recorded_at AND e.division = f.division
      AND e.kindergarten IS NOT DISTINCT FROM f.kindergarten
      AND e.transaction = (pg_current_xact_id()::text)::bigint
    WHERE e.id IS NULL) THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'lines_belong_to_their_entry',
      MESSAGE = 'lines are written with their entry';
  END IF;
  IF EXISTS (
    SELECT FROM fresh f JOIN books b ON b.id = f.book WHERE NOT EXISTS (
      SELECT FROM account_titles a WHERE a.standard = b.standard AND a.code = f.account
        AND a.since <= f.effective_on AND a.until > f.effective_on)) THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'account_is_not_in_the_chart',
      MESSAGE = 'account is not in the chart';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER check_postings AFTER INSERT ON postings REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION check_postings();

-- At commit: two lines or more; financial and budget accounts each sum to zero.
CREATE FUNCTION check_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE lines bigint; financial numeric; budget numeric;
BEGIN
  SELECT count(*), sum(amount) FILTER (WHERE account < '6'), sum(amount) FILTER (WHERE account >= '6')
  INTO lines, financial, budget FROM postings WHERE entry = NEW.id;
  IF lines < 2 OR coalesce(financial, 0) <> 0 OR coalesce(budget, 0) <> 0 THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_does_not_balance',
      MESSAGE = 'entry does not balance';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER entry_does_not_balance AFTER INSERT ON entries DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_balance();
"""
# What the app may write of an entry and of a line: never when, by whom and in which transaction.
ENTRY = "id, book, kindergarten, division, source, source_key, effective_on, summary, fingerprint, reverses"
LINE = "entry, line, book, kindergarten, division, account, amount, memo, effective_on"


def upgrade() -> None:
    chart()
    books()
    entries()
    migrations.sql(TRIGGERS)


def chart() -> None:
    op.create_table(
        "account_titles",
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), server_default=sa.text("'9999-12-31'"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("element", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("standard", "code", "since", name="pk_account_titles"),
        sa.CheckConstraint("standard IN ('government', 'nonprofit')", name="ck_account_titles_standard"),
        sa.CheckConstraint(
            "element IN ('asset', 'liability', 'net_asset', 'income', 'expense', 'budget_income', 'budget_expense',"
            " 'budget_balance')",
            name="ck_account_titles_element",
        ),
        sa.CheckConstraint("side IN ('debit', 'credit')", name="ck_account_titles_side"),
        sa.CheckConstraint("tag IN ('verified', 'known', 'uncertain', 'illustrative')", name="ck_account_titles_tag"),
    )
    migrations.open_to_all("account_titles")
    with CHART.open(encoding="utf-8", newline="") as file:
        rows = [row | {"until": row["until"] or "9999-12-31"} for row in csv.DictReader(file)]
    for row in rows:
        op.get_bind().execute(
            sa.text(
                "INSERT INTO account_titles (standard, code, name, element, side, since, until, tag) VALUES (:standard,"
                " :code, :name, :element, :side, CAST(:since AS date), CAST(:until AS date), :tag)"
            ),
            row,
        )


def books() -> None:
    op.create_table(
        "books",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=True),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_until", sa.Date(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_books"),
        sa.UniqueConstraint("id", "division", name="uq_books_id_division"),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name="fk_books_kindergarten"),
        sa.CheckConstraint("standard IN ('government', 'nonprofit')", name="ck_books_standard"),
        sa.CheckConstraint("extract(day FROM closed_until) = 1", name="ck_books_closed_until"),
    )
    op.create_index("ix_books_division", "books", ["division"])
    op.create_index("book_already_open", "books", [sa.text("coalesce(kindergarten::text, division)")], unique=True)
    migrations.scoped("books")
    migrations.versioned("books")
    op.create_table(
        "periods",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("book", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=True),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_periods"),
        sa.UniqueConstraint("book", "month", name="uq_periods_book_month"),
        sa.ForeignKeyConstraint(["book"], ["books.id"], name="fk_periods_book"),
        sa.CheckConstraint("state IN ('open', 'closing', 'closed', 'reopening')", name="ck_periods_state"),
        sa.CheckConstraint("decided_by <> proposed_by", name="another_person_decides"),
    )
    migrations.scoped("periods")
    migrations.versioned("periods")
    op.create_table(
        "closed_totals",
        sa.Column("book", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=True),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("debit", sa.Numeric(18, 2), nullable=False),
        sa.Column("credit", sa.Numeric(18, 2), nullable=False),
        sa.PrimaryKeyConstraint("book", "month", "account", name="pk_closed_totals"),
        sa.ForeignKeyConstraint(["book"], ["books.id"], name="fk_closed_totals_book"),
    )
    migrations.scoped("closed_totals", rights="SELECT, INSERT, DELETE")


def entries() -> None:
    op.create_table(
        "entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("book", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=True),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_key", sa.Text(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("reverses", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column(
            "recorded_by", sa.Text(), server_default=sa.text("current_setting('app.actor', true)"), nullable=False
        ),
        sa.Column(
            "transaction",
            sa.BigInteger(),
            server_default=sa.text("(pg_current_xact_id()::text)::bigint"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
        sa.UniqueConstraint("book", "source", "source_key", name="uq_entries_book_source_source_key"),
        sa.UniqueConstraint("reverses", name="entry_is_reversed_once"),
    )
    op.create_index("ix_entries_book_effective_on", "entries", ["book", "effective_on", "id"])
    migrations.scoped("entries", rights=f"SELECT, INSERT ({ENTRY})")
    op.create_table(
        "postings",
        sa.Column("entry", sa.Uuid(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("book", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=True),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(14, 2), nullable=False),
        sa.Column("memo", sa.Text(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("entry", "line", name="pk_postings"),
        sa.CheckConstraint("amount <> 0", name="ck_postings_amount"),
    )
    op.create_index("ix_postings_book_account_effective_on", "postings", ["book", "account", "effective_on"])
    migrations.scoped("postings", rights=f"SELECT, INSERT ({LINE})")
