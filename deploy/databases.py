"""One database and three roles per service, on any PostgreSQL from 15 on; run again it changes nothing.

The owner migrates. The app role runs the service: it owns nothing and creates nothing, so row-level security binds it.
The sequencer role logs in nowhere and owns the one function that numbers events.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from deploy.settings import Unusable

OLDEST = 15
_LOCK = 0x48554149594F55  # "HUAIYOU": two launchers take turns on one server
_SECONDS = 10
_WITH_BUILTIN_LOCALE = 17


@dataclass(frozen=True, slots=True)
class Database:
    """How to reach one service's database as the role that migrates it and as the role that serves it. Secrets."""

    name: str
    owner_url: str = field(repr=False)
    app_url: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Passwords:
    owner: str = field(repr=False)
    app: str = field(repr=False)


def provision(admin_url: str, passwords: Mapping[str, Passwords], prefix: str = "huaiyou") -> dict[str, Database]:
    """Make what is missing for every program of `passwords` and set these passwords.

    Args:
        admin_url: A role that may create roles and databases; it need not be superuser.
        passwords: By program: registry, finance, safety, quality, gateway.
        prefix: First part of every database and role name.

    Raises:
        Unusable: the server does not answer, is older than PostgreSQL 15, or a role of that name may ignore
            row-level security.
    """
    with _connect(admin_url) as admin:
        if (version := admin.info.server_version // 10000) < OLDEST:
            raise Unusable(f"HUAIYOU_DATABASE_URL: this is PostgreSQL {version}; {OLDEST} or newer is needed.")
        admin.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        known = {name for (name,) in admin.execute("SELECT datname FROM pg_database")}
        return {
            program: _provision(admin, admin_url, f"{prefix}_{program}", chosen, known)
            for program, chosen in passwords.items()
        }


def _provision(admin: psycopg.Connection, admin_url: str, name: str, passwords: Passwords, known: set[str]) -> Database:
    owner, app, sequencer = (f"{name}_{part}" for part in ("owner", "app", "sequencer"))
    _role(admin, owner, passwords.owner)
    _role(admin, app, passwords.app)
    _role(admin, sequencer, None)
    # An owner hands a function to the sequencer as its member. A member inherits, so it may also replace that function.
    admin.execute(_said("GRANT {} TO {}", sequencer, owner))
    if name not in known:
        _create_database(admin, name, owner)
    database = Database(name, _url(admin_url, name, owner, passwords.owner), _url(admin_url, name, app, passwords.app))
    with _connect(database.owner_url) as mine:
        mine.execute(_said("REVOKE ALL ON DATABASE {} FROM PUBLIC", name))
        mine.execute(_said("GRANT CONNECT ON DATABASE {} TO {}", name, app))
        mine.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        mine.execute(_said("GRANT USAGE ON SCHEMA public TO {}", app))
        # The district's day begins in Beijing, whatever the server's own zone.
        mine.execute(_said("ALTER DATABASE {} SET timezone TO 'Asia/Shanghai'", name))
    return database


def _role(admin: psycopg.Connection, role: str, password: str | None) -> None:
    found = admin.execute(
        "SELECT rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles WHERE rolname = %s", [role]
    ).fetchone()
    if found is None:
        admin.execute(_said("CREATE ROLE {}", role))
    elif found[0]:
        raise Unusable(f"The role {role} exists and may do more than it should: drop it or take another prefix.")
    if password is not None:
        # Only the verifier travels, so the server's log never holds a password.
        verifier = admin.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
        admin.execute(_said("ALTER ROLE {} LOGIN PASSWORD ", role) + sql.Literal(verifier))


def _create_database(admin: psycopg.Connection, name: str, owner: str) -> None:
    """The same order and the same case rules wherever the server can offer them: C order, Unicode case."""
    if admin.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone() != (True,):
        # To give a database away one must be able to be its owner.
        admin.execute(_said("GRANT {} TO CURRENT_USER", owner))
    if admin.info.server_version // 10000 >= _WITH_BUILTIN_LOCALE:
        locale = "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"
    elif admin.execute("SELECT 1 FROM pg_collation WHERE collname IN ('C.utf8', 'C.UTF-8')").fetchone():
        locale = "LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
    else:
        locale = "LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'"
    admin.execute(_said("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' " + locale, name, owner))


def _said(statement: str, *names: str) -> sql.Composed:
    return sql.SQL(statement).format(*map(sql.Identifier, names))


def _connect(url: str) -> psycopg.Connection:
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=_SECONDS, application_name="huaiyou provisioning")
    except psycopg.Error as refused:
        reason = str(refused).strip().splitlines()[-1:]
        raise Unusable(f"PostgreSQL (HUAIYOU_DATABASE_URL or our own) cannot be reached: {' '.join(reason)}") from None


def _url(admin_url: str, database: str, user: str, password: str) -> str:
    """The admin's URL for another role and database: same hosts, same TLS settings."""
    rest = {key: str(value) for key, value in conninfo_to_dict(admin_url).items() if value is not None}
    for ours in ("user", "password", "dbname", "passfile"):
        rest.pop(ours, None)
    query = urlencode(rest, quote_via=quote, safe="/")
    return f"postgresql://{quote(user)}:{quote(password, safe='')}@/{database}" + (f"?{query}" if query else "")
