"""What each program is told: its own database, keys and secret at the gateway, and where the others are."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass

from deploy.credentials import Secrets
from deploy.databases import Database
from deploy.ports import addresses, reach
from deploy.settings import PROGRAMS, SERVICES, Settings

# The administrator of a database server is nobody a serving program needs to know.
_OURS_ALONE = {"HUAIYOU_DATABASE_URL", "HUAIYOU_TEST_DATABASE_URL"}


@dataclass(frozen=True, slots=True)
class Network:
    """By program: where it listens (`host:port`) and where the others reach it (`http://…`)."""

    listen: Mapping[str, str]
    urls: Mapping[str, str]


def this_machine(settings: Settings) -> Network:
    """Every program on a port of its own here."""
    listening = addresses(settings)
    return Network(
        {program: f"{host}:{port}" for program, (host, port) in listening.items()},
        {program: _http(reach(address)) for program, address in listening.items()},
    )


def containers(pattern: str) -> Network:
    """Every program in a container of its own, reached by the pattern with its name for `{}`."""
    return Network(
        dict.fromkeys(PROGRAMS, "0.0.0.0:8000"),  # a container's own network
        {program: pattern.format(program) for program in PROGRAMS},
    )


def serving(program: str, network: Network, database: Database, secrets: Secrets) -> dict[str, str]:
    """The settings one program serves with."""
    return {
        "HUAIYOU_APP_DATABASE_URL": database.app_url,
        "HUAIYOU_LISTEN": network.listen[program],
        "HUAIYOU_GATEWAY_URL": network.urls["gateway"],
        "HUAIYOU_JWKS_URL": f"{network.urls['gateway']}/.well-known/jwks.json",
        "HUAIYOU_CLIENT_ID": program,
        "HUAIYOU_CLIENT_SECRET": secrets.clients[program],
        "HUAIYOU_FIELD_KEYS": secrets.key_ring(program),
        # Nobody but the gateway reaches a service, so what it says of the caller's address is true.
        "HUAIYOU_TRUST_PROXY": "false" if program == "gateway" else "true",
        **{f"HUAIYOU_{service.upper()}_URL": network.urls[service] for service in SERVICES},
    }


def migrating(database: Database) -> dict[str, str]:
    """The settings migrations run with: as the owner."""
    return {"HUAIYOU_OWNER_DATABASE_URL": database.owner_url}


def seeding(program: str, serving: Mapping[str, str], secrets: Secrets) -> dict[str, str]:
    """The settings a seed runs with; the gateway's learns the passwords and secrets it is to store hashes of."""
    if program != "gateway":
        return dict(serving)
    return {
        **serving,
        "HUAIYOU_SEED_PASSWORDS": json.dumps(secrets.accounts),
        "HUAIYOU_SEED_CLIENTS": json.dumps(secrets.clients),
    }


def inherited(told: Mapping[str, str]) -> dict[str, str]:
    """These settings within our own environment, for a child process."""
    ours = {name: value for name, value in os.environ.items() if name not in _OURS_ALONE}
    return {**ours, "PYTHONUNBUFFERED": "1", **told}


def _http(address: tuple[str, int]) -> str:
    host, port = address
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
