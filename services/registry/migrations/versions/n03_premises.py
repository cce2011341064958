"""premises, and plans for oversize classes"""

import sqlalchemy as sa
from alembic import op

from shared import migrations

revision = "n03"
down_revision = "p03"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "premises",
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("site_area", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("outdoor_area", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("site_area >= 0 AND outdoor_area >= 0", name="ck_premises_areas"),
        sa.ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            name="fk_premises_kindergarten",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("kindergarten", "since", name="pk_premises"),
    )
    op.create_table(
        "buildings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("campus", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("area", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("built_year", sa.Integer(), nullable=False),
        sa.Column("structure", sa.Text(), nullable=False),
        sa.Column("storeys", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), server_default=sa.text("'9999-12-31'"), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "structure IN ('frame', 'brick_concrete', 'brick_wood', 'steel', 'other')", name="ck_buildings_structure"
        ),
        sa.CheckConstraint(
            "area > 0 AND storeys BETWEEN 1 AND 20 AND built_year BETWEEN 1900 AND 2100", name="ck_buildings"
        ),
        sa.CheckConstraint("since < until", name="building_ends_before_it_begins"),
        sa.ForeignKeyConstraint(["campus"], ["campuses.id"], name="fk_buildings_campus"),
        sa.ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            name="fk_buildings_kindergarten",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_buildings"),
        sa.UniqueConstraint("id", "kindergarten", "division", name="uq_buildings_id_kindergarten_division"),
    )
    op.create_index("ix_buildings_kindergarten", "buildings", ["kindergarten", "since"], unique=False)
    op.create_table(
        "class_toilets",
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("arrangement", sa.Text(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("arrangement IN ('separate', 'time_shared', 'none')", name="ck_class_toilets_arrangement"),
        sa.ForeignKeyConstraint(
            ["class_id", "kindergarten", "division"],
            ["classes.id", "classes.kindergarten", "classes.division"],
            name="fk_class_toilets_class",
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("class_id", name="pk_class_toilets"),
    )
    op.create_table(
        "oversize_plans",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("children", sa.Integer(), nullable=False),
        sa.Column("standard_size", sa.Integer(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("responsible", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "(state IN ('closed', 'withdrawn')) = (ended_on IS NOT NULL)", name="ck_oversize_plans_ended"
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'returned', 'approved', 'closed', 'withdrawn')", name="ck_oversize_plans_state"
        ),
        sa.ForeignKeyConstraint(
            ["class_id", "kindergarten", "division"],
            ["classes.id", "classes.kindergarten", "classes.division"],
            name="class_has_a_plan",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_oversize_plans"),
    )
    op.create_index(
        "class_has_an_open_plan",
        "oversize_plans",
        ["class_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('planned', 'returned', 'approved')"),
    )
    op.create_index("ix_oversize_plans_kindergarten", "oversize_plans", ["kindergarten"], unique=False)
    op.create_table(
        "building_appraisals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("building", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("appraised_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint("kind IN ('seismic', 'fire', 'structure')", name="ck_building_appraisals_kind"),
        sa.CheckConstraint("appraised_on <= valid_until", name="ck_building_appraisals_period"),
        sa.ForeignKeyConstraint(
            ["building", "kindergarten", "division"],
            ["buildings.id", "buildings.kindergarten", "buildings.division"],
            name="fk_building_appraisals_building",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_building_appraisals"),
    )
    op.create_index(
        "ix_building_appraisals_building", "building_appraisals", ["building", "kind", "appraised_on"], unique=False
    )
    op.create_table(
        "rooms",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("building", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("area", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=True),
        sa.Column("for_nursery", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), server_default=sa.text("'9999-12-31'"), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('activity', 'activity_bedroom', 'bedroom', 'special', 'hall', 'toilet', 'health', 'kitchen', 'office', 'other')",
            name="ck_rooms_kind",
        ),
        sa.CheckConstraint("area > 0", name="ck_rooms_area"),
        sa.CheckConstraint("since < until", name="room_ends_before_it_begins"),
        sa.ForeignKeyConstraint(
            ["building", "kindergarten", "division"],
            ["buildings.id", "buildings.kindergarten", "buildings.division"],
            name="fk_rooms_building",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["class_id", "kindergarten", "division"],
            ["classes.id", "classes.kindergarten", "classes.division"],
            name="room_and_class_belong_together",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_rooms"),
    )
    op.create_index("ix_rooms_building", "rooms", ["building"], unique=False)
    op.create_index("ix_rooms_kindergarten", "rooms", ["kindergarten", "since"], unique=False)
    for table, key in (
        ("premises", "kindergarten"),
        ("buildings", "id"),
        ("rooms", "id"),
        ("class_toilets", "class_id"),
        ("oversize_plans", "id"),
    ):
        migrations.scoped(table)
        migrations.versioned(table, key)
    migrations.scoped("building_appraisals", rights="SELECT, INSERT")
