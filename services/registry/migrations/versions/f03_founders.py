"""existing recognitions, founders, agreements, credit files"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

revision = "f03"
down_revision = "p04"
branch_labels = None
depends_on = None

STATES = (
    "'recorded', 'applied', 'returned', 'reviewed', 'noticed', 'disputed', 'granted', 'refused', 'retracted',"
    " 'leaving', 'withdrawn'"
)


def _owned(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["kindergarten", "division"],
        ["kindergartens.id", "kindergartens.division"],
        name=f"fk_{table}_kindergarten",
        onupdate="CASCADE",
    )


FUNCTIONS = """
-- Whether a document is on the list of those barred on any day of a period, wherever the list is kept: never why.
CREATE FUNCTION is_barred(document bytea, since date, until date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM bars b WHERE b.document_index = document AND b.since < is_barred.until
                 AND b.until > is_barred.since)
$$;
CREATE FUNCTION barred_since(document bytea, day date) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT min(b.since) FROM bars b WHERE b.document_index = document AND b.since <= day AND b.until > day
$$;
REVOKE EXECUTE ON FUNCTION is_barred(bytea, date, date), barred_since(bytea, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION is_barred(bytea, date, date), barred_since(bytea, date) TO {app};
"""


def upgrade() -> None:
    op.add_column("recognitions", sa.Column("existing", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.drop_constraint("ck_recognitions_state", "recognitions")
    op.create_check_constraint("ck_recognitions_state", "recognitions", f"state IN ({STATES})")
    op.create_table(
        "founders",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("document_type", sa.Text(), nullable=True),
        sa.Column("document_sealed", postgresql.BYTEA(), nullable=True),
        sa.Column("document_index", postgresql.BYTEA(), nullable=True),
        sa.Column("document_mask", sa.Text(), nullable=True),
        sa.Column("credit_code", sa.Text(), nullable=True),
        sa.Column("share", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("assets", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), server_default=sa.text("'9999-12-31'"), nullable=False),
        sa.Column("ended_because", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("ending_document", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("role IN ('founder', 'controller')", name="ck_founders_role"),
        sa.CheckConstraint("nature IN ('person', 'organisation')", name="ck_founders_nature"),
        sa.CheckConstraint("assets IN ('own', 'fiscal', 'state', 'collective', 'donated')", name="ck_founders_assets"),
        sa.CheckConstraint("since < until", name="founder_ends_before_it_begins"),
        sa.CheckConstraint("share > 0 AND share <= 100", name="ck_founders_share"),
        sa.CheckConstraint("(nature = 'person') = (document_index IS NOT NULL)", name="ck_founders_document"),
        sa.CheckConstraint("(nature = 'organisation') = (credit_code IS NOT NULL)", name="ck_founders_credit_code"),
        _owned("founders"),
        sa.PrimaryKeyConstraint("id", name="pk_founders"),
    )
    op.create_index("ix_founders_division", "founders", ["division"], unique=False)
    op.create_index("ix_founders_kindergarten", "founders", ["kindergarten", "since"], unique=False)
    op.create_index("ix_founders_document", "founders", ["document_index"], unique=False)
    migrations.scoped("founders")
    migrations.versioned("founders", quiet=("document_sealed",))
    migrations.sql(FUNCTIONS)
    op.create_table(
        "relation_agreements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("partner", sa.Uuid(), nullable=True),
        sa.Column("partner_name", sa.Text(), nullable=False),
        sa.Column("partner_public", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("fee_kind", sa.Text(), nullable=False),
        sa.Column("fee_amount", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("fee_percent", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("fee_clause", sa.Text(), nullable=False),
        sa.Column("foreign_element", sa.Boolean(), nullable=False),
        sa.Column("foreign_document", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('branch', 'undertaking', 'cooperation', 'entrustment')", name="ck_relation_agreements_kind"
        ),
        sa.CheckConstraint(
            "fee_kind IN ('none', 'cost', 'fixed', 'income_share', 'surplus_share')",
            name="ck_relation_agreements_fee_kind",
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'approved', 'refused', 'withdrawn', 'ended')", name="ck_relation_agreements_state"
        ),
        sa.CheckConstraint("since < until", name="ck_relation_agreements_term"),
        sa.CheckConstraint(
            "(group_id IS NULL) <> (partner IS NULL) AND partner <> kindergarten", name="ck_relation_agreements_partner"
        ),
        sa.CheckConstraint("decided_by <> proposed_by", name="agreement_decided_by_another_person"),
        _owned("relation_agreements"),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_relation_agreements_group_id"),
        sa.ForeignKeyConstraint(["partner"], ["kindergartens.id"], name="fk_relation_agreements_partner"),
        sa.PrimaryKeyConstraint("id", name="pk_relation_agreements"),
        sa.UniqueConstraint("kindergarten", "number", name="agreement_number_taken"),
    )
    op.create_index("ix_relation_agreements_division", "relation_agreements", ["division"], unique=False)
    op.create_index("ix_relation_agreements_until", "relation_agreements", ["until", "id"], unique=False)
    op.create_table(
        "credit_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("founder", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("effect", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_by", sa.Text(), nullable=True),
        sa.Column("withdrawn_because", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("withdrawal_document", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("subject IN ('kindergarten', 'founder', 'principal')", name="ck_credit_entries_subject"),
        sa.CheckConstraint(
            "kind IN ('inspection', 'penalty', 'violation', 'complaint', 'promise', 'commendation', 'restoration')",
            name="ck_credit_entries_kind",
        ),
        sa.CheckConstraint("effect IN ('good', 'neutral', 'bad')", name="ck_credit_entries_effect"),
        sa.CheckConstraint("NOT public OR subject = 'kindergarten'", name="personal_credit_is_not_public"),
        sa.CheckConstraint("(subject = 'founder') = (founder IS NOT NULL)", name="ck_credit_entries_founder"),
        sa.CheckConstraint("occurred_on < until", name="ck_credit_entries_period"),
        _owned("credit_entries"),
        sa.ForeignKeyConstraint(["founder"], ["founders.id"], name="fk_credit_entries_founder"),
        sa.PrimaryKeyConstraint("id", name="pk_credit_entries"),
    )
    op.create_index("ix_credit_entries_division", "credit_entries", ["division"], unique=False)
    op.create_index("ix_credit_entries_kindergarten", "credit_entries", ["kindergarten", "occurred_on"], unique=False)
    migrations.scoped("relation_agreements")
    migrations.versioned("relation_agreements")
    migrations.scoped("credit_entries")
    migrations.versioned("credit_entries")
