"""Alembic without an ini file, and the few sentences every migration is written in.

`python -m shared.migrations registry upgrade head` migrates the database in `HUAIYOU_OWNER_DATABASE_URL`.
"""

import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import alembic.op as alembic_op
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from procrastinate.schema import SchemaManager
from sqlalchemy import MetaData, create_engine, make_url
from sqlalchemy.pool import NullPool

op: Any = alembic_op

SCOPE = (
    "(division ^@ ANY ((SELECT string_to_array(current_setting('app.divisions', true), ','))::text[])"
    " OR {kindergarten} = ANY ((SELECT string_to_array(nullif(current_setting('app.kindergartens', true), ''), ','))"
    "::uuid[]))"
)


def config(service: str, url: str) -> Config:
    """Alembic's configuration for one service: `services.<name>` or `gateway`."""
    package = "gateway" if service == "gateway" else f"services.{service}"
    made = Config()
    made.set_main_option("script_location", str(Path(str(files(package))) / "migrations"))
    made.set_main_option("path_separator", "os")
    made.attributes["url"] = url
    made.attributes["metadata"] = metadata(package)
    return made


def metadata(package: str) -> MetaData:
    """All tables of the service: its `models` module imports every concept's."""
    importlib.import_module(f"{package}.models")
    found: MetaData = importlib.import_module(f"{package}.db").Table.metadata
    return found


def run(context: Any) -> None:
    """What every `migrations/env.py` does: one connection, one transaction a migration, bounded locks."""
    made = context.config.attributes
    url = make_url(made["url"]).set(drivername="postgresql+psycopg")
    engine = create_engine(url, poolclass=NullPool, connect_args={"options": "-c lock_timeout=5000"})
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=made["metadata"],
            transaction_per_migration=True,
            compare_type=True,
            include_name=lambda name, kind, _: kind != "table" or name in made["metadata"].tables,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


def upgrade(service: str, url: str) -> bool:
    """Bring the database to head; return whether there was anything to do."""
    made = config(service, url)
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"), poolclass=NullPool)
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_heads()
    engine.dispose()
    if set(current) == set(ScriptDirectory.from_config(made).get_heads()):
        return False
    command.upgrade(made, "head")
    return True


def roles() -> dict[str, str]:
    """Names of the three roles of the database being migrated, from the owner's."""
    owner = str(op.get_bind().exec_driver_sql("SELECT current_user").scalar())
    if not owner.endswith("_owner"):
        raise RuntimeError(f"Migrations run as the owner role, not as {owner}.")
    stem = owner.removesuffix("_owner")
    return {"owner": owner, "app": f"{stem}_app", "sequencer": f"{stem}_sequencer"}


def sql(statement: str, **names: str) -> None:
    """Run a statement with role names filled in."""
    _run(statement.format(**roles(), **names))


def _run(statement: str) -> None:
    # Without parameters the driver sends the text as it is: many statements at once, and a % is a %.
    op.get_bind().execution_options(no_parameters=True).exec_driver_sql(statement)


def install_platform() -> None:
    """Create the platform's tables and functions and the job queue."""
    text = (files("shared.platform") / "0001.sql").read_text(encoding="utf-8")
    sql(text, scope=SCOPE.format(kindergarten="kindergarten"))
    _run(SchemaManager.get_schema())
    tables = "procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers, procrastinate_workers"
    sql(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {tables} TO {{app}}")
    sql("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {app}")
    sql("GRANT SELECT ON alembic_version TO {app}")


def scoped(table: str, *, kindergarten: str = "kindergarten", rights: str = "SELECT, INSERT, UPDATE") -> None:
    """Put a table under the caller's scope; `kindergarten=""` for tables that know a division only."""
    scope = SCOPE.format(kindergarten=kindergarten or "NULL::uuid")
    sql(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    sql(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    sql(f"CREATE POLICY within_scope ON {table} TO {{app}} USING {scope}")
    sql(f"GRANT {rights} ON {table} TO {{app}}")


def remember_followed(former: Mapping[str, Sequence[str]]) -> None:
    """Let cursors say which types of event they have followed; `former` are those of the release before, by feed."""
    sql("ALTER TABLE feed_cursors ADD COLUMN types text[] NOT NULL DEFAULT '{{}}'")
    for feed, types in former.items():
        listed = ", ".join(f"'{each}'" for each in types)
        sql(f"UPDATE feed_cursors SET types = ARRAY[{listed}] WHERE feed = '{feed}'")


def open_to_all(table: str, rights: str = "SELECT") -> None:
    """A table of public reference data: no scope, named so in the architecture test."""
    sql(f"GRANT {rights} ON {table} TO {{app}}")


def versioned(table: str, key: str = "id", quiet: tuple[str, ...] = (), *, kindergarten: str = "kindergarten") -> None:
    """Count versions for ETags and keep every former state; a change of `quiet` columns alone is neither.

    `kindergarten` is the column whose scope the former states stay in.
    """
    changed = "OLD.* IS DISTINCT FROM NEW.*"
    if quiet:
        was, now = (f"ROW({', '.join(f'{row}.{name}' for name in quiet)})" for row in ("OLD", "NEW"))
        left_out = "ARRAY[" + ", ".join(f"'{name}'" for name in quiet) + "]"
        changed += (
            f" AND ({was} IS NOT DISTINCT FROM {now}"
            f" OR to_jsonb(OLD) - {left_out} IS DISTINCT FROM to_jsonb(NEW) - {left_out})"
        )
    sql(
        f"CREATE TRIGGER next_version BEFORE UPDATE ON {table} FOR EACH ROW"
        f" WHEN ({changed}) EXECUTE FUNCTION next_version()"
    )
    sql(
        f"CREATE TRIGGER keep_history AFTER UPDATE ON {table} FOR EACH ROW"
        f" WHEN (OLD.version IS DISTINCT FROM NEW.version) EXECUTE FUNCTION keep_history('{key}', '{kindergarten}')"
    )
    sql(
        f"CREATE TRIGGER keep_history_of_deleted AFTER DELETE ON {table} FOR EACH ROW"
        f" EXECUTE FUNCTION keep_history('{key}', '{kindergarten}')"
    )


if __name__ == "__main__":
    name, action, *rest = sys.argv[1:]
    getattr(command, action)(config(name, os.environ["HUAIYOU_OWNER_DATABASE_URL"]), *rest)
