"""A kindergarten that moves into another division takes along what is known of it: the function that does so."""

from sqlalchemy import text

from shared import migrations

PLATFORM = ("access_log", "events", "jobs", "row_history")
TABLES = text(
    "SELECT c.relname, EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'moved')"
    " FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace"
    " AND 2 = (SELECT count(*) FROM pg_attribute a WHERE a.attrelid = c.oid"
    " AND a.attname IN ('kindergarten', 'division')) ORDER BY 1"
)
UPDATE = "  UPDATE {table} SET division = into_division WHERE kindergarten = which AND division <> into_division;"
FUNCTION = """
SET LOCAL ROLE {sequencer};
CREATE OR REPLACE FUNCTION move_kindergarten(which uuid, into_division text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
{updates}
END $$;
RESET ROLE;
"""


def move_whatever_names_both() -> None:
    """At the end of a migration that adds tables: let them move too."""
    named = [row for row in migrations.op.get_bind().execute(TABLES) if row[0] not in PLATFORM]
    for table, moves in named:
        if not moves:
            migrations.sql(
                "GRANT SELECT (kindergarten, division), UPDATE (division) ON {table} TO {sequencer}", table=table
            )
            migrations.sql("CREATE POLICY moved ON {table} TO {sequencer} USING (true)", table=table)
    migrations.sql("GRANT CREATE ON SCHEMA public TO {sequencer}")
    migrations.sql(FUNCTION, updates="\n".join(UPDATE.format(table=table) for table, _ in named))
    migrations.sql("REVOKE CREATE ON SCHEMA public FROM {sequencer}")
