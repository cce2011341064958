"""bills: charges, monthly billing, receipts, refunds, aid"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bill_runs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("charged_on", sa.Date(), nullable=False),
        sa.Column("headcount_revision", sa.Integer(), nullable=False),
        sa.Column("charges", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("gross", sa.Numeric(precision=14, scale=2), server_default=sa.text("0"), nullable=False),
        sa.Column("waived", sa.Numeric(precision=14, scale=2), server_default=sa.text("0"), nullable=False),
        sa.Column("aided", sa.Numeric(precision=14, scale=2), server_default=sa.text("0"), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), server_default=sa.text("0"), nullable=False),
        sa.Column("entry", sa.Uuid(), nullable=True),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_bill_runs_kindergarten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bill_runs")),
    )
    op.create_index("ix_bill_runs_kindergarten", "bill_runs", ["kindergarten", "month"], unique=False)
    op.create_table(
        "charges",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("child", sa.Uuid(), nullable=False),
        sa.Column("fee_item", sa.Uuid(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("covers_since", sa.Date(), nullable=False),
        sa.Column("covers_until", sa.Date(), nullable=False),
        sa.Column("charged_on", sa.Date(), nullable=False),
        sa.Column("gross", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("waived", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("aided", sa.Numeric(precision=14, scale=2), server_default=sa.text("0"), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("bill_run", sa.Uuid(), nullable=True),
        sa.Column("basis", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("entry", sa.Uuid(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("charged_by", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "amount = gross - waived - aided AND amount >= 0 AND waived >= 0 AND aided >= 0",
            name=op.f("ck_charges_amount"),
        ),
        sa.CheckConstraint("covers_since < covers_until", name=op.f("ck_charges_period")),
        sa.ForeignKeyConstraint(["bill_run"], ["bill_runs.id"], name=op.f("fk_charges_bill_run")),
        sa.ForeignKeyConstraint(["fee_item"], ["fee_items.id"], name=op.f("fk_charges_fee_item")),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_charges_kindergarten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charges")),
        sa.UniqueConstraint("kindergarten", "child", "name", "covers_since", name="child_is_charged_once_for_a_period"),
    )
    op.create_index(op.f("ix_charges_bill_run"), "charges", ["bill_run"], unique=False)
    op.create_index("ix_charges_child", "charges", ["child"], unique=False)
    op.create_index("ix_charges_kindergarten_charged_on", "charges", ["kindergarten", "charged_on"], unique=False)
    op.create_table(
        "charge_balances",
        sa.Column("charge", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("paid", sa.Numeric(precision=14, scale=2), server_default=sa.text("0"), nullable=False),
        sa.Column("credited", sa.Numeric(precision=14, scale=2), server_default=sa.text("0"), nullable=False),
        sa.Column("refunded", sa.Numeric(precision=14, scale=2), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("paid + credited <= amount", name=op.f("a_charge_is_not_paid_beyond_its_amount")),
        sa.CheckConstraint("paid >= 0 AND credited >= 0 AND refunded >= 0", name=op.f("ck_charge_balances_signs")),
        sa.CheckConstraint("refunded <= paid", name=op.f("a_refund_never_exceeds_what_was_paid")),
        sa.ForeignKeyConstraint(["charge"], ["charges.id"], name=op.f("fk_charge_balances_charge")),
        sa.PrimaryKeyConstraint("charge", name=op.f("pk_charge_balances")),
    )
    op.create_table(
        "receipts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("child", sa.Uuid(), nullable=False),
        sa.Column("source_key", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("entry", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_receipts_amount")),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_receipts_kindergarten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipts")),
        sa.UniqueConstraint("kindergarten", "source_key", name="receipt_is_recorded_once"),
    )
    op.create_index("ix_receipts_child", "receipts", ["child"], unique=False)
    op.create_table(
        "allocations",
        sa.Column("receipt", sa.Uuid(), nullable=False),
        sa.Column("charge", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_allocations_amount")),
        sa.ForeignKeyConstraint(["charge"], ["charges.id"], name=op.f("fk_allocations_charge")),
        sa.ForeignKeyConstraint(["receipt"], ["receipts.id"], name=op.f("fk_allocations_receipt")),
        sa.PrimaryKeyConstraint("receipt", "charge", name=op.f("pk_allocations")),
    )
    op.create_index(op.f("ix_allocations_charge"), "allocations", ["charge"], unique=False)
    op.create_table(
        "adjustments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("charge", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("refund_case", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("basis", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("entry", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("kind IN ('credit_note', 'refund')", name=op.f("ck_adjustments_kind")),
        sa.CheckConstraint(
            "refund_case IN ('never_attended', 'left_early', 'absent_days', 'wrong_charge')",
            name=op.f("ck_adjustments_refund_case"),
        ),
        sa.CheckConstraint("state IN ('proposed', 'approved', 'rejected')", name=op.f("ck_adjustments_state")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_adjustments_amount")),
        sa.CheckConstraint("decided_by <> proposed_by", name=op.f("another_person_decides")),
        sa.ForeignKeyConstraint(["charge"], ["charges.id"], name=op.f("fk_adjustments_charge")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjustments")),
    )
    op.create_index(op.f("ix_adjustments_charge"), "adjustments", ["charge"], unique=False)
    op.create_table(
        "aids",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("child", sa.Uuid(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("evidence_number", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("applied_by", sa.Text(), nullable=False),
        sa.Column("checked_by", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "category IN ('minimum_living', 'low_income', 'destitute', 'orphan', 'disabled_child', 'disabled_family', 'martyr', 'left_behind')",
            name=op.f("ck_aids_category"),
        ),
        sa.CheckConstraint(
            "evidence IN ('civil_affairs', 'disabled_persons', 'veterans', 'other')", name=op.f("ck_aids_evidence")
        ),
        sa.CheckConstraint("state IN ('applied', 'checked', 'approved', 'rejected')", name=op.f("ck_aids_state")),
        sa.CheckConstraint(
            "checked_by <> applied_by AND decided_by <> checked_by", name=op.f("another_person_decides")
        ),
        sa.CheckConstraint("since < until", name=op.f("ck_aids_period")),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_aids_kindergarten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aids")),
    )
    op.create_index("ix_aids_child", "aids", ["child", "since"], unique=False)
    op.create_index("ix_aids_kindergarten", "aids", ["kindergarten"], unique=False)
    migrations.scoped("bill_runs", rights="SELECT, INSERT, UPDATE (charges, gross, waived, aided, amount, entry)")
    migrations.scoped("charges", rights="SELECT, INSERT, UPDATE (entry)")
    migrations.scoped("charge_balances")
    migrations.scoped("receipts", rights="SELECT, INSERT")
    migrations.scoped("allocations", rights="SELECT, INSERT")
    for table in ("adjustments", "aids"):
        migrations.scoped(table)
        migrations.versioned(table)
