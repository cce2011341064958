"""subsidies: programmes, runs and payments"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "programmes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("shape", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("types", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("permitted_use", sa.Text(), nullable=False),
        sa.Column("claw_back", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("level IN ('municipal', 'district', 'shared')", name=op.f("ck_programmes_level")),
        sa.CheckConstraint(
            "shape IN ('per_child_month', 'per_grade', 'waived_fee', 'rent', 'per_place', 'project')",
            name=op.f("ck_programmes_shape"),
        ),
        sa.CheckConstraint("state IN ('proposed', 'approved', 'rejected')", name=op.f("ck_programmes_state")),
        sa.CheckConstraint("tag IN ('verified', 'known', 'uncertain', 'illustrative')", name=op.f("ck_programmes_tag")),
        sa.CheckConstraint("decided_by <> proposed_by", name=op.f("another_person_decides")),
        sa.CheckConstraint("since < until", name="programme_ends_before_it_begins"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programmes")),
        sa.UniqueConstraint("code", name="programme_code_taken"),
    )
    op.create_table(
        "kindergarten_attributes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("programme", sa.Text(), server_default=sa.text("'*'"), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "name IN ('village_level', 'rented_area', 'rent_price', 'places_added', 'project_amount')",
            name=op.f("ck_kindergarten_attributes_name"),
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'approved', 'rejected', 'revoked')", name=op.f("ck_kindergarten_attributes_state")
        ),
        sa.CheckConstraint("decided_by <> proposed_by", name=op.f("another_person_decides")),
        sa.CheckConstraint("since < until", name=op.f("ck_kindergarten_attributes_period")),
        sa.CheckConstraint("value >= 0", name=op.f("ck_kindergarten_attributes_value")),
        sa.ForeignKeyConstraint(
            ["kindergarten"], ["kindergartens.id"], name=op.f("fk_kindergarten_attributes_kindergarten")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kindergarten_attributes")),
    )
    op.create_index(
        "ix_kindergarten_attributes_kindergarten",
        "kindergarten_attributes",
        ["kindergarten", "name", "since"],
        unique=False,
    )
    op.create_table(
        "bank_accounts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("bank", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("filed_by", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("state IN ('filed', 'accepted', 'returned')", name=op.f("ck_bank_accounts_state")),
        sa.CheckConstraint("decided_by <> filed_by", name=op.f("another_person_decides")),
        sa.CheckConstraint("since < until", name=op.f("ck_bank_accounts_period")),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_bank_accounts_kindergarten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_accounts")),
    )
    op.create_index(
        "account_number_already_filed",
        "bank_accounts",
        ["number"],
        unique=True,
        postgresql_where=sa.text("state = 'accepted'"),
    )
    op.create_index("ix_bank_accounts_kindergarten", "bank_accounts", ["kindergarten", "since"], unique=False)
    op.create_table(
        "subsidy_runs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("programmes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("job", sa.Uuid(), nullable=True),
        sa.Column("lines", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("total", sa.Numeric(precision=14, scale=2), server_default=sa.text("0"), nullable=False),
        sa.Column("inputs", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("prepared_by", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "state IN ('preparing', 'prepared', 'cancelled', 'approved', 'paying', 'partly_paid', 'paid', 'closed')",
            name=op.f("ck_subsidy_runs_state"),
        ),
        sa.CheckConstraint("approved_by <> prepared_by", name=op.f("another_person_decides")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidy_runs")),
    )
    op.create_index("ix_subsidy_runs_month", "subsidy_runs", ["month", "id"], unique=False)
    op.create_index(
        "one_run_is_open_at_a_time",
        "subsidy_runs",
        ["division"],
        unique=True,
        postgresql_where=sa.text("state IN ('preparing', 'prepared')"),
    )
    op.create_table(
        "subsidy_lines",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuid_v7()"), nullable=False),
        sa.Column("run", sa.Uuid(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("entitled", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("settled", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("municipal", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("district", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("unmet", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("headcount_revision", sa.Integer(), nullable=True),
        sa.Column("explanation", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint(
            "amount = entitled - settled AND amount = municipal + district", name=op.f("ck_subsidy_lines_sum")
        ),
        sa.ForeignKeyConstraint(["run"], ["subsidy_runs.id"], name=op.f("fk_subsidy_lines_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidy_lines")),
        sa.UniqueConstraint("run", "programme", "kindergarten", "month", name="line_is_settled_once"),
    )
    op.create_index(
        "ix_subsidy_lines_settled",
        "subsidy_lines",
        ["programme", "kindergarten", "month"],
        unique=False,
        postgresql_include=["amount"],
    )
    op.create_table(
        "subsidy_payments",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuid_v7()"), nullable=False),
        sa.Column("run", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("lines", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("carried_in", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("carried_out", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("received_by", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "state IN ('nothing', 'held', 'ready', 'instructed', 'paid', 'failed')",
            name=op.f("ck_subsidy_payments_state"),
        ),
        sa.CheckConstraint(
            "amount >= 0 AND carried_out <= 0 AND amount + carried_out = lines + carried_in",
            name=op.f("ck_subsidy_payments_sum"),
        ),
        sa.ForeignKeyConstraint(["run"], ["subsidy_runs.id"], name=op.f("fk_subsidy_payments_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidy_payments")),
        sa.UniqueConstraint("run", "kindergarten", name=op.f("uq_subsidy_payments_run_kindergarten")),
    )
    op.create_index("ix_subsidy_payments_kindergarten", "subsidy_payments", ["kindergarten", "id"], unique=False)
    op.create_table(
        "disbursements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("payments", sa.Integer(), nullable=False),
        sa.Column("total", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["subsidy_runs.id"], name=op.f("fk_disbursements_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disbursements")),
    )
    op.create_table(
        "payment_instructions",
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("payment", sa.Uuid(), nullable=False),
        sa.Column("disbursement", sa.Uuid(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("bank", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.CheckConstraint("outcome IN ('paid', 'failed')", name=op.f("ck_payment_instructions_outcome")),
        sa.ForeignKeyConstraint(
            ["disbursement"], ["disbursements.id"], name=op.f("fk_payment_instructions_disbursement")
        ),
        sa.ForeignKeyConstraint(["payment"], ["subsidy_payments.id"], name=op.f("fk_payment_instructions_payment")),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_payment_instructions")),
        sa.UniqueConstraint("payment", "attempt", name=op.f("uq_payment_instructions_payment_attempt")),
    )
    op.create_index("ix_payment_instructions_disbursement", "payment_instructions", ["disbursement"], unique=False)
    op.create_index(
        "payment_is_made_once",
        "payment_instructions",
        ["payment"],
        unique=True,
        postgresql_where=sa.text("outcome IS NULL OR outcome = 'paid'"),
    )
    scope = migrations.SCOPE.format(kindergarten="NULL::uuid")
    # Programmes are published: everyone signed in reads them, whoever works for the division writes them.
    migrations.sql("ALTER TABLE programmes ENABLE ROW LEVEL SECURITY")
    migrations.sql("ALTER TABLE programmes FORCE ROW LEVEL SECURITY")
    migrations.sql("CREATE POLICY read_by_all ON programmes FOR SELECT TO {app} USING (true)")
    migrations.sql(f"CREATE POLICY written_in_scope ON programmes FOR INSERT TO {{app}} WITH CHECK {scope}")
    migrations.sql(f"CREATE POLICY decided_in_scope ON programmes FOR UPDATE TO {{app}} USING {scope}")
    migrations.sql("GRANT SELECT, INSERT, UPDATE ON programmes TO {app}")
    migrations.versioned("programmes")
    for table in ("kindergarten_attributes", "bank_accounts", "subsidy_payments"):
        migrations.scoped(table)
        migrations.versioned(table)
    migrations.scoped("subsidy_runs", kindergarten="")
    migrations.versioned("subsidy_runs")
    migrations.scoped("subsidy_lines", rights="SELECT, INSERT")
    migrations.scoped("disbursements", kindergarten="", rights="SELECT, INSERT, UPDATE (payments, total)")
    migrations.scoped("payment_instructions", rights="SELECT, INSERT, UPDATE (outcome, reason, settled_on)")
