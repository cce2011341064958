"""Bring every database to the code's newest migration and fill it once; quick when there is nothing to do."""

import ast
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from deploy import children
from deploy.databases import Database
from deploy.settings import CHECKOUT, Unusable, folder

_SEEDED = "huaiyou: seeded"
_SECONDS = 900.0


@dataclass(frozen=True, slots=True)
class Step:
    """A module with its arguments, run once to its end."""

    name: str
    module: tuple[str, ...]
    env: Mapping[str, str] = field(repr=False)


def behind(database: Database, program: str) -> bool:
    """Whether this database lacks a migration of the code, read from the files: importing them all takes a second."""
    with psycopg.connect(database.owner_url) as connection:
        if connection.execute("SELECT to_regclass('alembic_version')").fetchone() == (None,):
            return True
        found = {version for (version,) in connection.execute("SELECT version_num FROM alembic_version")}
    return found != heads(folder(program) / "migrations")


def heads(migrations: Path) -> set[str]:
    """Revisions no other one follows."""
    links = [_link(file) for file in sorted((migrations / "versions").glob("*.py"))]
    return {revision for revision, _ in links} - {parent for _, parents in links for parent in parents}


def _link(migration: Path) -> tuple[str, tuple[str, ...]]:
    """A migration's own revision and those it follows."""
    found: dict[str, Any] = {}
    for statement in ast.parse(migration.read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
            for target in statement.targets if isinstance(statement, ast.Assign) else [statement.target]:
                if isinstance(target, ast.Name) and target.id in {"revision", "down_revision"}:
                    found[target.id] = ast.literal_eval(statement.value)
    parents = found["down_revision"] or ()
    return found["revision"], (parents,) if isinstance(parents, str) else tuple(parents)


def is_seeded(database: Database) -> bool:
    """The mark is kept with the database itself, so it comes and goes with it."""
    with psycopg.connect(database.owner_url) as connection:
        found = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    return found == (_SEEDED,)


def mark_seeded(database: Database) -> None:
    with psycopg.connect(database.owner_url) as connection:
        connection.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(database.name), sql.Literal(_SEEDED))
        )


def carry_out(steps: list[Step], logs: Path) -> None:
    """Run the steps side by side.

    Raises:
        Unusable: one failed or took too long; the message ends with its own last words.
    """
    running = [(step, _start(step, logs)) for step in steps]
    deadline = time.monotonic() + _SECONDS
    for step, process in running:
        if not children.exited_within(process, max(deadline - time.monotonic(), 0.1)) or process.returncode != 0:
            for _, other in running:
                children.end_group(other)
            last = (logs / f"{step.name}.log").read_text(errors="replace").splitlines()[-12:]
            raise Unusable(f"{step.name} failed; the end of {logs / step.name}.log:\n" + "\n".join(last))


def _start(step: Step, logs: Path) -> subprocess.Popen[bytes]:
    argv = [sys.executable, "-m", *step.module]
    with (logs / f"{step.name}.log").open("wb") as log:
        return children.start(argv, death_signal=signal.SIGKILL, env=step.env, output=log, cwd=CHECKOUT)
