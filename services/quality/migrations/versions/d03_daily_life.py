"""books and daily life"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.quality.kindergartens import moving
from shared import migrations

revision = "d03"
down_revision = "d02"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "book_campaigns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("since < until", name=op.f("campaign_ends_after_it_begins")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book_campaigns")),
    )
    op.create_table(
        "class_plans",
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("class_name", sa.Text(), nullable=False),
        sa.Column("aims", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("play_minutes", sa.Integer(), nullable=False),
        sa.Column("outdoor_minutes", sa.Integer(), nullable=False),
        sa.Column("suspect", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("filed_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("kind IN ('term', 'week')", name=op.f("ck_class_plans_kind")),
        sa.PrimaryKeyConstraint("class_id", "kind", "begins_on", name=op.f("pk_class_plans")),
    )
    op.create_index(op.f("ix_class_plans_kindergarten"), "class_plans", ["kindergarten"], unique=False)
    op.create_table(
        "daily_norms",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("outdoor_minutes", sa.Integer(), nullable=False),
        sa.Column("outdoor_minutes_boarding", sa.Integer(), nullable=False),
        sa.Column("sport_minutes", sa.Integer(), nullable=False),
        sa.Column("play_minutes", sa.Integer(), nullable=False),
        sa.Column("meal_interval_least", sa.Integer(), nullable=False),
        sa.Column("meal_interval_most", sa.Integer(), nullable=False),
        sa.Column("small", sa.Text(), nullable=False),
        sa.Column("middle", sa.Text(), nullable=False),
        sa.Column("large", sa.Text(), nullable=False),
        sa.Column("drafted_by", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'published', 'dropped')", name=op.f("ck_daily_norms_state")),
        sa.CheckConstraint("since < until", name=op.f("ck_daily_norms_period")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_daily_norms")),
        sa.UniqueConstraint("division", "edition", name="norm_edition_exists"),
    )
    op.create_table(
        "headcounts",
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("children", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kindergarten", "month", "class_id", name=op.f("pk_headcounts")),
    )
    op.create_table(
        "posts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("full_time", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("registry_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
    )
    op.create_index("ix_posts_kindergarten", "posts", ["kindergarten", "since"], unique=False)
    op.create_table(
        "book_reports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("titles_checked", sa.Integer(), nullable=False),
        sa.Column("copies_removed", sa.Integer(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("reported_by", sa.Text(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("state IN ('reported', 'passed', 'failed')", name=op.f("ck_book_reports_state")),
        sa.CheckConstraint("titles_checked >= 0 AND copies_removed >= 0", name=op.f("ck_book_reports_counts")),
        sa.ForeignKeyConstraint(["campaign"], ["book_campaigns.id"], name=op.f("fk_book_reports_campaign")),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_book_reports_kindergarten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book_reports")),
        sa.UniqueConstraint("campaign", "kindergarten", name="reported_in_this_campaign"),
    )
    op.create_index(op.f("ix_book_reports_kindergarten"), "book_reports", ["kindergarten"], unique=False)
    op.create_table(
        "book_spot_checks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("campaign", sa.Uuid(), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("checked", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("strays", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("unreviewed", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("checked_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["campaign"], ["book_campaigns.id"], name=op.f("fk_book_spot_checks_campaign")),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_book_spot_checks_kindergarten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book_spot_checks")),
    )
    op.create_index(op.f("ix_book_spot_checks_kindergarten"), "book_spot_checks", ["kindergarten"], unique=False)
    op.create_table(
        "timetable_observations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("class_name", sa.Text(), nullable=False),
        sa.Column("class_kind", sa.Text(), nullable=False),
        sa.Column("season", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("seen", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("outdoor_filed", sa.Integer(), nullable=False),
        sa.Column("outdoor_seen", sa.Integer(), nullable=False),
        sa.Column("sport_filed", sa.Integer(), nullable=False),
        sa.Column("sport_seen", sa.Integer(), nullable=False),
        sa.Column("findings", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("observer", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("season IN ('summer', 'winter')", name=op.f("ck_timetable_observations_season")),
        sa.ForeignKeyConstraint(
            ["kindergarten"], ["kindergartens.id"], name=op.f("fk_timetable_observations_kindergarten")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timetable_observations")),
    )
    op.create_index(
        op.f("ix_timetable_observations_kindergarten"), "timetable_observations", ["kindergarten"], unique=False
    )
    op.create_table(
        "primary_style_cases",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("check_id", sa.Uuid(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("items", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("received_by", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.Text(), nullable=True),
        sa.Column("referred_to", sa.Text(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "source IN ('complaint', 'check', 'media', 'transfer')", name=op.f("ck_primary_style_cases_source")
        ),
        sa.CheckConstraint(
            "state IN ('received', 'confirmed', 'dismissed', 'ordered', 'answered', 'closed', 'referred')",
            name=op.f("ck_primary_style_cases_state"),
        ),
        sa.ForeignKeyConstraint(
            ["check_id"], ["primary_style_checks.id"], name=op.f("fk_primary_style_cases_check_id")
        ),
        sa.ForeignKeyConstraint(
            ["kindergarten"], ["kindergartens.id"], name=op.f("fk_primary_style_cases_kindergarten")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_primary_style_cases")),
    )
    op.create_index(
        "ix_primary_style_cases_kindergarten", "primary_style_cases", ["kindergarten", "received_on"], unique=False
    )
    op.add_column("books", sa.Column("book_edition", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("books", sa.Column("picture_book", sa.Boolean(), server_default=sa.text("true"), nullable=False))
    op.add_column(
        "books",
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False),
    )
    op.add_column("books", sa.Column("removed_to", sa.Text(), nullable=True))
    op.add_column("books", sa.Column("removed_copies", sa.Integer(), nullable=True))
    op.add_column("books", sa.Column("removed_in", sa.Uuid(), nullable=True))
    op.create_check_constraint(
        op.f("ck_books_removed_to"), "books", "removed_to IN ('destroyed', 'returned', 'handed_in', 'other')"
    )
    op.create_foreign_key(op.f("fk_books_removed_in"), "books", "book_campaigns", ["removed_in"], ["id"])
    op.add_column("classes", sa.Column("standard_size", sa.Integer(), nullable=True))
    op.add_column("timetables", sa.Column("play_minutes", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("timetables", sa.Column("norm_edition", sa.Text(), nullable=True))
    migrations.scoped("headcounts")
    migrations.scoped("posts")
    migrations.scoped("daily_norms", kindergarten="")
    migrations.sql("CREATE POLICY published ON daily_norms FOR SELECT TO {app} USING (state = 'published')")
    migrations.versioned("daily_norms")
    migrations.scoped("class_plans")
    migrations.versioned("class_plans", "class_id")
    migrations.scoped("timetable_observations", rights="SELECT, INSERT")
    migrations.scoped("primary_style_cases")
    migrations.versioned("primary_style_cases")
    migrations.scoped("book_campaigns", kindergarten="")
    migrations.sql("CREATE POLICY for_every_kindergarten ON book_campaigns FOR SELECT TO {app} USING (true)")
    migrations.versioned("book_campaigns")
    migrations.scoped("book_reports")
    migrations.versioned("book_reports")
    migrations.scoped("book_spot_checks", rights="SELECT, INSERT")
    moving.move_whatever_names_both()
