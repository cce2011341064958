"""first tables"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

OPEN = ("divisions", "populations", "groups")
OWNED = ("campuses", "classes", "kindergarten_types", "kindergarten_statuses")
VERSIONED = (
    "groups",
    "kindergartens",
    "campuses",
    "classes",
    "kindergarten_types",
    "kindergarten_statuses",
    "children",
    "guardians",
    "enrolments",
)

# What a key rotation writes anew says nothing new: no version, no history.
SEALED = {"children": ("document_sealed",), "guardians": ("document_sealed", "phone_sealed")}

# The class is locked, so of those who race for the last seat one commits before the next one counts.
LIMITS = """
CREATE FUNCTION keep_class_limits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM classes WHERE id IN (SELECT class_id FROM fresh) ORDER BY id FOR NO KEY UPDATE;
  -- Few classes were ever entered by more children than they may hold: only of these the days are counted.
  IF EXISTS (
    SELECT FROM classes c
    WHERE c.id IN (SELECT class_id FROM fresh)
      AND CASE WHEN (SELECT count(*) FROM enrolments WHERE class_id = c.id) > c.hard_limit THEN (
        SELECT max(n) FROM (
          SELECT sum(change) OVER (ORDER BY day, change) AS n FROM (
            SELECT since AS day, 1 AS change FROM enrolments WHERE class_id = c.id
            UNION ALL
            SELECT until, -1 FROM enrolments WHERE class_id = c.id AND until < '9999-12-31') moves) counts
      ) > c.hard_limit END
  ) THEN
    RAISE EXCEPTION 'class is full' USING ERRCODE = '23514', CONSTRAINT = 'class_is_full';
  END IF;
  IF EXISTS (
    SELECT FROM fresh f JOIN classes c ON c.id = f.class_id
    WHERE f.since < c.since OR f.since >= c.until OR (f.until > c.until AND f.until < '9999-12-31')
  ) THEN
    RAISE EXCEPTION 'outside the school year' USING ERRCODE = '23514', CONSTRAINT = 'enrolment_outside_the_school_year';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_class_limits_on_insert AFTER INSERT ON enrolments REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION keep_class_limits();
CREATE TRIGGER keep_class_limits_on_update AFTER UPDATE ON enrolments REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION keep_class_limits();
"""

# A child is seen by whoever runs the kindergarten it is in today, else the one it will enter next; without either, by
# where it lives. Who changed place because a day has come is found by `follow_calendar`, once a day.
FOLLOW = """
CREATE POLICY kept_by_triggers ON children TO {owner} USING (true);
CREATE POLICY kept_by_triggers ON enrolments TO {owner} USING (true);
CREATE FUNCTION beijing_today() RETURNS date LANGUAGE sql STABLE AS $$
  SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date
$$;
CREATE FUNCTION follow_enrolment() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE children c SET kindergarten = e.kindergarten, division = coalesce(e.division, c.residence_division),
         first_enrolled_on = e.first
  FROM (SELECT f.child, min(o.since) AS first,
               (array_agg(o.kindergarten ORDER BY o.since) FILTER (WHERE o.until > beijing_today()))[1] AS kindergarten,
               (array_agg(o.division ORDER BY o.since) FILTER (WHERE o.until > beijing_today()))[1] AS division
        FROM (SELECT DISTINCT t.child FROM touched t
              -- A first period that lasts, of a child registered where it begins: there is nothing to follow.
              WHERE TG_OP = 'DELETE' OR NOT EXISTS (
                SELECT FROM children k
                WHERE k.id = t.child AND k.kindergarten = t.kindergarten AND k.division = t.division
                  AND k.first_enrolled_on = t.since AND t.previous_until IS NULL
                  AND t.until > (SELECT beijing_today()))) f
        LEFT JOIN enrolments o ON o.child = f.child GROUP BY f.child) e
  WHERE c.id = e.child AND (c.kindergarten IS DISTINCT FROM e.kindergarten
        OR c.division <> coalesce(e.division, c.residence_division) OR c.first_enrolled_on IS DISTINCT FROM e.first);
  RETURN NULL;
