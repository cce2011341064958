"""where divisions lie, and tags of places"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

# Where a division lies is public; who plans for it enters it.
PLACES = """
ALTER TABLE division_places ENABLE ROW LEVEL SECURITY;
ALTER TABLE division_places FORCE ROW LEVEL SECURITY;
CREATE POLICY read_by_all ON division_places FOR SELECT TO {app} USING (true);
CREATE POLICY entered_in_scope ON division_places FOR INSERT TO {app} WITH CHECK {scope};
CREATE POLICY edited_in_scope ON division_places FOR UPDATE TO {app} USING {scope};
GRANT SELECT, INSERT, UPDATE ON division_places TO {app};
"""


revision = "p03"
down_revision = "p02"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "division_places",
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("outline", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["division"], ["divisions.code"], name="fk_division_places_division"),
        sa.PrimaryKeyConstraint("division", name="pk_division_places"),
    )
    op.create_table(
        "place_tags",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), server_default=sa.text("'9999-12-31'"), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("since < until", name="ck_place_tags_period"),
        sa.ForeignKeyConstraint(["division"], ["divisions.code"], name="fk_place_tags_division"),
        sa.ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            name="fk_place_tags_kindergarten",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_place_tags"),
        sa.UniqueConstraint(
            "tag",
            "division",
            "kindergarten",
            name="uq_place_tags_tag_division_kindergarten",
            postgresql_nulls_not_distinct=True,
        ),
    )
    migrations.sql(PLACES, scope=migrations.SCOPE.format(kindergarten="NULL::uuid"))
    migrations.versioned("division_places", key="division")
    migrations.scoped("place_tags")
    migrations.versioned("place_tags")
