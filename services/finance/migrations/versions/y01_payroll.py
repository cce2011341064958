"""posts, monthly proofs of pay and insurance, contracts for purchased services"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

revision = "y01"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "posts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("employment", sa.Text(), nullable=False),
        sa.Column("full_time", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("registry_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
    )
    op.create_index("ix_posts_kindergarten", "posts", ["kindergarten", "since"], unique=False)
    op.create_index("ix_posts_person", "posts", ["person"], unique=False)
    op.create_table(
        "payroll_sheets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("filed_by", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("remark", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "state IN ('filed', 'accepted', 'returned', 'replaced')", name=op.f("ck_payroll_sheets_state")
        ),
        sa.CheckConstraint("month = date_trunc('month', month)", name=op.f("ck_payroll_sheets_month")),
        sa.CheckConstraint("decided_by <> filed_by", name=op.f("another_person_decides")),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_payroll_sheets_kindergarten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payroll_sheets")),
        sa.UniqueConstraint("kindergarten", "month", "revision", name="payroll_sheet_is_being_filed"),
    )
    op.create_index("ix_payroll_sheets_month", "payroll_sheets", ["month"], unique=False)
    op.create_index(
        "uq_payroll_sheets_accepted",
        "payroll_sheets",
        ["kindergarten", "month"],
        unique=True,
        postgresql_where=sa.text("state = 'accepted'"),
    )
    op.create_table(
        "payroll_proofs",
        sa.Column("sheet", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("payable", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("contributions", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("paid", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("insurance_base", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("insurances", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("fund_base", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("fund_paid", sa.Boolean(), nullable=False),
        sa.Column("exemption", sa.Text(), nullable=True),
        sa.Column("days_present", sa.Integer(), nullable=True),
        sa.Column("leave", sa.Text(), nullable=False),
        sa.Column("contract", sa.Text(), nullable=False),
        sa.Column("labour_contract", sa.Text(), nullable=False),
        sa.Column("voucher", sa.Text(), nullable=False),
        sa.CheckConstraint("exemption IN ('retired', 'elsewhere')", name=op.f("ck_payroll_proofs_exemption")),
        sa.CheckConstraint("payable >= 0 AND paid >= 0 AND contributions >= 0", name=op.f("ck_payroll_proofs_amounts")),
        sa.ForeignKeyConstraint(["sheet"], ["payroll_sheets.id"], name=op.f("fk_payroll_proofs_sheet")),
        sa.PrimaryKeyConstraint("sheet", "person", name=op.f("pk_payroll_proofs")),
    )
    op.create_index("ix_payroll_proofs_person", "payroll_proofs", ["person", "month"], unique=False)
    op.create_table(
        "service_contracts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("supplier", sa.Text(), nullable=False),
        sa.Column("credit_code", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("workers", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("filed_by", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("remark", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('guard', 'catering', 'cleaning', 'maintenance', 'childcare', 'health', 'teaching', 'other')",
            name=op.f("ck_service_contracts_kind"),
        ),
        sa.CheckConstraint("state IN ('filed', 'accepted', 'returned')", name=op.f("ck_service_contracts_state")),
        sa.CheckConstraint("since < until", name=op.f("ck_service_contracts_period")),
        sa.CheckConstraint("amount >= 0 AND workers > 0", name=op.f("ck_service_contracts_size")),
        sa.CheckConstraint("decided_by <> filed_by", name=op.f("another_person_decides")),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_service_contracts_kindergarten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_contracts")),
    )
    op.create_index(
        "service_contract_already_filed",
        "service_contracts",
        ["kindergarten", "number"],
        unique=True,
        postgresql_where=sa.text("state <> 'returned'"),
    )
    op.create_index("ix_service_contracts_kindergarten", "service_contracts", ["kindergarten", "since"], unique=False)
    op.add_column("account_alerts", sa.Column("topic", sa.Text(), server_default=sa.text("'account'"), nullable=False))
    op.create_check_constraint(
        op.f("ck_account_alerts_topic"), "account_alerts", "topic IN ('account', 'payroll', 'payment', 'reporting')"
    )
    migrations.scoped("posts")
    migrations.scoped("payroll_proofs", rights="SELECT, INSERT")
    for table in ("payroll_sheets", "service_contracts"):
        migrations.scoped(table)
        migrations.versioned(table)
