"""Bring up the whole platform on this machine: `python -m deploy.run`, or `make run`.

Databases, migrations, seed, then every program at once; Ctrl-C stops everything. Nothing outlives this process.
"""

import os
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn

from deploy import children, credentials, environments, places, ports, preparation
from deploy.databases import Database, provision
from deploy.postgres import Server, embedded
from deploy.settings import CHECKOUT, PROGRAMS, SERVICES, Settings, Unusable, from_environment
from deploy.supervisor import Program, Supervisor
from deploy.welcome import ACCOUNTS, welcome

_READY_SECONDS = 120.0
_SEEDS = {"registry": "services.registry.seed", "finance": "services.finance.seed", "gateway": "gateway.seed"}

Told = Mapping[str, Mapping[str, str]]


def main(arguments: Sequence[str]) -> int:
    """Run until stopped; 0 after an orderly stop, 1 when it could not start."""
    if "--with-parent" in arguments:  # killing `make` ends what it started
        children.die_with_parent(signal.SIGTERM, os.getppid())
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _give_up)
    try:
        settings = from_environment()
        with places.locked(places.make_state_dir(settings.state_dir) / "lock") as killed:
            ports.require_free(settings, patient=killed)
            _run(settings)
    except Unusable as reason:
        sys.stderr.write(f"\n{reason}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _run(settings: Settings) -> None:
    begin = time.monotonic()
    secrets = credentials.kept(settings.state_dir, ACCOUNTS)
    logs = settings.state_dir / "logs"
    logs.mkdir(mode=0o700, exist_ok=True)
    with _server(settings) as (admin_url, server):
        databases = provision(admin_url, secrets.passwords(), settings.database_prefix)
        network = environments.this_machine(settings)
        told = {each: environments.serving(each, network, databases[each], secrets) for each in PROGRAMS}
        _prepare(told, databases, secrets, logs)
        supervisor = Supervisor(logs, _say, server)
        supervisor.listen_to_signals()
        try:
            if supervisor.start(_programs(settings, told), _READY_SECONDS):
                _say(welcome(settings, secrets, time.monotonic() - begin))
                supervisor.watch()
            _say("stopping")
        finally:
            supervisor.stop()
    _say("stopped")


@contextmanager
def _server(settings: Settings) -> Iterator[tuple[str, Server | None]]:
    """The administrator's URL of the PostgreSQL to use, and the server itself when it is our own."""
    if settings.database_url is not None:
        yield settings.database_url, None
        return
    _say("starting PostgreSQL")
    with embedded(settings.state_dir) as server:
        yield server.admin_url, server


def _prepare(told: Told, databases: dict[str, Database], secrets: credentials.Secrets, logs: Path) -> None:
    as_owner = {program: environments.migrating(databases[program]) for program in PROGRAMS}
    late = [program for program in PROGRAMS if preparation.behind(databases[program], program)]
    if late:
        _say(f"migrating {', '.join(late)}")
        preparation.carry_out([_migration(program, as_owner[program]) for program in late], logs)
    # A new release may bring new reference data; what is already there is left alone.
    empty = [program for program in _SEEDS if program in late or not preparation.is_seeded(databases[program])]
    if empty:
        _say(f"filling {', '.join(empty)} with what this release brings; the first time takes a minute")
        seeding = {program: environments.seeding(program, told[program], secrets) for program in empty}
        preparation.carry_out([_seed(program, seeding[program] | as_owner[program]) for program in empty], logs)
        for program in empty:
            preparation.mark_seeded(databases[program])


def _migration(program: str, told: Mapping[str, str]) -> preparation.Step:
    module = ("shared.migrations", program, "upgrade", "head")
    return preparation.Step(f"migrate-{program}", module, environments.inherited(told))


def _seed(program: str, told: Mapping[str, str]) -> preparation.Step:
    return preparation.Step(f"seed-{program}", (_SEEDS[program],), environments.inherited(told))


def _programs(settings: Settings, told: Told) -> list[Program]:
    listening = ports.addresses(settings)
    made = []
    for program in PROGRAMS:
        env = environments.inherited(told[program])
        stage = 1 if program == "gateway" else 0
        serve = (sys.executable, "-m", "deploy.serve", program)
        made.append(Program(program, serve, env, ports.reach(listening[program]), stage))
        if program in SERVICES and (CHECKOUT / "services" / program / "jobs.py").exists():
            made.append(Program(f"{program}-worker", (sys.executable, "-m", "shared.worker", program), env))
    return made


def _say(what: str) -> None:
    sys.stdout.write(f"{time.strftime('%H:%M:%S')} {what}\n")
    sys.stdout.flush()


def _give_up(number: int, _frame: FrameType | None) -> NoReturn:
    """Asked to stop before anything serves: unwind, which stops PostgreSQL."""
    sys.exit(128 + number)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
