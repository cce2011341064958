"""The services under test: real applications on real databases cloned from a template, one set per test process.

Nothing of ours is replaced. Only the signing key is handed over instead of fetched.
"""

import asyncio
import importlib
import json
import os
import time
from base64 import b64encode
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
import jwt
import psycopg
from cryptography.hazmat.primitives.asymmetric import ec
from fastapi import FastAPI
from psycopg import sql
from sqlalchemy import make_url

from deploy.databases import Passwords, provision
from shared.auth import FixedKeys
from shared.migrations import upgrade
from shared.settings import Settings

PREFIX = "huaiyou_test"
PASSWORDS = Passwords("owner-of-tests", "app-of-tests")
SIGNING = ec.generate_private_key(ec.SECP256R1())
KEYS = FixedKeys({"test": SIGNING.public_key()})
FIELD_KEYS = json.dumps(
    {
        "current": "k1",
        "keys": {"k1": f"AES-GCM:{b64encode(b'1' * 32).decode()}", "k0": f"SM4-GCM:{b64encode(b'0' * 16).decode()}"},
        "index": b64encode(b"i" * 32).decode(),
    }
)
# A server that is not ours has a hundred connections by default, for all test processes together.
POOL = 2 if os.environ.get("HUAIYOU_TEST_DATABASE_URL") else 6
SERVICES = ("registry", "finance", "safety", "quality", "gateway")


def make_templates(admin_url: str, services: Sequence[str] = SERVICES) -> dict[str, str]:
    """Provision, migrate and fill with reference data; return the owner's URL of each."""
    found = provision(admin_url, dict.fromkeys(services, PASSWORDS), PREFIX)
    for service in services:
        upgrade(service, found[service].owner_url)
        load_reference(service, found[service].owner_url)
    return {service: found[service].owner_url for service in services}


def load_reference(service: str, owner_url: str) -> None:
    """Fill the tables of public reference data, where the service has any."""
    if service == "registry":
        importlib.import_module(f"services.{service}.reference").load(owner_url)


def drop_everything(admin_url: str) -> None:
    """Remove what tests left on a server that is not ours."""
    with psycopg.connect(admin_url, autocommit=True) as admin:
        rows = admin.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX + "_"]
        ).fetchall()
        for (name,) in rows:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def with_database(url: str, name: str, user: str | None = None, password: str | None = None) -> str:
    """The same server, another database, perhaps another role."""
    made = make_url(url).set(database=name)
    if user:
        made = made.set(username=user, password=password)
    return made.render_as_string(hide_password=False)


