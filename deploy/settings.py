"""Settings of the launcher, read from the environment (prefix `HUAIYOU_`) and nowhere else."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

SERVICES = ("registry", "finance", "safety", "quality")
PROGRAMS = (*SERVICES, "gateway")
CHECKOUT = Path(__file__).resolve().parent.parent

_PORTS = {"gateway": 8000, "registry": 8001, "finance": 8002, "safety": 8003, "quality": 8004}
_PREFIX = re.compile(r"[a-z][a-z0-9_]{0,30}")
_HIGHEST_PORT = 65535


class Unusable(Exception):
    """A setting, or what it points to, does not let the platform start; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the platform keeps its state, which PostgreSQL it uses and where it listens."""

    state_dir: Path
    database_url: str | None = field(repr=False)
    database_prefix: str
    host: str
    ports: Mapping[str, int]


def package(program: str) -> str:
    return "gateway" if program == "gateway" else f"services.{program}"


def folder(program: str) -> Path:
    return CHECKOUT / package(program).replace(".", "/")


def port_setting(program: str) -> str:
    return "HUAIYOU_PORT" if program == "gateway" else f"HUAIYOU_{program.upper()}_PORT"


def from_environment(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; raises `Unusable` naming the setting that cannot be used."""
    prefix = environ.get("HUAIYOU_DATABASE_PREFIX") or "huaiyou"
    if not _PREFIX.fullmatch(prefix):
        raise Unusable(f"HUAIYOU_DATABASE_PREFIX={prefix!r}: use up to 31 of a-z, 0-9 and _, a letter first.")
    return Settings(
        state_dir=Path(environ.get("HUAIYOU_STATE_DIR") or CHECKOUT / ".run").absolute(),
        database_url=environ.get("HUAIYOU_DATABASE_URL") or None,
        database_prefix=prefix,
        host=environ.get("HUAIYOU_HOST") or "127.0.0.1",
        ports={program: _port(program, environ) for program in PROGRAMS},
    )


def _port(program: str, environ: Mapping[str, str]) -> int:
    setting = port_setting(program)
    given = environ.get(setting) or str(_PORTS[program])
    if not given.isdecimal() or not 0 < int(given) <= _HIGHEST_PORT:
        raise Unusable(f"{setting}={given!r} is not a port number between 1 and {_HIGHEST_PORT}.")
    return int(given)
