"""admission"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

SCOPED = ("admission_rounds", "admission_seeds", "admission_applications", "admission_declarations")
# A round that is published and what it offers are for all to see, wherever they are.
KNOWN = """
CREATE POLICY known_to_all ON admission_rounds FOR SELECT TO {app} USING (state <> 'draft');
CREATE POLICY known_to_all ON admission_seats FOR SELECT TO {app} USING (true);
CREATE POLICY known_to_all ON admission_publications FOR SELECT TO {app} USING (true);
"""
# Who answers for where the child lives sees what became of its application, in whichever town the kindergarten is.
PLACES = """
CREATE POLICY of_the_applicant ON admission_places TO {app} USING (
  home_division ^@ ANY ((SELECT string_to_array(current_setting('app.divisions', true), ','))::text[]));
CREATE POLICY kept_by_functions ON admission_rounds TO {owner} USING (true);
CREATE POLICY kept_by_functions ON admission_seats TO {owner} USING (true);
CREATE POLICY kept_by_functions ON admission_places FOR SELECT TO {owner} USING (true);
-- Applications are taken while the round stays as it is; who closes it waits for them.
CREATE FUNCTION hold_admission_round(which uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT 1 FROM admission_rounds WHERE id = which FOR SHARE
$$;
REVOKE EXECUTE ON FUNCTION hold_admission_round(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hold_admission_round(uuid) TO {app};
-- A kindergarten learns who was offered one of its places, of those who wait only how many they are.
CREATE FUNCTION admitted_child(place uuid, OUT name text, OUT sex text, OUT birth_date date, OUT document_mask text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.name, c.sex, c.birth_date, c.document_mask FROM admission_places p JOIN children c ON c.id = p.child
  WHERE p.id = place AND p.state IN ('offered', 'accepted')
$$;
REVOKE EXECUTE ON FUNCTION admitted_child(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION admitted_child(uuid) TO {app};
-- The seats are locked, so that of two who take the last one the second counts the first.
CREATE FUNCTION keep_admission_seats() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM admission_seats WHERE id IN (SELECT seats_of FROM fresh) ORDER BY id FOR NO KEY UPDATE;
  IF EXISTS (
    SELECT FROM admission_seats s WHERE s.id IN (SELECT seats_of FROM fresh WHERE state IN ('offered', 'accepted'))
      AND s.seats < (SELECT count(*) FROM admission_places p
                     WHERE p.seats_of = s.id AND p.state IN ('offered', 'accepted'))
  ) THEN
    RAISE EXCEPTION 'no seat' USING ERRCODE = '23514', CONSTRAINT = 'admission_seats_are_taken';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_admission_seats_on_insert AFTER INSERT ON admission_places REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION keep_admission_seats();
CREATE TRIGGER keep_admission_seats_on_update AFTER UPDATE ON admission_places REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION keep_admission_seats();
"""

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "admission_rounds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("school_year", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("answer_days", sa.Integer(), nullable=False),
        sa.Column("priorities", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'draft'"), nullable=False),
        sa.Column("seed_commitment", sa.Text(), nullable=True),
        sa.Column("inputs_hash", sa.Text(), nullable=True),
        sa.Column("result_hash", sa.Text(), nullable=True),
        sa.Column("seed", sa.Text(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(state = 'draft') = (seed_commitment IS NULL)", name="ck_admission_rounds_commitment"),
        sa.CheckConstraint(
            "(state IN ('allocated', 'ended')) = (result_hash IS NOT NULL AND seed IS NOT NULL)",
            name="ck_admission_rounds_result",
        ),
        sa.CheckConstraint("(state IN ('draft', 'open')) = (inputs_hash IS NULL)", name="ck_admission_rounds_inputs"),
        sa.CheckConstraint(
            "state IN ('draft', 'open', 'closed', 'allocated', 'ended')", name="ck_admission_rounds_state"
        ),
        sa.CheckConstraint("answer_days BETWEEN 1 AND 60 AND stage >= 1", name="ck_admission_rounds_numbers"),
        sa.CheckConstraint("opens_on <= closes_on", name="round_closes_before_it_opens"),
        sa.ForeignKeyConstraint(["division"], ["divisions.code"], name="fk_admission_rounds_division"),
        sa.PrimaryKeyConstraint("id", name="pk_admission_rounds"),
        sa.UniqueConstraint("division", "school_year", "stage", name="round_already_planned"),
    )
    op.create_table(
        "admission_publications",
        sa.Column("round", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("kind IN ('inputs', 'result')", name="ck_admission_publications_kind"),
        sa.ForeignKeyConstraint(["round"], ["admission_rounds.id"], name="fk_admission_publications_round"),
        sa.PrimaryKeyConstraint("round", "kind", name="pk_admission_publications"),
    )
    op.create_table(
        "admission_seeds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("sealed", postgresql.BYTEA(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["admission_rounds.id"], name="fk_admission_seeds_id"),
        sa.PrimaryKeyConstraint("id", name="pk_admission_seeds"),
    )
    op.create_table(
        "admission_seats",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("catchment", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("kindergarten_name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("kind IN ('small', 'middle', 'large', 'mixed')", name="ck_admission_seats_kind"),
        sa.CheckConstraint("seats BETWEEN 0 AND 10000", name="ck_admission_seats_number"),
        sa.ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            name="fk_admission_seats_kindergarten",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["round"], ["admission_rounds.id"], name="fk_admission_seats_round"),
        sa.PrimaryKeyConstraint("id", name="pk_admission_seats"),
        sa.UniqueConstraint("round", "kindergarten", "kind", name="uq_admission_seats_round_kindergarten_kind"),
    )
    op.create_table(
        "child_follow_ups",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("school_year", sa.Integer(), nullable=False),
        sa.Column("followed_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('will_apply', 'elsewhere', 'at_home', 'health', 'support_needed', 'not_reached', 'moved_away')",
            name="ck_child_follow_ups_outcome",
        ),
        sa.ForeignKeyConstraint(["child"], ["children.id"], name="child_is_followed_up"),
        sa.PrimaryKeyConstraint("id", name="pk_child_follow_ups"),
    )
    op.create_index("ix_child_follow_ups_child", "child_follow_ups", ["child", "school_year", "id"], unique=False)
    op.create_table(
        "admission_applications",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("child", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("guardian", sa.Uuid(), nullable=True),
        sa.Column("consented_on", sa.Date(), nullable=False),
        sa.Column("wishes", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("bands", postgresql.ARRAY(sa.SmallInteger()), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'filed'"), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("state IN ('filed', 'withdrawn')", name="ck_admission_applications_state"),
        sa.CheckConstraint(
            "cardinality(wishes) BETWEEN 1 AND 20 AND cardinality(bands) = cardinality(wishes)",
            name="ck_admission_applications_wishes",
        ),
        sa.ForeignKeyConstraint(["child"], ["children.id"], name="child_has_an_application"),
        sa.ForeignKeyConstraint(
            ["guardian"], ["guardians.id"], name="fk_admission_applications_guardian", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["round"], ["admission_rounds.id"], name="fk_admission_applications_round"),
        sa.PrimaryKeyConstraint("id", name="pk_admission_applications"),
        sa.UniqueConstraint("number", name="uq_admission_applications_number"),
    )
    op.create_index(
        "child_has_applied",
        "admission_applications",
        ["round", "child"],
        unique=True,
        postgresql_where=sa.text("state = 'filed'"),
    )
    op.create_index("ix_admission_applications_child", "admission_applications", ["child"], unique=False)
    op.create_index("ix_admission_applications_round", "admission_applications", ["round", "id"], unique=False)
    op.create_table(
        "admission_declarations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("criterion", sa.Text(), nullable=False),
        sa.Column("at_kindergarten", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), server_default=sa.text("'declared'"), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("checked_by", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "(state = 'declared') = (checked_by IS NULL)", name="ck_admission_declarations_checked_by_somebody"
        ),
        sa.CheckConstraint("state IN ('declared', 'confirmed', 'rejected')", name="ck_admission_declarations_state"),
        sa.ForeignKeyConstraint(
            ["application"], ["admission_applications.id"], name="fk_admission_declarations_application"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_admission_declarations"),
        sa.UniqueConstraint(
            "application", "criterion", "at_kindergarten", name="already_declared", postgresql_nulls_not_distinct=True
        ),
    )
    op.create_table(
        "admission_places",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Uuid(), nullable=False),
        sa.Column("application", sa.Uuid(), nullable=False),
        sa.Column("child", sa.Uuid(), nullable=False),
        sa.Column("home_division", sa.Text(), nullable=False),
        sa.Column("seats_of", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("wish", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("offered_on", sa.Date(), nullable=True),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("enrolment", sa.Uuid(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("(state = 'accepted') = (enrolment IS NOT NULL)", name="ck_admission_places_enrolment"),
        sa.CheckConstraint("state <> 'offered' OR answer_by IS NOT NULL", name="ck_admission_places_deadline"),
        sa.CheckConstraint(
            "state IN ('waiting', 'offered', 'accepted', 'declined', 'lapsed', 'replaced', 'closed')",
            name="ck_admission_places_state",
        ),
        sa.ForeignKeyConstraint(["application"], ["admission_applications.id"], name="fk_admission_places_application"),
        sa.ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            name="fk_admission_places_kindergarten",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["round"], ["admission_rounds.id"], name="fk_admission_places_round"),
        sa.ForeignKeyConstraint(["seats_of"], ["admission_seats.id"], name="fk_admission_places_seats_of"),
        sa.PrimaryKeyConstraint("id", name="pk_admission_places"),
        sa.UniqueConstraint("application", "seats_of", name="uq_admission_places_application_seats_of"),
    )
    op.create_index(
        "applicant_holds_a_place",
        "admission_places",
        ["application"],
        unique=True,
        postgresql_where=sa.text("state IN ('offered', 'accepted')"),
    )
    op.create_index("ix_admission_places_child", "admission_places", ["child"], unique=False)
    op.create_index("ix_admission_places_kindergarten", "admission_places", ["kindergarten", "id"], unique=False)
    op.create_index("ix_admission_places_round", "admission_places", ["round", "seats_of", "turn"], unique=False)

    for table in SCOPED:
        migrations.scoped(table, kindergarten="")
    migrations.scoped("admission_publications", kindergarten="", rights="SELECT, INSERT")
    migrations.scoped("child_follow_ups", kindergarten="", rights="SELECT, INSERT")
    migrations.scoped("admission_seats", rights="SELECT, INSERT, UPDATE, DELETE")
    migrations.scoped("admission_places")
    for table in ("admission_rounds", "admission_seats", "admission_applications", "admission_declarations"):
        migrations.versioned(table)
    migrations.versioned("admission_places")
    migrations.sql(KNOWN)
    migrations.sql(PLACES)
