"""attendance and certified months"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

# One partition a school year: a district's is small enough to be read whole, and an old one can be taken away whole.
# What lies outside these years still finds a place.
FIRST_YEAR, LAST_YEAR = 2020, 2040
PARTITION = """
CREATE TABLE {name} PARTITION OF attendance {bounds} WITH (fillfactor = 75);
ALTER TABLE {name} RENAME CONSTRAINT {name}_pkey TO pk_{name};
ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {name} FORCE ROW LEVEL SECURITY;
CREATE POLICY through_attendance_only ON {name} TO {app} USING (false);
"""

# A writer holds its classes, and so does who certifies: of the two, the second sees what the first has done.
CERTIFIED = """
CREATE FUNCTION month_is_open(whose uuid, at date) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT NOT EXISTS (SELECT FROM headcounts WHERE kindergarten = whose AND month = at AND state = 'certified')
      OR EXISTS (SELECT FROM headcounts WHERE kindergarten = whose AND month = at AND state IN ('correcting', 'prepared'))
$$;
CREATE FUNCTION keep_certified_months() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM classes WHERE id IN (SELECT class_id FROM fresh) ORDER BY id FOR NO KEY UPDATE;
  IF EXISTS (SELECT FROM (SELECT DISTINCT kindergarten, month FROM fresh) w
             WHERE NOT month_is_open(w.kindergarten, w.month)) THEN
    RAISE EXCEPTION 'month is certified' USING ERRCODE = '23514', CONSTRAINT = 'month_is_certified';
  END IF;
  RETURN NULL;
END $$;
-- A kindergarten that moves to another town takes its months with it: that changes no mark.
CREATE FUNCTION keep_certified_months_as_they_are() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM classes WHERE id IN (SELECT class_id FROM fresh) ORDER BY id FOR NO KEY UPDATE;
  IF EXISTS (SELECT FROM (SELECT DISTINCT f.kindergarten, f.month FROM fresh f
                          JOIN stale s USING (month, child, class_id) WHERE f.marks <> s.marks) w
             WHERE NOT month_is_open(w.kindergarten, w.month)) THEN
    RAISE EXCEPTION 'month is certified' USING ERRCODE = '23514', CONSTRAINT = 'month_is_certified';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_certified_months_on_insert AFTER INSERT ON attendance REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION keep_certified_months();
CREATE TRIGGER keep_certified_months_on_update AFTER UPDATE ON attendance
  REFERENCING OLD TABLE AS stale NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION keep_certified_months_as_they_are();
-- What was taken before and is changed is a correction; taking a day for the first time is none.
CREATE TRIGGER keep_history AFTER UPDATE ON attendance FOR EACH ROW
  WHEN (NEW.marks NOT LIKE OLD.marks) EXECUTE FUNCTION keep_history('child', 'kindergarten');
"""

FINAL = """
CREATE FUNCTION keep_headcount_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR to_jsonb(OLD) - '{{division, version}}'::text[] IS DISTINCT FROM
     to_jsonb(NEW) - '{{division, version}}'::text[] THEN
    RAISE EXCEPTION 'final' USING ERRCODE = '23514', CONSTRAINT = 'certified_headcount_is_final';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_headcount_final BEFORE UPDATE ON headcounts FOR EACH ROW
  WHEN (OLD.state IN ('certified', 'withdrawn')) EXECUTE FUNCTION keep_headcount_final();
CREATE TRIGGER keep_headcount_final_on_delete BEFORE DELETE ON headcounts FOR EACH ROW
  EXECUTE FUNCTION keep_headcount_final();
CREATE TRIGGER keep_headcount_final BEFORE UPDATE OR DELETE ON headcount_classes FOR EACH ROW
  EXECUTE FUNCTION keep_headcount_final();
CREATE FUNCTION keep_headcount_complete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM headcounts h JOIN fresh f ON f.headcount = h.id WHERE h.state <> 'prepared') THEN
    RAISE EXCEPTION 'final' USING ERRCODE = '23514', CONSTRAINT = 'certified_headcount_is_final';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_headcount_complete AFTER INSERT ON headcount_classes REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION keep_headcount_complete();