@dataclass
class Database:
    """One service's database of this test process."""

    service: str
    name: str
    admin_url: str
    app_url: str
    owner_url: str
    reference: frozenset[str] = frozenset()
    tables: list[str] = field(default_factory=list)

    @classmethod
    def clone(cls, admin_url: str, service: str, owner: str) -> "Database":
        """Copy the template."""
        name = f"{PREFIX}_{service}_{owner}_{uuid4().hex[:6]}"
        with psycopg.connect(admin_url, autocommit=True) as admin:
            template = sql.Identifier(f"{PREFIX}_{service}")
            for attempt in range(50):
                try:
                    admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), template))
                    break
                except psycopg.errors.ObjectInUse:
                    if attempt == 49:
                        raise
                    time.sleep(0.1)
            # Rights on a database are not copied with it: the roles can do here what provisioning lets them do.
            owner_role, app_role = (sql.Identifier(f"{PREFIX}_{service}_{part}") for part in ("owner", "app"))
            for statement in (
                "ALTER DATABASE {0} OWNER TO {1}",
                "REVOKE ALL ON DATABASE {0} FROM PUBLIC",
                "GRANT CONNECT ON DATABASE {0} TO {2}",
            ):
                admin.execute(sql.SQL(statement).format(sql.Identifier(name), owner_role, app_role))
        app = with_database(admin_url, name, f"{PREFIX}_{service}_app", PASSWORDS.app)
        own = with_database(admin_url, name, f"{PREFIX}_{service}_owner", PASSWORDS.owner)
        made = cls(service, name, with_database(admin_url, name), app, own)
        made.learn()
        return made

    def learn(self) -> None:
        """Tables that hold something now are reference data and stay as they are."""
        with psycopg.connect(self.admin_url, autocommit=True) as admin:
            rows = admin.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
            named = [sql.Identifier(name) for (name,) in rows]
            full = sql.SQL(" UNION ALL ").join(
                sql.SQL("SELECT {} FROM (SELECT 1 FROM {} LIMIT 1) found").format(sql.Literal(name.as_string()), name)
                for name in named
            )
            self.reference = frozenset(name.strip('"') for (name,) in admin.execute(full).fetchall())
        self.tables = [name for (name,) in rows if name not in self.reference]

    def clean(self) -> None:
        """Empty every table but those of reference data, in one round trip."""
        # A replica checks no foreign key and fires no trigger, so the order does not matter.
        statements = "; ".join(f'DELETE FROM "{name}"' for name in self.tables)
        with psycopg.connect(self.admin_url, autocommit=True) as admin:
            admin.execute(f"SET session_replication_role = replica; {statements}")

    async def fetch(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Look at the rows as the superuser does, past every scope."""
        async with await psycopg.AsyncConnection.connect(self.admin_url, autocommit=True) as admin:
            cursor = await admin.execute(query, values or None)
            return await cursor.fetchall() if cursor.description else []

    def drop(self) -> None:
        with psycopg.connect(with_database(self.admin_url, "postgres"), autocommit=True) as admin:
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.name)))


def settings_for(database: Database, **changes: Any) -> Settings:
    """Settings of a service on that database."""
    return Settings(app_database_url=database.app_url, field_keys=FIELD_KEYS, pool_size=POOL, **changes)


def token(*grants: tuple[str, str], sub: str = "tester", seconds: int = 600, **claims: Any) -> str:
    """A signed access token with these (role, scope) grants."""
    now = int(time.time())
    body = {"iss": "huaiyou", "aud": "huaiyou", "sub": sub, "name": sub, "iat": now, "exp": now + seconds}
    body |= {"grants": [list(grant) for grant in grants]} | claims
    return jwt.encode(body, SIGNING, "ES256", {"kid": "test"})


class Service:
    """A running application and its database."""

    def __init__(self, app: FastAPI, database: Database) -> None:
        self.app, self.database = app, database
        self._clients: list[httpx.AsyncClient] = []

    def client(self, *grants: tuple[str, str], sub: str | None = None, **headers: str) -> httpx.AsyncClient:
        """A caller with these grants; with none, a stranger without a token."""
        sent = dict(headers)
        if grants:
            who = sub or "-".join(f"{role}@{scope}" for role, scope in grants)
            sent["Authorization"] = f"Bearer {token(*grants, sub=who)}"
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        made = httpx.AsyncClient(transport=transport, base_url="http://test", headers=sent, timeout=60)
        self._clients.append(made)
        return made

    async def numbered(self) -> None:
        """Wait until every committed event has its place in the feed."""
        for _ in range(400):
            if (await self.database.fetch("SELECT count(*) FROM event_queue"))[0][0] == 0:
                return
            await asyncio.sleep(0.01)
        raise AssertionError("the sequencer does not number events")

    async def close(self) -> None:
        for each in self._clients:
            await each.aclose()


@asynccontextmanager
async def running(service: str, database: Database, **changes: Any) -> AsyncIterator[Service]:
    """Start the application as its server would: lifespan first, requests after."""
    package = "gateway" if service == "gateway" else f"services.{service}"
    app = importlib.import_module(f"{package}.app").create_app(settings_for(database, **changes), KEYS)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(app.router.lifespan_context(app))
        made = Service(app, database)
        stack.push_async_callback(made.close)
        yield made
