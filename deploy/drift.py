"""Migrations make exactly the tables of the code: `python -m deploy.drift` builds every database anew and compares."""

import subprocess
import sys

from deploy import environments
from deploy.databases import Database, Passwords, provision
from deploy.postgres import embedded
from deploy.settings import CHECKOUT, PROGRAMS


def main() -> int:
    """1 when a database at its newest migration differs from the tables of the code; says how."""
    with embedded(fast=True) as server:
        databases = provision(server.admin_url, {program: Passwords("owner", "app") for program in PROGRAMS})
        checks = [(program, _start(program, databases[program])) for program in PROGRAMS]
        failed = False
        for program, check in checks:
            said, _ = check.communicate()
            if check.returncode != 0:
                failed = True
                sys.stdout.write(f"{program}: {said}\n")
    return 1 if failed else 0


def _start(program: str, database: Database) -> subprocess.Popen[str]:
    code = (
        "import os, sys; from alembic import command; from shared import migrations;"
        " url = os.environ['HUAIYOU_OWNER_DATABASE_URL'];"
        " migrations.upgrade(sys.argv[1], url); command.check(migrations.config(sys.argv[1], url))"
    )
    return subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", code, program],
        cwd=CHECKOUT,
        env=environments.inherited(environments.migrating(database)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


if __name__ == "__main__":
    sys.exit(main())