"""

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_days",
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            name="fk_calendar_days_kindergarten",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("kindergarten", "day", name="pk_calendar_days"),
    )
    op.create_table(
        "headcounts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("count_day", sa.Date(), nullable=True),
        sa.Column("open_days", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("document", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("prepared_by", sa.Text(), nullable=True),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("certified_by", sa.Text(), nullable=True),
        sa.Column("certified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("previous_hash", sa.Text(), nullable=True),
        sa.Column("hash", sa.Text(), nullable=True),
        sa.Column("difference", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("state IN ('correcting', 'prepared', 'certified', 'withdrawn')", name="ck_headcounts_state"),
        sa.CheckConstraint("certified_by <> prepared_by", name="another_person_certifies"),
        sa.CheckConstraint("extract(day FROM month) = 1 AND revision >= 1", name="ck_headcounts_month"),
        sa.CheckConstraint(
            "(state = 'certified') = (certified_by IS NOT NULL AND certified_at IS NOT NULL)",
            name="ck_headcounts_certified_by_somebody",
        ),
        sa.CheckConstraint(
            "state NOT IN ('prepared', 'certified') OR (prepared_by IS NOT NULL AND hash IS NOT NULL"
            " AND count_day IS NOT NULL AND open_days IS NOT NULL)",
            name="ck_headcounts_prepared_in_full",
        ),
        sa.ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            name="fk_headcounts_kindergarten",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_headcounts"),
    )
    op.create_index(
        "headcount_is_being_prepared",
        "headcounts",
        ["kindergarten", "month"],
        unique=True,
        postgresql_where=sa.text("state IN ('correcting', 'prepared')"),
    )
    op.create_index(
        "headcount_already_certified",
        "headcounts",
        ["kindergarten", "month", "revision"],
        unique=True,
        postgresql_where=sa.text("state <> 'withdrawn'"),
    )
    op.create_index("ix_headcounts_month", "headcounts", ["month", "id"], unique=False)
    op.create_table(
        "headcount_classes",
        sa.Column("headcount", sa.Uuid(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("children", sa.Integer(), nullable=False),
        sa.Column("last_year_children", sa.Integer(), nullable=False),
        sa.Column("half_days", sa.Integer(), nullable=False),
        sa.Column("child_days", sa.Integer(), nullable=False),
        sa.Column("roll", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("roll_hash", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "children >= last_year_children AND last_year_children >= 0 AND child_days = half_days / 2",
            name="ck_headcount_classes_counts",
        ),
        sa.ForeignKeyConstraint(["headcount"], ["headcounts.id"], name="fk_headcount_classes_headcount"),
        sa.ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            name="fk_headcount_classes_kindergarten",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("headcount", "class_id", name="pk_headcount_classes"),
    )
    op.create_table(
        "attendance",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("child", sa.Uuid(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint("extract(day FROM month) = 1", name="ck_attendance_month"),
        sa.CheckConstraint("marks ~ '^[_PSLAQH]{62}$'", name="ck_attendance_marks"),
        sa.ForeignKeyConstraint(["child"], ["children.id"], name="child_has_attendance"),
        sa.ForeignKeyConstraint(
            ["class_id", "kindergarten", "division"],
            ["classes.id", "classes.kindergarten", "classes.division"],
            name="fk_attendance_class",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("month", "child", "class_id", name="pk_attendance"),
        postgresql_partition_by="RANGE (month)",
    )
    op.create_index("ix_attendance_kindergarten", "attendance", ["kindergarten", "month", "class_id"], unique=False)
    for year in range(FIRST_YEAR, LAST_YEAR):
        bounds = f"FOR VALUES FROM ('{year}-09-01') TO ('{year + 1}-09-01')"
        migrations.sql(PARTITION, name=f"attendance_{year}", bounds=bounds)
    migrations.sql(PARTITION, name="attendance_other", bounds="DEFAULT")
    migrations.scoped("attendance")
    migrations.scoped("calendar_days")
    migrations.versioned("calendar_days", key="kindergarten")
    migrations.scoped("headcounts")
    migrations.versioned("headcounts")
    migrations.scoped("headcount_classes", rights="SELECT, INSERT")
    migrations.sql(CERTIFIED)
    migrations.sql(FINAL)
