"""support and equipment"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.quality.equipment import reference
from services.quality.kindergartens import moving
from shared import migrations

revision = "d04"
down_revision = "l01"
branch_labels = None
depends_on = None

# Whoever helps sees what it takes part in and records it, though the helped kindergarten lies outside its scope.
PARTNER = """
CREATE POLICY of_the_partner ON {table} FOR {what} TO {app} USING (
  partner = ANY ((SELECT string_to_array(nullif(current_setting('app.kindergartens', true), ''), ','))::uuid[])
)
"""


def upgrade() -> None:
    op.create_table(
        "equipment_editions",
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("published_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("edition", name=op.f("pk_equipment_editions")),
    )
    op.create_table(
        "equipment_holdings",
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("usable", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("0 <= usable AND usable <= quantity", name=op.f("usable_are_among_all")),
        sa.ForeignKeyConstraint(
            ["kindergarten"], ["kindergartens.id"], name=op.f("fk_equipment_holdings_kindergarten")
        ),
        sa.PrimaryKeyConstraint("kindergarten", "place", "item", name=op.f("pk_equipment_holdings")),
    )
    op.create_table(
        "equipment_items",
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("per", sa.Text(), nullable=False),
        sa.Column("kinds", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "area IN ('construction', 'role', 'art', 'science', 'music', 'reading', 'sport', 'water_sand', 'living', 'other')",
            name=op.f("ck_equipment_items_area"),
        ),
        sa.CheckConstraint("per IN ('class', 'kindergarten')", name=op.f("ck_equipment_items_per")),
        sa.CheckConstraint("least > 0", name=op.f("ck_equipment_items_least")),
        sa.ForeignKeyConstraint(["edition"], ["equipment_editions.edition"], name=op.f("fk_equipment_items_edition")),
        sa.PrimaryKeyConstraint("edition", "code", name=op.f("pk_equipment_items")),
    )
    op.create_table(
        "equipment_plans",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("rural", sa.Boolean(), nullable=False),
        sa.Column("funds", sa.Text(), nullable=False),
        sa.Column("lines", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("drafted_by", sa.Text(), nullable=False),
        sa.Column("submitted_by", sa.Text(), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "state IN ('drafted', 'submitted', 'returned', 'approved', 'delivered', 'cancelled')",
            name=op.f("ck_equipment_plans_state"),
        ),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_equipment_plans_kindergarten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_equipment_plans")),
    )
    op.create_index("ix_equipment_plans_kindergarten", "equipment_plans", ["kindergarten", "year"], unique=False)
    op.create_table(
        "partnerships",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("partner_kind", sa.Text(), nullable=False),
        sa.Column("partner", sa.Uuid(), nullable=True),
        sa.Column("partner_name", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("agreement", sa.Text(), nullable=False),
        sa.Column("goals", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("review_due_on", sa.Date(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        postgresql.ExcludeConstraint(
            (
                sa.text(
                    "int8range(hashtextextended(kindergarten::text || kind || coalesce(partner::text, partner_name), 0), hashtextextended(kindergarten::text || kind || coalesce(partner::text, partner_name), 0), '[]')"
                ),
                "&&",
            ),
            (sa.text("daterange(since, until)"), "&&"),
            where=sa.text("state = 'agreed'"),
            using="gist",
            name="partnership_stands_already",
        ),
        sa.CheckConstraint(
            "(partner IS NULL) = (partner_kind <> 'kindergarten') AND (partner IS NULL OR partner <> kindergarten)",
            name=op.f("partner_is_another"),
        ),
        sa.CheckConstraint("kind IN ('integrated', 'hand_in_hand', 'paired')", name=op.f("ck_partnerships_kind")),
        sa.CheckConstraint(
            "partner_kind IN ('kindergarten', 'outside', 'university', 'research')",
            name=op.f("ck_partnerships_partner_kind"),
        ),
        sa.CheckConstraint("state IN ('agreed', 'ended')", name=op.f("ck_partnerships_state")),
        sa.CheckConstraint("since < until", name=op.f("partnership_ends_after_it_begins")),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_partnerships_kindergarten")),
        sa.ForeignKeyConstraint(["partner"], ["kindergartens.id"], name=op.f("fk_partnerships_partner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnerships")),
    )
    op.create_index("ix_partnerships_kindergarten", "partnerships", ["kindergarten", "since"], unique=False)
    op.create_index("ix_partnerships_partner", "partnerships", ["partner"], unique=False)
    op.create_table(
        "support_cases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("reasons", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("identified_by", sa.Text(), nullable=False),
        sa.Column("identified_on", sa.Date(), nullable=False),
        sa.Column("lead", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("goals", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("review_due_on", sa.Date(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("state IN ('identified', 'planned', 'released')", name=op.f("ck_support_cases_state")),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_support_cases_kindergarten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_cases")),
    )
    op.create_index(
        "supported_already",
        "support_cases",
        ["kindergarten"],
        unique=True,
        postgresql_where=sa.text("state <> 'released'"),
    )
    op.create_table(
        "partnership_activities",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("partner", sa.Uuid(), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("participants", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "form IN ('visit', 'lesson', 'research', 'training', 'resource')",
            name=op.f("ck_partnership_activities_form"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership"], ["partnerships.id"], name=op.f("fk_partnership_activities_partnership")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership_activities")),
    )
    op.create_index(
        op.f("ix_partnership_activities_partnership"), "partnership_activities", ["partnership"], unique=False
    )
    op.create_table(
        "staff_exchanges",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partnership", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("partner", sa.Uuid(), nullable=True),
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.text("uuidrange(person, person, '[]')"), "&&"),
            (sa.text("daterange(since, until)"), "&&"),
            using="gist",
            name="person_is_exchanged_once",
        ),
        sa.CheckConstraint("direction IN ('to_partner', 'from_partner')", name=op.f("ck_staff_exchanges_direction")),
        sa.CheckConstraint("kind IN ('rotation', 'shadowing')", name=op.f("ck_staff_exchanges_kind")),
        sa.CheckConstraint("since < until", name=op.f("exchange_ends_after_it_begins")),
        sa.ForeignKeyConstraint(["partnership"], ["partnerships.id"], name=op.f("fk_staff_exchanges_partnership")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_exchanges")),
    )
    op.create_index(op.f("ix_staff_exchanges_partnership"), "staff_exchanges", ["partnership"], unique=False)
    op.add_column("posts", sa.Column("employment", sa.Text(), server_default=sa.text("''"), nullable=False))
    migrations.scoped("support_cases")
    migrations.versioned("support_cases")
    migrations.scoped("partnerships")
    migrations.versioned("partnerships")
    migrations.scoped("partnership_activities", rights="SELECT, INSERT")
    migrations.scoped("staff_exchanges")
    migrations.versioned("staff_exchanges")
    migrations.open_to_all("equipment_editions", "SELECT, INSERT, UPDATE")
    migrations.open_to_all("equipment_items", "SELECT, INSERT, UPDATE")
    migrations.scoped("equipment_holdings")
    migrations.versioned("equipment_holdings", "item")
    migrations.scoped("equipment_plans")
    migrations.versioned("equipment_plans")
    migrations.sql(PARTNER, table="partnerships", what="SELECT")
    for table in ("partnership_activities", "staff_exchanges"):
        migrations.sql(PARTNER, table=table, what="ALL")
    reference.load(op.get_bind())
    moving.move_whatever_names_both()
