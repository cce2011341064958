"""attendance of staff, certified with the month"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

# As of children: a writer holds the classes, and so does who certifies. A move to another town changes no mark.
CERTIFIED = """
CREATE FUNCTION keep_certified_staff_months() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM classes c WHERE EXISTS (SELECT FROM fresh f WHERE f.kindergarten = c.kindergarten
    AND c.since < f.month + interval '1 month' AND c.until > f.month) ORDER BY id FOR NO KEY UPDATE;
  IF EXISTS (SELECT FROM (SELECT DISTINCT kindergarten, month FROM fresh) w
             WHERE NOT month_is_open(w.kindergarten, w.month)) THEN
    RAISE EXCEPTION 'month is certified' USING ERRCODE = '23514', CONSTRAINT = 'month_is_certified';
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION keep_certified_staff_months_as_they_are() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM classes c WHERE EXISTS (SELECT FROM fresh f WHERE f.kindergarten = c.kindergarten
    AND c.since < f.month + interval '1 month' AND c.until > f.month) ORDER BY id FOR NO KEY UPDATE;
  IF EXISTS (SELECT FROM (SELECT DISTINCT f.kindergarten, f.month FROM fresh f
                          JOIN stale s USING (month, kindergarten, person) WHERE f.marks <> s.marks) w
             WHERE NOT month_is_open(w.kindergarten, w.month)) THEN
    RAISE EXCEPTION 'month is certified' USING ERRCODE = '23514', CONSTRAINT = 'month_is_certified';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_certified_staff_months_on_insert AFTER INSERT ON staff_attendance REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION keep_certified_staff_months();
CREATE TRIGGER keep_certified_staff_months_on_update AFTER UPDATE ON staff_attendance
  REFERENCING OLD TABLE AS stale NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION keep_certified_staff_months_as_they_are();
CREATE TRIGGER keep_history AFTER UPDATE ON staff_attendance FOR EACH ROW
  WHEN (NEW.marks NOT LIKE OLD.marks) EXECUTE FUNCTION keep_history('person', 'kindergarten');
"""

revision = "n04"
down_revision = "n03"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff_attendance",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint("marks ~ '^[_PSLAQH]{62}$'", name="ck_staff_attendance_marks"),
        sa.CheckConstraint("extract(day FROM month) = 1", name="ck_staff_attendance_month"),
        sa.ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            name="fk_staff_attendance_kindergarten",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["person"], ["staff.id"], name="fk_staff_attendance_person"),
        sa.PrimaryKeyConstraint("month", "kindergarten", "person", name="pk_staff_attendance"),
    )
    op.create_index("ix_staff_attendance_person", "staff_attendance", ["person", "month"], unique=False)
    migrations.scoped("staff_attendance")
    migrations.sql(CERTIFIED)
    op.add_column("headcounts", sa.Column("staff", postgresql.JSONB(astext_type=sa.Text()), nullable=True))
