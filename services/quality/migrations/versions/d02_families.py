"""families"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.quality.kindergartens import moving
from shared import migrations

revision = "d02"
down_revision = "d01"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "family_activities",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("partner", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("families", sa.Integer(), nullable=False),
        sa.Column("others", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('open_day', 'meeting', 'committee', 'community', 'visit')", name=op.f("ck_family_activities_kind")
        ),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_family_activities_kindergarten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_activities")),
    )
    op.create_index("ix_family_activities_kindergarten", "family_activities", ["kindergarten", "on_day"], unique=False)
    op.create_table(
        "guidance_notices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("school_year", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("sent_by", sa.Text(), nullable=False),
        sa.Column("children", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("kind IN ('entry', 'school')", name=op.f("ck_guidance_notices_kind")),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_guidance_notices_kindergarten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guidance_notices")),
    )
    op.create_index(op.f("ix_guidance_notices_kindergarten"), "guidance_notices", ["kindergarten"], unique=False)
    op.create_table(
        "parent_courses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=True),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("outline", sa.Text(), nullable=False),
        sa.Column("needed_month", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("stage IN ('small', 'middle', 'large')", name=op.f("ck_parent_courses_stage")),
        sa.CheckConstraint(
            "topic IN ('entry', 'habits', 'health', 'emotion', 'play', 'safety', 'law', 'school')",
            name=op.f("ck_parent_courses_topic"),
        ),
        sa.CheckConstraint("needed_month BETWEEN 1 AND 12", name=op.f("ck_parent_courses_needed_month")),
        sa.CheckConstraint("since < until", name=op.f("course_ends_after_it_begins")),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_parent_courses_kindergarten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parent_courses")),
    )
    op.create_index(op.f("ix_parent_courses_division"), "parent_courses", ["division"], unique=False)
    op.create_index(op.f("ix_parent_courses_kindergarten"), "parent_courses", ["kindergarten"], unique=False)
    op.create_table(
        "parents_committees",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("elected", sa.Text(), nullable=False),
        sa.Column("members", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("ended_because", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        postgresql.ExcludeConstraint(
            (
                sa.text(
                    "int8range(hashtextextended(kindergarten::text || coalesce(class_id::text, ''), 0), hashtextextended(kindergarten::text || coalesce(class_id::text, ''), 0), '[]')"
                ),
                "&&",
            ),
            (sa.text("daterange(since, until)"), "&&"),
            using="gist",
            name="committee_is_in_office",
        ),
        sa.CheckConstraint("since < until", name=op.f("term_ends_after_it_begins")),
        sa.ForeignKeyConstraint(
            ["kindergarten"], ["kindergartens.id"], name=op.f("fk_parents_committees_kindergarten")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parents_committees")),
    )
    op.create_index(op.f("ix_parents_committees_kindergarten"), "parents_committees", ["kindergarten"], unique=False)
    op.create_table(
        "guidance_confirmations",
        sa.Column("notice", sa.Uuid(), nullable=False),
        sa.Column("child", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["notice"], ["guidance_notices.id"], name=op.f("fk_guidance_confirmations_notice")),
        sa.PrimaryKeyConstraint("notice", "child", name=op.f("pk_guidance_confirmations")),
    )
    op.create_table(
        "parent_sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("course", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=True),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("school_year", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("ahead", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("invited", sa.Integer(), nullable=False),
        sa.Column("enrolled", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("attended", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("answers", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("satisfied", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("comments", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("state IN ('scheduled', 'held', 'cancelled')", name=op.f("ck_parent_sessions_state")),
        sa.CheckConstraint("enrolled <= invited AND attended <= invited", name=op.f("attended_were_invited")),
        sa.CheckConstraint("satisfied <= answers AND answers <= attended", name=op.f("answers_come_from_who_attended")),
        sa.ForeignKeyConstraint(["course"], ["parent_courses.id"], name=op.f("fk_parent_sessions_course")),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_parent_sessions_kindergarten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parent_sessions")),
    )
    op.create_index(op.f("ix_parent_sessions_course"), "parent_sessions", ["course"], unique=False)
    op.create_index("ix_parent_sessions_kindergarten", "parent_sessions", ["kindergarten", "school_year"], unique=False)
    migrations.scoped("parent_courses")
    migrations.versioned("parent_courses")
    migrations.sql("CREATE POLICY district_course ON parent_courses FOR SELECT TO {app} USING (kindergarten IS NULL)")
    migrations.scoped("parent_sessions")
    migrations.versioned("parent_sessions")
    migrations.scoped("parents_committees")
    migrations.versioned("parents_committees")
    migrations.scoped("family_activities", rights="SELECT, INSERT")
    migrations.scoped("guidance_notices")
    migrations.versioned("guidance_notices")
    migrations.scoped("guidance_confirmations", rights="SELECT, INSERT")
    moving.move_whatever_names_both()
