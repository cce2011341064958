"""fees: policy numbers, fee standards, enrolments"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "parameters",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Numeric(precision=16, scale=4), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "name IN ('fee_ceiling', 'free_year_standard', 'term_start', 'subsidy_rate', 'subsidy_tilt', 'subsidy_cap',"
            " 'municipal_share', 'aid_share', 'proration', 'refund_share', 'alert_number', 'review_effect', 'eligibility')",
            name=op.f("ck_parameters_name"),
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'approved', 'rejected', 'replaced')", name=op.f("ck_parameters_state")
        ),
        sa.CheckConstraint("tag IN ('verified', 'known', 'uncertain', 'illustrative')", name=op.f("ck_parameters_tag")),
        sa.CheckConstraint("decided_by <> proposed_by", name=op.f("another_person_decides")),
        sa.CheckConstraint("since < until", name=op.f("ck_parameters_period")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parameters")),
    )
    op.create_index(
        "uq_parameters_approved",
        "parameters",
        ["name", "key", "since"],
        unique=True,
        postgresql_where=sa.text("state = 'approved'"),
    )
    op.create_table(
        "fee_items",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("reductions", sa.Text(), nullable=False),
        sa.Column("refund_rule", sa.Text(), nullable=False),
        sa.Column("complaint_phone", sa.Text(), nullable=False),
        sa.Column("voluntary", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("filed_by", sa.Text(), nullable=False),
        sa.Column("accepted_by", sa.Text(), nullable=True),
        sa.Column("published_by", sa.Text(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.text("uuidrange(kindergarten, kindergarten, '[]')"), "&&"),
            (sa.text("int8range(hashtextextended(name, 0), hashtextextended(name, 0), '[]')"), "&&"),
            (sa.text("daterange(since, until)"), "&&"),
            where=sa.text("state = 'published'"),
            using="gist",
            name="fee_item_already_published",
        ),
        sa.CheckConstraint(
            "category IN ('care_education', 'boarding', 'service', 'collected')", name=op.f("ck_fee_items_category")
        ),
        sa.CheckConstraint("state IN ('filed', 'returned', 'accepted', 'published')", name=op.f("ck_fee_items_state")),
        sa.CheckConstraint("unit IN ('month', 'term', 'day', 'once')", name=op.f("ck_fee_items_unit")),
        sa.CheckConstraint(
            "accepted_by <> filed_by AND published_by <> accepted_by", name=op.f("another_person_decides")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_fee_items_amount")),
        sa.CheckConstraint("since < until", name=op.f("ck_fee_items_period")),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_fee_items_kindergarten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fee_items")),
    )
    op.create_index("ix_fee_items_kindergarten", "fee_items", ["kindergarten", "since"], unique=False)
    op.create_table(
        "enrolments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("class_kind", sa.Text(), nullable=False),
        sa.Column("school_entry_year", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("registry_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolments")),
    )
    op.create_index("ix_enrolments_child", "enrolments", ["child"], unique=False)
    op.create_index("ix_enrolments_kindergarten", "enrolments", ["kindergarten"], unique=False)
    scope = migrations.SCOPE.format(kindergarten="NULL::uuid")
    # Policy numbers are published: everyone signed in reads them, whoever works for the division writes them.
    migrations.sql("ALTER TABLE parameters ENABLE ROW LEVEL SECURITY")
    migrations.sql("ALTER TABLE parameters FORCE ROW LEVEL SECURITY")
    migrations.sql("CREATE POLICY read_by_all ON parameters FOR SELECT TO {app} USING (true)")
    migrations.sql(f"CREATE POLICY written_in_scope ON parameters FOR INSERT TO {{app}} WITH CHECK {scope}")
    migrations.sql(f"CREATE POLICY decided_in_scope ON parameters FOR UPDATE TO {{app}} USING {scope}")
    migrations.sql("GRANT SELECT, INSERT, UPDATE ON parameters TO {app}")
    migrations.versioned("parameters")
    migrations.scoped("fee_items")
    migrations.versioned("fee_items")
    migrations.scoped("enrolments")
