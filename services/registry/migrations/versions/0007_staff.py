"""staff, posts, qualifications, bars, quotas"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

# Whoever sees a post of a person that lasts sees the person; besides, the kindergarten of the post that began last.
STAFF = """
ALTER TABLE staff ENABLE ROW LEVEL SECURITY;
ALTER TABLE staff FORCE ROW LEVEL SECURITY;
CREATE POLICY within_scope ON staff TO {app} USING (
  {scope} OR id IN (SELECT p.person FROM posts p WHERE p.until > (SELECT beijing_today())));
GRANT SELECT, INSERT, UPDATE ON staff TO {app};
"""
QUALIFICATIONS = """
ALTER TABLE qualifications ENABLE ROW LEVEL SECURITY;
ALTER TABLE qualifications FORCE ROW LEVEL SECURITY;
CREATE POLICY with_the_person ON qualifications TO {app} USING (person IN (SELECT s.id FROM staff s));
GRANT SELECT, INSERT, UPDATE ON qualifications TO {app};
"""
# Whoever appoints a person asked about it before the person came into sight; what was answered is stored all the same.
CHECKS = """
ALTER TABLE background_checks ENABLE ROW LEVEL SECURITY;
ALTER TABLE background_checks FORCE ROW LEVEL SECURITY;
CREATE POLICY with_the_person ON background_checks FOR SELECT TO {app} USING (person IN (SELECT s.id FROM staff s));
CREATE POLICY stored_before ON background_checks FOR INSERT TO {app} WITH CHECK (true);
GRANT SELECT, INSERT ON background_checks TO {app};
"""
FUNCTIONS = """
CREATE POLICY kept_by_functions ON staff TO {owner} USING (true);
CREATE POLICY kept_by_functions ON posts TO {owner} USING (true);
CREATE POLICY kept_by_functions ON qualifications FOR SELECT TO {owner} USING (true);
CREATE POLICY kept_by_functions ON background_checks FOR SELECT TO {owner} USING (true);
CREATE POLICY kept_by_functions ON bars FOR SELECT TO {owner} USING (true);
CREATE FUNCTION follow_post() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE staff s SET kindergarten = l.kindergarten, division = l.division
  FROM (SELECT DISTINCT ON (p.person) p.person, p.kindergarten, p.division FROM posts p
        WHERE p.person IN (SELECT person FROM touched) ORDER BY p.person, p.since DESC, p.full_time DESC, p.id DESC) l
  WHERE s.id = l.person AND (s.kindergarten IS DISTINCT FROM l.kindergarten OR s.division <> l.division);
  RETURN NULL;
