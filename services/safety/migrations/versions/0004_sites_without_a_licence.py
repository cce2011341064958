"""sites without a licence"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sites",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_since", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("address_key", sa.Text(), nullable=False),
        sa.Column("online", sa.Boolean(), nullable=False),
        sa.Column("operator", sa.Text(), nullable=False),
        sa.Column("children", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("resettled", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("disposal", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("rebounds", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("verified_by", sa.Text(), nullable=True),
        sa.Column("sightings", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("kind IN ('unlicensed', 'training')", name="ck_sites_kind"),
        sa.CheckConstraint(
            "state IN ('reported', 'confirmed', 'ordered', 'diverted', 'banned', 'transferred', 'closed', 'unfounded')",
            name="ck_sites_state",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_sites"),
    )
    op.create_index("ix_sites_division", "sites", ["division"], unique=False)
    op.create_index(
        "site_open_at_this_address",
        "sites",
        ["address_key", "kind"],
        unique=True,
        postgresql_where=sa.text("state NOT IN ('closed', 'unfounded')"),
    )
    op.create_table(
        "sweeps",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("swept_on", sa.Date(), nullable=False),
        sa.Column("swept_by", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sweeps"),
    )
    op.create_index("ix_sweeps_division", "sweeps", ["division"], unique=False)
    op.create_table(
        "sightings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("described", sa.Text(), nullable=False),
        sa.Column("contact", postgresql.BYTEA(), nullable=True),
        sa.Column("files", sa.ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("source IN ('sweep', 'public', 'department', 'inspection')", name="ck_sightings_source"),
        sa.ForeignKeyConstraint(["site"], ["sites.id"], name="fk_sightings_site"),
        sa.PrimaryKeyConstraint("id", name="pk_sightings"),
        sa.UniqueConstraint("receipt", name="uq_sightings_receipt"),
    )
    op.create_index("ix_sightings_site", "sightings", ["site"], unique=False)
    migrations.scoped("sites", kindergarten="")
    migrations.versioned("sites")
    migrations.scoped("sightings", kindergarten="")
    migrations.scoped("sweeps", kindergarten="", rights="SELECT, INSERT")
