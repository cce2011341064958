"""existing recognitions, founders, agreements, credit files"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

revision = "f03"
down_revision = "f02"
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