END $$;
CREATE TRIGGER follow_enrolment_on_insert AFTER INSERT ON enrolments REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION follow_enrolment();
CREATE TRIGGER follow_enrolment_on_update AFTER UPDATE ON enrolments REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION follow_enrolment();
CREATE TRIGGER follow_enrolment_on_delete AFTER DELETE ON enrolments REFERENCING OLD TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION follow_enrolment();
CREATE FUNCTION follow_calendar() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH moved AS (
    UPDATE children c SET kindergarten = e.kindergarten, division = coalesce(e.division, c.residence_division)
    FROM (SELECT o.child,
                 (array_agg(o.kindergarten ORDER BY o.since) FILTER (WHERE o.until > beijing_today()))[1]
                   AS kindergarten,
                 (array_agg(o.division ORDER BY o.since) FILTER (WHERE o.until > beijing_today()))[1] AS division
          FROM enrolments o GROUP BY o.child) e
    WHERE c.id = e.child AND (c.kindergarten IS DISTINCT FROM e.kindergarten
          OR c.division <> coalesce(e.division, c.residence_division))
    RETURNING 1)
  SELECT count(*) FROM moved
$$;
REVOKE EXECUTE ON FUNCTION follow_calendar() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION follow_calendar() TO {app};
-- A kindergarten enrols a child it cannot see yet: it must know document, name and birth date, and learns the id only.
CREATE FUNCTION find_child(document bytea, called text, born date) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT id FROM children WHERE document_index = document AND name = called AND birth_date = born
$$;
REVOKE EXECUTE ON FUNCTION find_child(bytea, text, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_child(bytea, text, date) TO {app};
-- Whoever changes a child's periods holds the child first, its classes after: nobody waits in a circle.
CREATE FUNCTION hold_child(whom uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT 1 FROM children WHERE id = whom FOR NO KEY UPDATE
$$;
REVOKE EXECUTE ON FUNCTION hold_child(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hold_child(uuid) TO {app};
-- Where a new period of a child fits between its others, which may be another kindergarten's. The period after it is
-- made to follow it; the child is locked, so that of two who enrol it at once the second sees the first.
CREATE FUNCTION make_room(whom uuid, begins date, ends date, OUT previous_until date, OUT previous_reason text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE following record;
BEGIN
  PERFORM hold_child(whom);
  SELECT e.until, e.reason_out INTO previous_until, previous_reason
  FROM enrolments e WHERE e.child = whom AND e.since < begins ORDER BY e.since DESC LIMIT 1;
  SELECT e.id, e.since INTO following
  FROM enrolments e WHERE e.child = whom AND e.since >= begins ORDER BY e.since LIMIT 1;
  IF previous_until > begins OR following.since < ends THEN
    RAISE EXCEPTION 'already enrolled' USING ERRCODE = '23514', CONSTRAINT = 'child_already_enrolled';
  END IF;
  IF following.id IS NOT NULL THEN
    SET CONSTRAINTS enrolment_follows_nothing, child_already_enrolled_then DEFERRED;
    UPDATE enrolments e SET previous_until = ends WHERE e.id = following.id;
  END IF;
END $$;
REVOKE EXECUTE ON FUNCTION make_room(uuid, date, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION make_room(uuid, date, date) TO {app};
"""

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    migrations.install_platform()
    op.create_table(
        "divisions",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("usual_name", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("pinyin", sa.Text(collation="C"), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("zone_source", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["parent"], ["divisions.code"], name="fk_divisions_parent"),
        sa.PrimaryKeyConstraint("code", name="pk_divisions"),
    )
    op.create_index("ix_divisions_pinyin", "divisions", ["pinyin"], unique=False)
    op.create_table(
        "groups",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("founded_on", sa.Date(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["division"], ["divisions.code"], name="fk_groups_division"),
        sa.PrimaryKeyConstraint("id", name="pk_groups"),
    )
    op.create_table(
        "populations",
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("age", sa.Integer(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("children", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["division"], ["divisions.code"], name="fk_populations_division"),
        sa.PrimaryKeyConstraint("division", "counted_on", "age", "basis", name="pk_populations"),
    )
    op.create_table(
        "kindergartens",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("pinyin", sa.Text(collation="C"), nullable=False),
        sa.Column("school_code", sa.Text(), nullable=True),
        sa.Column("school_type", sa.Text(), server_default=sa.text("'111'"), nullable=False),
        sa.Column("credit_code", sa.Text(), nullable=True),
        sa.Column("credit_code_note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("founder", sa.Text(), nullable=False),
        sa.Column("founder_code", sa.Text(), nullable=False),
        sa.Column("for_profit", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("parent", sa.Uuid(), nullable=True),
        sa.Column("relation", sa.Text(), nullable=True),
        sa.Column("host_school", sa.Text(), nullable=True),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("licence_number", sa.Text(), nullable=True),
        sa.Column("licence_issued_on", sa.Date(), nullable=True),
        sa.Column("licence_expires_on", sa.Date(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("address", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("phone", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("urban_rural_code", sa.Text(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("town_centre", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("village_level", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("licensed_seats", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("relation IN ('branch', 'attached')", name="ck_kindergartens_relation"),
        sa.CheckConstraint(
            "(relation IS NULL) = (parent IS NULL AND host_school IS NULL)", name="relation_needs_a_parent"
        ),
        sa.CheckConstraint(
            "licence_expires_on IS NULL OR licence_issued_on <= licence_expires_on", name="licence_expires_before_issue"
        ),
        sa.ForeignKeyConstraint(["division"], ["divisions.code"], name="fk_kindergartens_division"),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_kindergartens_group_id"),
        sa.ForeignKeyConstraint(["parent"], ["kindergartens.id"], name="fk_kindergartens_parent"),
        sa.PrimaryKeyConstraint("id", name="pk_kindergartens"),
        sa.UniqueConstraint("credit_code", name="credit_code_taken"),
        sa.UniqueConstraint("id", "division", name="uq_kindergartens_id_division"),
        sa.UniqueConstraint("school_code", name="school_code_taken"),
    )
    op.create_index("ix_kindergartens_division", "kindergartens", ["division"], unique=False)
    op.create_index("ix_kindergartens_parent", "kindergartens", ["parent"], unique=False)
    op.create_index("ix_kindergartens_pinyin", "kindergartens", ["pinyin"], unique=False)
    op.create_table(
        "campuses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), server_default=sa.text("'9999-12-31'"), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            name="fk_campuses_kindergarten",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_campuses"),
    )
    op.create_index("ix_campuses_kindergarten", "campuses", ["kindergarten"], unique=False)
    op.create_table(
        "children",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("pinyin", sa.Text(collation="C"), nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("nationality", sa.Text(), server_default=sa.text("'156'"), nullable=False),
        sa.Column("ethnicity", sa.Text(), nullable=True),
        sa.Column("document_type", sa.Text(), nullable=False),
        sa.Column("document_sealed", postgresql.BYTEA(), nullable=False),
        sa.Column("document_index", postgresql.BYTEA(), nullable=False),
        sa.Column("document_mask", sa.Text(), nullable=False),
        sa.Column("household_division", sa.Text(), nullable=True),
        sa.Column("household_kind", sa.Text(), nullable=True),
        sa.Column("residence_division", sa.Text(), nullable=False),
        sa.Column("overseas_kind", sa.Text(), server_default=sa.text("'0'"), nullable=False),
        sa.Column("left_behind", sa.Text(), nullable=True),
        sa.Column("disability_scheme", sa.Text(), nullable=True),
        sa.Column("disability_kind", sa.Text(), nullable=True),
        sa.Column("special_care", sa.Text(), nullable=True),
        sa.Column("first_enrolled_on", sa.Date(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("sex IN ('0', '1', '2', '9')", name="ck_children_sex"),
        sa.ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            name="fk_children_kindergarten",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["residence_division"], ["divisions.code"], name="fk_children_residence_division"),
        sa.PrimaryKeyConstraint("id", name="pk_children"),
        sa.UniqueConstraint("document_index", name="child_already_registered"),
    )
    op.create_index("ix_children_birth_date", "children", ["birth_date"], unique=False)
    op.create_index("ix_children_division", "children", ["division"], unique=False)
    op.create_index("ix_children_kindergarten_pinyin", "children", ["kindergarten", "pinyin"], unique=False)
    op.create_index("ix_children_pinyin", "children", ["pinyin"], unique=False)
    op.create_table(
        "classes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("school_year", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("pinyin", sa.Text(collation="C"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("standard_size", sa.Integer(), nullable=False),
        sa.Column("hard_limit", sa.Integer(), nullable=False),
        sa.Column("boarding", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("continues", sa.Uuid(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("kind IN ('nursery', 'small', 'middle', 'large', 'mixed')", name="ck_classes_kind"),
        sa.CheckConstraint("since < until", name="ck_classes_period"),
        sa.CheckConstraint("standard_size > 0 AND hard_limit >= standard_size", name="ck_classes_sizes"),
        sa.ForeignKeyConstraint(["continues"], ["classes.id"], name="fk_classes_continues"),
        sa.ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            name="fk_classes_kindergarten",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_classes"),
        sa.UniqueConstraint("id", "kindergarten", "division", name="uq_classes_id_kindergarten_division"),
        sa.UniqueConstraint("kindergarten", "school_year", "name", name="class_name_taken"),
    )
    op.create_index("ix_classes_division", "classes", ["division"], unique=False)
    op.create_index("ix_classes_pinyin", "classes", ["pinyin"], unique=False)
    op.create_table(
        "kindergarten_statuses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), server_default=sa.text("'9999-12-31'"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.text("uuidrange(kindergarten, kindergarten, '[]')"), "&&"),
            (sa.text("daterange(since, until)"), "&&"),
            using="gist",
            name="kindergarten_has_one_status_a_day",
        ),
        sa.CheckConstraint(
            "status IN ('proposed', 'preparing', 'operating', 'suspended', 'closed')",
            name="ck_kindergarten_statuses_status",
        ),
        sa.CheckConstraint("since < until", name="ck_kindergarten_statuses_period"),
        sa.ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            name="fk_kindergarten_statuses_kindergarten",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_kindergarten_statuses"),
    )
    op.create_index(
        "ix_kindergarten_statuses_kindergarten", "kindergarten_statuses", ["kindergarten", "since"], unique=False
    )
    op.create_table(
        "kindergarten_types",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), server_default=sa.text("'9999-12-31'"), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.text("uuidrange(kindergarten, kindergarten, '[]')"), "&&"),
            (sa.text("daterange(since, until)"), "&&"),
            using="gist",
            name="kindergarten_has_one_type_a_day",
        ),
        sa.CheckConstraint("type IN ('public', 'inclusive_private', 'private')", name="ck_kindergarten_types_type"),
        sa.CheckConstraint("since < until", name="ck_kindergarten_types_period"),
        sa.ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            name="fk_kindergarten_types_kindergarten",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_kindergarten_types"),
    )
    op.create_index("ix_kindergarten_types_kindergarten", "kindergarten_types", ["kindergarten", "since"], unique=False)
    op.create_table(
        "enrolments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child", sa.Uuid(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), server_default=sa.text("'9999-12-31'"), nullable=False),
        sa.Column("previous_until", sa.Date(), nullable=True),
        sa.Column("reason_in", sa.Text(), nullable=False),
        sa.Column("reason_out", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(until = '9999-12-31') = (reason_out IS NULL)", name="ck_enrolments_reason_out_with_end"),
        sa.CheckConstraint(
            "reason_in IN ('new', 'transfer', 'return', 'promotion', 'regrouping')", name="ck_enrolments_reason_in"
        ),
        sa.CheckConstraint(
            "reason_out IN ('graduated', 'transfer', 'left', 'promotion', 'regrouping')",
            name="ck_enrolments_reason_out",
        ),
        sa.CheckConstraint(
            "previous_until IS NULL OR previous_until <= since", name="enrolment_overlaps_the_one_before"
        ),
        sa.CheckConstraint("since < until", name="enrolment_ends_before_it_begins"),
        sa.ForeignKeyConstraint(
            ["child", "previous_until"],
            ["enrolments.child", "enrolments.until"],
            name="enrolment_follows_nothing",
            onupdate="CASCADE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["child"], ["children.id"], name="fk_enrolments_child"),
        sa.ForeignKeyConstraint(
            ["class_id", "kindergarten", "division"],
            ["classes.id", "classes.kindergarten", "classes.division"],
            name="fk_enrolments_class",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_enrolments"),
        sa.UniqueConstraint(
            "child",
            "previous_until",
            deferrable=True,
            name="child_already_enrolled_then",
            postgresql_nulls_not_distinct=True,
        ),
        sa.UniqueConstraint("child", "until", name="child_already_enrolled"),
    )
    op.create_index("ix_enrolments_class", "enrolments", ["class_id", "until"], unique=False)
    op.create_index(
        "ix_enrolments_import",
        "enrolments",
        ["import_id", "kindergarten"],
        unique=False,
        postgresql_where=sa.text("import_id IS NOT NULL"),
    )
    op.create_index("ix_enrolments_kindergarten", "enrolments", ["kindergarten", "until"], unique=False)
    op.create_index("ix_enrolments_since", "enrolments", ["since", "id"], unique=False)
    op.create_table(
        "guardians",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("document_type", sa.Text(), nullable=True),
        sa.Column("document_sealed", postgresql.BYTEA(), nullable=True),
        sa.Column("document_index", postgresql.BYTEA(), nullable=True),
        sa.Column("document_mask", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("phone_sealed", postgresql.BYTEA(), nullable=True),
        sa.Column("phone_index", postgresql.BYTEA(), nullable=True),
        sa.Column("phone_mask", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["child"], ["children.id"], name="fk_guardians_child", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_guardians"),
        sa.UniqueConstraint("child", "document_index", name="guardian_already_recorded"),
    )
    for table in OPEN:
        migrations.open_to_all(table)
    migrations.sql("GRANT INSERT, UPDATE ON groups, populations TO {app}")
    migrations.scoped("kindergartens", kindergarten="id")
    for table in OWNED:
        migrations.scoped(table)
    migrations.sql("GRANT DELETE ON classes TO {app}")
    migrations.scoped("children", rights="SELECT, INSERT, UPDATE, DELETE")
    migrations.scoped("enrolments", rights="SELECT, INSERT, UPDATE, DELETE")
    migrations.sql(
        "ALTER TABLE guardians ENABLE ROW LEVEL SECURITY; ALTER TABLE guardians FORCE ROW LEVEL SECURITY;"
        " CREATE POLICY with_the_child ON guardians TO {app}"
        " USING (EXISTS (SELECT FROM children c WHERE c.id = child));"
        " GRANT SELECT, INSERT, UPDATE, DELETE ON guardians TO {app}"
    )
    for table in VERSIONED:
        own = "id" if table == "kindergartens" else "kindergarten"
        migrations.versioned(table, quiet=SEALED.get(table, ()), kindergarten=own)
    migrations.sql(LIMITS)
    migrations.sql(FOLLOW)
