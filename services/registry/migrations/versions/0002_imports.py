"""imports"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import migrations

PARTS = ("import_files", "import_findings", "import_keys", "import_steps", "import_changes")

# An import must know of children out of its sender's sight that a document is registered, and nothing else of them.
KNOWN = """
CREATE FUNCTION registered_documents(asked integer[], documents bytea[]) RETURNS TABLE ("row" integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT u.place FROM unnest(asked, documents) AS u(place, document) JOIN children c ON c.document_index = u.document
$$;
-- Who knows document, name and birth date learns the child's id, and whether it is free from a day on.
CREATE FUNCTION registered_children(asked integer[], documents bytea[], names text[], births date[], rooms uuid[],
                                    days date[])
RETURNS TABLE ("row" integer, child uuid, standing text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT u.place, CASE WHEN c.name = u.name AND c.birth_date = u.birth THEN c.id END,
         CASE WHEN c.name <> u.name OR c.birth_date <> u.birth THEN 'other-child'
              WHEN e.here THEN 'in-class' WHEN e.somewhere THEN 'elsewhere' ELSE 'free' END
  FROM unnest(asked, documents, names, births, rooms, days) AS u(place, document, name, birth, room, day)
  JOIN children c ON c.document_index = u.document
  CROSS JOIN LATERAL (SELECT bool_or(class_id = u.room AND since <= u.day) AS here, count(*) > 0 AS somewhere
                      FROM enrolments WHERE child = c.id AND until > u.day) e
$$;
REVOKE EXECUTE ON FUNCTION registered_documents(integer[], bytea[]),
  registered_children(integer[], bytea[], text[], date[], uuid[], date[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registered_documents(integer[], bytea[]),
  registered_children(integer[], bytea[], text[], date[], uuid[], date[]) TO {app};
"""

# Rows of a roll on their way into the register rest in tables of the worker's own connection. The app role creates
# nothing, so this makes them.
STAGING = """
CREATE FUNCTION stage_roll(step integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  staged text := format('pg_temp.%I', 'staged_' || step);
  known text := format('pg_temp.%I', 'known_' || step);
BEGIN
  EXECUTE 'CREATE TEMPORARY TABLE ' || staged || ' (
    row integer, class_id uuid, child uuid, enrolment uuid, name text, pinyin text, birth_date date, since date,
    synthetic boolean, document_sealed bytea, document_index bytea, document_mask text,
    first_id uuid, first_name text, first_phone_sealed bytea, first_phone_index bytea, first_phone_mask text,
    first_document_sealed bytea, first_document_index bytea, first_document_mask text,
    second_id uuid, second_name text, second_phone_sealed bytea, second_phone_index bytea, second_phone_mask text,
    document_type text, sex text, ethnicity text, nationality text, household_division text, residence_division text,
    overseas_kind text, disability_kind text, reason_in text, first_relation text, first_document_type text,
    second_relation text, disability_scheme text)';
  EXECUTE 'CREATE TEMPORARY TABLE ' || known || ' (row integer, child uuid, standing text)';
  EXECUTE 'GRANT SELECT, INSERT, DELETE, TRUNCATE ON ' || staged || ', ' || known || ' TO {app}';
END $$;
REVOKE EXECUTE ON FUNCTION stage_roll(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION stage_roll(integer) TO {app};
"""

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "imports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.Text(), nullable=False),
        sa.Column("kindergarten", sa.Uuid(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("school_year", sa.Integer(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("atomicity", sa.Text(), nullable=False),
        sa.Column("on_existing", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'received'"), nullable=False),
        sa.Column("job", sa.Uuid(), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=True),
        sa.Column("accepted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("refused", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("warnings", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("born", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("updated", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("atomicity IN ('atomic', 'partial')", name="ck_imports_atomicity"),
        sa.CheckConstraint("format IN ('xlsx', 'csv', 'ndjson')", name="ck_imports_format"),
        sa.CheckConstraint("mode IN ('dry_run', 'commit')", name="ck_imports_mode"),
        sa.CheckConstraint("on_existing IN ('refuse', 'update')", name="ck_imports_on_existing"),
        sa.CheckConstraint(
            "state IN ('received', 'checked', 'storing', 'stored', 'refused', 'cancelled', 'undone')",
            name="ck_imports_state",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_imports"),
    )
    op.create_index("ix_imports_created_at", "imports", ["created_at", "id"], unique=False)
    op.create_table(
        "import_files",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sealed", postgresql.BYTEA(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name="fk_import_files_import_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("import_id", "number", name="pk_import_files"),
    )
    op.create_table(
        "import_findings",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("zh", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.CheckConstraint("severity IN ('error', 'override', 'warning')", name="ck_import_findings_severity"),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name="fk_import_findings_import_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("import_id", "number", name="pk_import_findings"),
    )
    op.create_index("ix_import_findings_row", "import_findings", ["import_id", "row", "number"], unique=False)
    op.create_table(
        "import_keys",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("first_row", sa.Integer(), nullable=False),
        sa.Column("rows", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.Column("documents", postgresql.ARRAY(postgresql.BYTEA()), nullable=False),
        sa.Column("classes", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("days", postgresql.ARRAY(sa.Date()), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name="fk_import_keys_import_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("import_id", "first_row", name="pk_import_keys"),
    )
    op.create_table(
        "import_steps",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kindergartens", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name="fk_import_steps_import_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("import_id", "number", name="pk_import_steps"),
    )
    op.create_table(
        "import_changes",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("child", sa.Uuid(), nullable=False),
        sa.Column("before", postgresql.JSONB(), nullable=False),
        sa.Column("version_after", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name="fk_import_changes_import_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("import_id", "child", name="pk_import_changes"),
    )
    # Sealed pieces do not compress: keep the server from trying.
    migrations.sql("ALTER TABLE import_files ALTER COLUMN sealed SET STORAGE EXTERNAL")
    migrations.scoped("imports")
    for table in PARTS:
        migrations.sql(
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
            f" CREATE POLICY with_the_import ON {table} TO {{app}}"
            " USING (EXISTS (SELECT FROM imports i WHERE i.id = import_id));"
            f" GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {{app}}"
        )
    migrations.sql(KNOWN)
    migrations.sql(STAGING)