END $$;
CREATE TRIGGER follow_post_on_insert AFTER INSERT ON posts REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION follow_post();
CREATE TRIGGER follow_post_on_update AFTER UPDATE ON posts REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION follow_post();
-- A kindergarten appoints a person it cannot see yet: it must know document and name, and learns the id only.
CREATE FUNCTION find_person(document bytea, called text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT id FROM staff WHERE document_index = document AND name = called
$$;
-- Whoever changes a person's posts or bars holds the person first.
CREATE FUNCTION hold_person(whom uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT 1 FROM staff WHERE id = whom FOR NO KEY UPDATE
$$;
-- The same by document, for a bar: who keeps the list need not see where the person works.
CREATE FUNCTION hold_document(document bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT 1 FROM staff WHERE document_index = document FOR NO KEY UPDATE
$$;
-- What the rules of a post ask about a person, wherever the person worked.
CREATE FUNCTION staff_standing(whom uuid) RETURNS json
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT json_build_object(
    'education', s.education, 'experience_months', s.experience_months,
    'posts', (SELECT coalesce(json_agg(json_build_array(p.role, p.since, p.until, p.kindergarten)), '[]')
              FROM posts p WHERE p.person = s.id),
    'proofs', (SELECT coalesce(json_agg(json_build_array(q.kind, q.issued_on, q.expires_on, q.revoked_on)), '[]')
               FROM qualifications q WHERE q.person = s.id),
    'checks', (SELECT coalesce(json_agg(json_build_array(c.checked_on, c.result) ORDER BY c.checked_on, c.id), '[]')
               FROM background_checks c WHERE c.person = s.id),
    'bars', (SELECT coalesce(json_agg(json_build_array(b.since, b.until)), '[]')
             FROM bars b WHERE b.document_index = s.document_index))
  FROM staff s WHERE s.id = whom
$$;
-- The bars of those who are registered: from when until when, never why.
CREATE FUNCTION barred_staff() RETURNS TABLE (person uuid, since date, until date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.id, b.since, b.until FROM bars b JOIN staff s ON s.document_index = b.document_index
$$;
-- Everyone at work on a day once, by the main post, in the caller's scope: numbers only, of who has left it as well.
CREATE FUNCTION staff_structure(day date, within text, place uuid)
RETURNS TABLE (role text, employment text, education text, title text, preschool_major boolean, age integer,
  people bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.role, m.employment, s.education, s.title, s.preschool_major,
         extract(year FROM age(day, s.birth_date))::integer, count(*)
  FROM (SELECT DISTINCT ON (p.person) p.person, p.role, p.employment FROM posts p
        WHERE p.since <= day AND p.until > day AND starts_with(p.division, within)
          AND coalesce(place, p.kindergarten) = p.kindergarten AND {scope}
        ORDER BY p.person, p.full_time DESC, p.since, p.id) m
  JOIN staff s ON s.id = m.person
  GROUP BY 1, 2, 3, 4, 5, 6
$$;
REVOKE EXECUTE ON FUNCTION find_person(bytea, text), hold_person(uuid), hold_document(bytea), staff_standing(uuid),
  barred_staff(), staff_structure(date, text, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_person(bytea, text), hold_person(uuid), hold_document(bytea), staff_standing(uuid),
  barred_staff(), staff_structure(date, text, uuid) TO {app};
"""

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("pinyin", sa.Text(collation="C"), nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("ethnicity", sa.Text(), nullable=True),
        sa.Column("document_type", sa.Text(), nullable=False),
        sa.Column("document_sealed", postgresql.BYTEA(), nullable=False),
        sa.Column("document_index", postgresql.BYTEA(), nullable=False),
        sa.Column("document_mask", sa.Text(), nullable=False),
        sa.Column("education", sa.Text(), nullable=False),
        sa.Column("preschool_major", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("title", sa.Text(), server_default=sa.text("'none'"), nullable=False),
        sa.Column("experience_months", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("experience_evidence", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "education IN ('doctor', 'master', 'bachelor', 'college', 'vocational', 'high_school', 'middle_school', 'primary_school')",
            name="ck_staff_education",
        ),
        sa.CheckConstraint("sex IN ('0', '1', '2', '9')", name="ck_staff_sex"),
        sa.CheckConstraint(
            "title IN ('none', 'third', 'second', 'first', 'senior', 'full_senior')", name="ck_staff_title"
        ),
        sa.CheckConstraint("experience_months >= 0", name="ck_staff_experience_months"),
        sa.ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            name="fk_staff_kindergarten",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("document_index", name="person_already_registered"),
    )
    op.create_index("ix_staff_division", "staff", ["division"], unique=False)
    op.create_index("ix_staff_kindergarten_pinyin", "staff", ["kindergarten", "pinyin"], unique=False)
    op.create_index("ix_staff_pinyin", "staff", ["pinyin"], unique=False)
    op.create_table(
        "qualifications",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("issuer", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('kindergarten_teacher', 'other_teacher', 'preschool_training', 'principal_training', 'childcare', 'physician', 'nurse', 'health_training', 'guard', 'health_certificate', 'food_safety')",
            name="ck_qualifications_kind",
        ),
        sa.CheckConstraint("expires_on >= issued_on", name="ck_qualifications_period"),
        sa.CheckConstraint("revoked_on >= issued_on", name="ck_qualifications_revoked_on"),
        sa.ForeignKeyConstraint(["person"], ["staff.id"], name="fk_qualifications_person"),
        sa.PrimaryKeyConstraint("id", name="pk_qualifications"),
        sa.UniqueConstraint("person", "kind", "number", "issued_on", name="qualification_already_recorded"),
    )
    op.create_index(
        "ix_qualifications_expires_on",
        "qualifications",
        ["expires_on"],
        unique=False,
        postgresql_where=sa.text("expires_on IS NOT NULL"),
    )
    op.create_table(
        "background_checks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "channel IN ('education_platform', 'education_department', 'police', 'procuratorate')",
            name="ck_background_checks_channel",
        ),
        sa.CheckConstraint("result IN ('clear', 'found')", name="ck_background_checks_result"),
        sa.ForeignKeyConstraint(["person"], ["staff.id"], name="fk_background_checks_person"),
        sa.PrimaryKeyConstraint("id", name="pk_background_checks"),
    )
    op.create_index("ix_background_checks_person", "background_checks", ["person", "checked_on"], unique=False)
    op.create_table(
        "posts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=True),
        sa.Column("employment", sa.Text(), nullable=False),
        sa.Column("full_time", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("contract", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), server_default=sa.text("'9999-12-31'"), nullable=False),
        sa.Column("reason_out", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.literal_column("uuidrange(person, person, '[]')"), "&&"),
            (sa.literal_column("daterange(since, until)"), "&&"),
            where=sa.text("full_time"),
            using="gist",
            name="person_has_one_full_time_post",
        ),
        sa.CheckConstraint("(until = '9999-12-31') = (reason_out IS NULL)", name="ck_posts_reason_out_with_end"),
        sa.CheckConstraint(
            "employment IN ('established', 'quota', 'contract', 'outsourced')", name="ck_posts_employment"
        ),
        sa.CheckConstraint(
            "reason_out IN ('left', 'retired', 'transfer', 'reassigned', 'dismissed', 'expired', 'died')",
            name="ck_posts_reason_out",
        ),
        sa.CheckConstraint(
            "role IN ('principal', 'deputy_principal', 'teacher', 'childcare', 'health', 'administration', 'assistant', 'cook', 'guard', 'accounting', 'worker')",
            name="ck_posts_role",
        ),
        sa.CheckConstraint("since < until", name="post_ends_before_it_begins"),
        sa.ForeignKeyConstraint(
            ["class_id", "kindergarten", "division"],
            ["classes.id", "classes.kindergarten", "classes.division"],
            name="post_and_class_belong_together",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            name="fk_posts_kindergarten",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["person"], ["staff.id"], name="fk_posts_person"),
        sa.PrimaryKeyConstraint("id", name="pk_posts"),
    )
    op.create_index("ix_posts_division", "posts", ["division"], unique=False)
    op.create_index("ix_posts_kindergarten", "posts", ["kindergarten", "until"], unique=False)
    op.create_index("ix_posts_person", "posts", ["person", "until"], unique=False)
    op.create_index("ix_posts_since", "posts", ["since", "id"], unique=False)
    op.create_table(
        "bars",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("document_type", sa.Text(), nullable=False),
        sa.Column("document_sealed", postgresql.BYTEA(), nullable=False),
        sa.Column("document_index", postgresql.BYTEA(), nullable=False),
        sa.Column("document_mask", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), server_default=sa.text("'9999-12-31'"), nullable=False),
        sa.Column("lifted_because", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "ground IN ('abuse', 'sexual_assault', 'trafficking', 'violence', 'drugs', 'gambling', 'alcohol', 'ethics', 'court')",
            name="ck_bars_ground",
        ),
        sa.CheckConstraint("since < until", name="bar_ends_before_it_begins"),
        sa.PrimaryKeyConstraint("id", name="pk_bars"),
    )
    op.create_index("ix_bars_document", "bars", ["document_index"], unique=False)
    op.create_table(
        "staff_quotas",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("approved", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), server_default=sa.text("'9999-12-31'"), nullable=False),
        sa.Column("synthetic", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.literal_column("uuidrange(kindergarten, kindergarten, '[]')"), "&&"),
            (sa.literal_column("daterange(since, until)"), "&&"),
            where=sa.text("kind = 'established'"),
            using="gist",
            name="one_established_number_a_day",
        ),
        postgresql.ExcludeConstraint(
            (sa.literal_column("uuidrange(kindergarten, kindergarten, '[]')"), "&&"),
            (sa.literal_column("daterange(since, until)"), "&&"),
            where=sa.text("kind = 'quota'"),
            using="gist",
            name="one_quota_number_a_day",
        ),
        sa.CheckConstraint("kind IN ('established', 'quota')", name="ck_staff_quotas_kind"),
        sa.CheckConstraint("approved >= 0", name="ck_staff_quotas_approved"),
        sa.CheckConstraint("since < until", name="ck_staff_quotas_period"),
        sa.ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            name="fk_staff_quotas_kindergarten",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_staff_quotas"),
    )
    op.create_index("ix_staff_quotas_division", "staff_quotas", ["division"], unique=False)

    migrations.scoped("posts")
    migrations.scoped("staff_quotas")
    migrations.scoped("bars", kindergarten="")
    migrations.sql(STAFF, scope=migrations.SCOPE.format(kindergarten="kindergarten"))
    migrations.sql(QUALIFICATIONS)
    migrations.sql(CHECKS)
    migrations.versioned("staff", quiet=("document_sealed",))
    migrations.versioned("bars", quiet=("document_sealed",))
    for table in ("posts", "qualifications", "staff_quotas"):
        migrations.versioned(table)
    migrations.sql(FUNCTIONS, scope=migrations.SCOPE.format(kindergarten="kindergarten"))
