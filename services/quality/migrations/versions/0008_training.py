"""training: sessions, places, hours, certificates"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# The district's trainings are for everybody to see; a kindergarten's own are its own. Taking a place counts in the
# district's row, which the kindergarten cannot change otherwise; a certificate is checked without seeing whose it is.
OPEN = """
CREATE POLICY offered_to_all ON training_sessions FOR SELECT TO {app} USING (kindergarten IS NULL);
CREATE POLICY counted ON training_sessions TO {sequencer} USING (true);
CREATE POLICY checked ON training_places FOR SELECT TO {sequencer} USING (true);
GRANT SELECT, UPDATE (taken) ON training_sessions TO {sequencer};
GRANT SELECT ON training_places TO {sequencer};
CREATE FUNCTION take_place(training uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE training_sessions SET taken = taken + 1 WHERE id = training
$$;
CREATE FUNCTION check_certificate(number text) RETURNS TABLE (title text, on_day date, hours numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.title, s.on_day, p.hours FROM training_places p JOIN training_sessions s ON s.id = p.session
  WHERE p.certificate = number
$$;
GRANT CREATE ON SCHEMA public TO {sequencer};
ALTER FUNCTION take_place(uuid) OWNER TO {sequencer};
ALTER FUNCTION check_certificate(text) OWNER TO {sequencer};
REVOKE CREATE ON SCHEMA public FROM {sequencer};
REVOKE EXECUTE ON FUNCTION take_place(uuid), check_certificate(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION take_place(uuid), check_certificate(text) TO {app};
"""


def upgrade() -> None:
    op.create_table(
        "training_sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=True),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("posts", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("hours", sa.Numeric(precision=5, scale=1), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("level IN ('city', 'district', 'kindergarten')", name=op.f("ck_training_sessions_level")),
        sa.CheckConstraint(
            "topic IN ('ethics', 'safety', 'health', 'play', 'observation', 'transition', 'inclusion', 'law', 'leadership', 'other')",
            name=op.f("ck_training_sessions_topic"),
        ),
        sa.CheckConstraint("hours > 0 AND hours <= 200", name=op.f("ck_training_sessions_hours")),
        sa.CheckConstraint("taken BETWEEN 0 AND places", name=op.f("training_is_full")),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_training_sessions_kindergarten")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_sessions")),
    )
    op.create_table(
        "training_places",
        sa.Column("session", sa.Uuid(), nullable=False),
        sa.Column("staff", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("attended", sa.Boolean(), nullable=True),
        sa.Column("hours", sa.Numeric(precision=5, scale=1), server_default=sa.text("0"), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("certificate", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "post IN ('principal', 'teacher', 'carer', 'health', 'kitchen', 'guard', 'office')",
            name=op.f("ck_training_places_post"),
        ),
        sa.ForeignKeyConstraint(["kindergarten"], ["kindergartens.id"], name=op.f("fk_training_places_kindergarten")),
        sa.ForeignKeyConstraint(["session"], ["training_sessions.id"], name=op.f("fk_training_places_session")),
        sa.PrimaryKeyConstraint("session", "staff", name=op.f("pk_training_places")),
    )
    op.create_index(op.f("ix_training_places_kindergarten"), "training_places", ["kindergarten"], unique=False)
    op.create_index("ix_training_places_staff", "training_places", ["staff", "on_day"], unique=False)
    op.create_index(
        "uq_training_places_certificate",
        "training_places",
        ["certificate"],
        unique=True,
        postgresql_where=sa.text("certificate IS NOT NULL"),
    )
    migrations.scoped("training_sessions")
    migrations.scoped("training_places")
    migrations.versioned("training_places", "session")
    migrations.sql(OPEN)
