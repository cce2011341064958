"""teaching research: zones and alliances, activities and attendance, teachers' questions"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# A kindergarten reads the activities it took part in, the zones it is in, and the answers that were shared with all.
SHARED = """
CREATE POLICY took_part ON research_activities FOR SELECT TO {app}
  USING (EXISTS (SELECT FROM research_attendances a WHERE a.activity = id));
CREATE POLICY zones_of_members ON research_zones FOR SELECT TO {app}
  USING (EXISTS (SELECT FROM research_zone_members m WHERE m.zone = id));
ALTER TABLE research_knowledge ENABLE ROW LEVEL SECURITY;
ALTER TABLE research_knowledge FORCE ROW LEVEL SECURITY;
CREATE POLICY read_by_all ON research_knowledge FOR SELECT TO {app} USING (true);
CREATE POLICY answered_in_scope ON research_knowledge FOR INSERT TO {app} WITH CHECK {scope};
GRANT SELECT, INSERT ON research_knowledge TO {app};
"""


def upgrade() -> None:
    op.create_table(
        "research_knowledge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("keywords", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_research_knowledge")),
    )
    op.create_table(
        "research_zones",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("leader", sa.Uuid(), nullable=True),
        sa.Column("researcher", sa.Text(), nullable=False),
        sa.Column("researcher_name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("kind IN ('zone', 'alliance')", name=op.f("ck_research_zones_kind")),
        sa.ForeignKeyConstraint(["leader"], ["kindergartens.id"], name=op.f("fk_research_zones_leader")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_research_zones")),
        sa.UniqueConstraint("division", "name", name="zone_name_taken"),
    )
    op.create_table(
        "teacher_questions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("shared", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("keywords", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_teacher_questions_kindergarten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teacher_questions")),
    )
    op.create_index(op.f("ix_teacher_questions_kindergarten"), "teacher_questions", ["kindergarten"], unique=False)
    op.create_table(
        "research_activities",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("zone", sa.Uuid(), nullable=True),
        sa.Column("kindergarten", sa.Uuid(), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("guided_by", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("level IN ('district', 'zone', 'kindergarten')", name=op.f("ck_research_activities_level")),
        sa.ForeignKeyConstraint(
            ["kindergarten"], ["kindergartens.id"], name=op.f("fk_research_activities_kindergarten")
        ),
        sa.ForeignKeyConstraint(["zone"], ["research_zones.id"], name=op.f("fk_research_activities_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_research_activities")),
    )
    op.create_table(
        "research_zone_members",
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("zone", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kindergarten"], ["kindergartens.id"], name=op.f("fk_research_zone_members_kindergarten")
        ),
        sa.ForeignKeyConstraint(["zone"], ["research_zones.id"], name=op.f("fk_research_zone_members_zone")),
        sa.PrimaryKeyConstraint("kindergarten", "place", name=op.f("pk_research_zone_members")),
    )
    op.create_index(op.f("ix_research_zone_members_zone"), "research_zone_members", ["zone"], unique=False)
    op.create_table(
        "research_attendances",
        sa.Column("activity", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("teachers", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity"], ["research_activities.id"], name=op.f("fk_research_attendances_activity")
        ),
        sa.ForeignKeyConstraint(
            ["kindergarten"], ["kindergartens.id"], name=op.f("fk_research_attendances_kindergarten")
        ),
        sa.PrimaryKeyConstraint("activity", "kindergarten", name=op.f("pk_research_attendances")),
    )
    op.create_index(
        "ix_research_attendances_kindergarten", "research_attendances", ["kindergarten", "on_day"], unique=False
    )
    migrations.scoped("research_zones", kindergarten="")
    migrations.versioned("research_zones")
    migrations.scoped("research_zone_members", rights="SELECT, INSERT, UPDATE, DELETE")
    migrations.scoped("research_activities", rights="SELECT, INSERT")
    migrations.scoped("research_attendances", rights="SELECT, INSERT")
    migrations.scoped("teacher_questions")
    migrations.versioned("teacher_questions")
    migrations.sql(SHARED, scope=migrations.SCOPE.format(kindergarten="NULL::uuid"))
