"""transition to primary school"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.quality.frameworks import reference
from services.quality.kindergartens import moving
from shared import migrations

revision = "d01"
down_revision = "n01"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "primary_schools",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("pinyin", sa.Text(collation="C"), nullable=False),
        sa.Column("zero_start", sa.Boolean(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("code ~ '^[0-9]{10}$'", name=op.f("ck_primary_schools_code")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_primary_schools")),
    )
    op.create_index(op.f("ix_primary_schools_division"), "primary_schools", ["division"], unique=False)
    op.create_index(op.f("ix_primary_schools_pinyin"), "primary_schools", ["pinyin"], unique=False)
    op.create_table(
        "handovers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("child", sa.Uuid(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("school", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("consent_sha256", sa.Text(), nullable=False),
        sa.Column("consented_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("receipt", sa.Text(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("erasure_asked_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("form IN ('paper', 'electronic')", name=op.f("ck_handovers_form")),
        sa.CheckConstraint("relation IN ('father', 'mother', 'other')", name=op.f("ck_handovers_relation")),
        sa.CheckConstraint(
            "state IN ('consented', 'prepared', 'sent', 'received', 'withdrawn')", name=op.f("ck_handovers_state")
        ),
        sa.CheckConstraint("consented_on <= valid_until", name=op.f("consent_ends_after_it_was_given")),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_handovers_kindergarten")),
        sa.ForeignKeyConstraint(["school"], ["primary_schools.code"], name=op.f("fk_handovers_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
    )
    op.create_index(
        "consent_stands_already",
        "handovers",
        ["child", "school"],
        unique=True,
        postgresql_where=sa.text("state <> 'withdrawn'"),
    )
    op.create_index(op.f("ix_handovers_kindergarten"), "handovers", ["kindergarten"], unique=False)
    op.create_table(
        "transition_measures",
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=True),
        sa.Column("school", sa.Text(), nullable=True),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "state IN ('planned', 'under_way', 'carried_out')", name=op.f("ck_transition_measures_state")
        ),
        sa.ForeignKeyConstraint(
            ["kindergarten"], ["kindergartens.id"], name=op.f("fk_transition_measures_kindergarten")
        ),
        sa.ForeignKeyConstraint(["school"], ["primary_schools.code"], name=op.f("fk_transition_measures_school")),
        sa.PrimaryKeyConstraint("document", "item", "subject", name=op.f("pk_transition_measures")),
    )
    op.create_index(op.f("ix_transition_measures_kindergarten"), "transition_measures", ["kindergarten"], unique=False)
    op.create_table(
        "transition_pairs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("school", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("agreement", sa.Text(), nullable=False),
        sa.Column("ended_because", sa.Text(), nullable=True),
        sa.Column("paired_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        postgresql.ExcludeConstraint(
            (
                sa.text(
                    "int8range(hashtextextended(kindergarten::text || school, 0), hashtextextended(kindergarten::text || school, 0), '[]')"
                ),
                "&&",
            ),
            (sa.text("daterange(since, until)"), "&&"),
            using="gist",
            name="pair_stands_already",
        ),
        sa.CheckConstraint("since < until", name=op.f("pair_ends_after_it_begins")),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_transition_pairs_kindergarten")),
        sa.ForeignKeyConstraint(["school"], ["primary_schools.code"], name=op.f("fk_transition_pairs_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transition_pairs")),
    )
    op.create_index(op.f("ix_transition_pairs_kindergarten"), "transition_pairs", ["kindergarten"], unique=False)
    op.create_index(op.f("ix_transition_pairs_school"), "transition_pairs", ["school"], unique=False)
    op.create_table(
        "transition_pilots",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=True),
        sa.Column("school", sa.Text(), nullable=True),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("results", sa.Text(), nullable=True),
        sa.Column("spread", sa.Text(), nullable=True),
        sa.Column("concluded_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("level IN ('city', 'district')", name=op.f("ck_transition_pilots_level")),
        sa.CheckConstraint("(concluded_on IS NULL) = (results IS NULL)", name=op.f("ck_transition_pilots_concluded")),
        sa.CheckConstraint("(kindergarten IS NULL) <> (school IS NULL)", name=op.f("pilot_is_one_of_both")),
        sa.CheckConstraint("since < until", name=op.f("pilot_ends_after_it_begins")),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_transition_pilots_kindergarten")),
        sa.ForeignKeyConstraint(["school"], ["primary_schools.code"], name=op.f("fk_transition_pilots_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transition_pilots")),
    )
    op.create_index(op.f("ix_transition_pilots_division"), "transition_pilots", ["division"], unique=False)
    op.create_index(op.f("ix_transition_pilots_kindergarten"), "transition_pilots", ["kindergarten"], unique=False)
    op.create_table(
        "transition_plans",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("class_name", sa.Text(), nullable=False),
        sa.Column("school_year", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("life", sa.Text(), nullable=False),
        sa.Column("social", sa.Text(), nullable=False),
        sa.Column("learning", sa.Text(), nullable=False),
        sa.Column("filed_by", sa.Text(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("state IN ('filed', 'returned', 'accepted')", name=op.f("ck_transition_plans_state")),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_transition_plans_kindergarten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transition_plans")),
        sa.UniqueConstraint("class_id", "school_year", name="class_has_its_plan"),
    )
    op.create_index(op.f("ix_transition_plans_kindergarten"), "transition_plans", ["kindergarten"], unique=False)
    op.create_table(
        "handover_contents",
        sa.Column("handover", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("sealed", postgresql.BYTEA(), nullable=False),
        sa.ForeignKeyConstraint(["handover"], ["handovers.id"], name=op.f("fk_handover_contents_handover")),
        sa.PrimaryKeyConstraint("handover", name=op.f("pk_handover_contents")),
    )
    op.create_table(
        "transition_activities",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pair", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("school", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("kindergarten_teachers", sa.Integer(), nullable=False),
        sa.Column("school_teachers", sa.Integer(), nullable=False),
        sa.Column("children", sa.Integer(), nullable=False),
        sa.Column("families", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('research', 'teachers', 'visit', 'pupils', 'families')",
            name=op.f("ck_transition_activities_kind"),
        ),
        sa.ForeignKeyConstraint(["pair"], ["transition_pairs.id"], name=op.f("fk_transition_activities_pair")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transition_activities")),
    )
    op.create_index(
        "ix_transition_activities_kindergarten", "transition_activities", ["kindergarten", "on_day"], unique=False
    )
    op.create_index(op.f("ix_transition_activities_pair"), "transition_activities", ["pair"], unique=False)
    migrations.open_to_all("primary_schools", "SELECT, INSERT, UPDATE")
    migrations.versioned("primary_schools", "code")
    migrations.scoped("transition_pairs")
    migrations.versioned("transition_pairs")
    migrations.scoped("transition_activities", rights="SELECT, INSERT")
    migrations.scoped("transition_pilots")
    migrations.versioned("transition_pilots")
    migrations.scoped("transition_measures")
    migrations.versioned("transition_measures", "subject")
    migrations.scoped("transition_plans")
    migrations.versioned("transition_plans")
    migrations.scoped("handovers")
    migrations.versioned("handovers")
    migrations.scoped("handover_contents", rights="SELECT, INSERT, UPDATE, DELETE")
    reference.load(op.get_bind())
    moving.move_whatever_names_both()
