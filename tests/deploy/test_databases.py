import secrets
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from deploy.credentials import kept
from deploy.databases import Database, Passwords, provision
from deploy.settings import Unusable

PROGRAMS = ("registry", "gateway")


@pytest.fixture
def prefix(admin_url: str) -> Iterator[str]:
    chosen = f"huaiyou_provisioning_{secrets.token_hex(3)}"
    yield chosen
    with psycopg.connect(admin_url, autocommit=True) as admin:
        for program in PROGRAMS:
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(f"{chosen}_{program}")))
        for (role,) in admin.execute(
            "SELECT rolname FROM pg_roles WHERE starts_with(rolname, %s)", [chosen]
        ).fetchall():
            admin.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))


@pytest.fixture
def passwords() -> dict[str, Passwords]:
    return {program: Passwords(f"owner '/@:{program}", f"app %?{program}") for program in PROGRAMS}


@pytest.fixture
def databases(admin_url: str, prefix: str, passwords: dict[str, Passwords]) -> dict[str, Database]:
    return provision(admin_url, passwords, prefix)


def test_provisioning_again_changes_nothing(
    admin_url: str, prefix: str, passwords: dict[str, Passwords], databases: dict[str, Database]
) -> None:
    with psycopg.connect(databases["registry"].owner_url) as owner:
        owner.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    assert provision(admin_url, passwords, prefix) == databases
    with psycopg.connect(databases["registry"].owner_url) as owner:
        assert owner.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_a_new_password_replaces_the_former_one(admin_url: str, prefix: str, databases: dict[str, Database]) -> None:
    anew = provision(admin_url, {"registry": Passwords("new", "newer")}, prefix)
    assert anew["registry"] != databases["registry"]
    with psycopg.connect(anew["registry"].app_url) as app:
        assert app.execute("SELECT current_user").fetchone() == (f"{prefix}_registry_app",)


def test_the_app_role_owns_nothing_and_creates_nothing(databases: dict[str, Database]) -> None:
    with psycopg.connect(databases["registry"].app_url, autocommit=True) as app:
        owned = "SELECT count(*) FROM pg_shdepend WHERE refobjid = to_regrole(current_user)::oid AND deptype = 'o'"
        assert app.execute(owned).fetchone() == (0,)
        for attempt in (
            "CREATE TABLE mine ()",
            "CREATE TEMPORARY TABLE mine ()",
            "CREATE SCHEMA mine",
            "CREATE ROLE mine",
            "CREATE DATABASE mine",
            "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(attempt)


def test_no_service_enters_the_database_of_another(prefix: str, databases: dict[str, Database]) -> None:
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(databases["registry"].app_url, dbname=f"{prefix}_gateway")


def test_the_sequencer_logs_in_nowhere_and_is_granted_nothing(
    admin_url: str, prefix: str, databases: dict[str, Database]
) -> None:
    with psycopg.connect(admin_url) as admin:
        role = f"{databases['registry'].name}_sequencer"
        found = admin.execute(
            "SELECT rolcanlogin OR rolsuper OR rolbypassrls,"
            " (SELECT count(*) FROM pg_auth_members WHERE member = r.oid) FROM pg_roles r WHERE rolname = %s",
            [role],
        ).fetchone()
        assert found == (False, 0)
        created = admin.execute(
            "SELECT has_database_privilege(%s, %s, 'CONNECT')", [role, f"{prefix}_registry"]
        ).fetchone()
        assert created == (False,)


def test_the_owner_hands_a_function_to_the_sequencer_and_still_replaces_it(databases: dict[str, Database]) -> None:
    with psycopg.connect(databases["registry"].owner_url) as owner:
        sequencer = f"{databases['registry'].name}_sequencer"
        for statement in (
            "CREATE FUNCTION number() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            f"GRANT CREATE ON SCHEMA public TO {sequencer}",
            f"ALTER FUNCTION number() OWNER TO {sequencer}",
            f"REVOKE CREATE ON SCHEMA public FROM {sequencer}",
            "CREATE OR REPLACE FUNCTION number() RETURNS int LANGUAGE sql AS 'SELECT 2'",
        ):
            owner.execute(statement.encode())


def test_an_administrator_need_not_be_superuser(admin_url: str, prefix: str, passwords: dict[str, Passwords]) -> None:
    with psycopg.connect(admin_url, autocommit=True) as superuser:
        superuser.execute(f"CREATE ROLE {prefix}_admin LOGIN CREATEDB CREATEROLE PASSWORD 'admin'".encode())
    made = provision(
        psycopg.conninfo.make_conninfo(admin_url, user=f"{prefix}_admin", password="admin"), passwords, prefix
    )
    assert provision(admin_url, passwords, prefix).keys() == made.keys()
    with psycopg.connect(made["gateway"].app_url) as app:
        assert app.execute("SELECT current_user").fetchone() == (f"{prefix}_gateway_app",)
    with psycopg.connect(admin_url, autocommit=True) as superuser:
        for statement in ("REASSIGN OWNED BY {0}_admin TO CURRENT_USER", "DROP OWNED BY {0}_admin"):
            superuser.execute(statement.format(prefix).encode())


def test_every_database_lives_in_beijing_time_and_orders_by_code_point(databases: dict[str, Database]) -> None:
    with psycopg.connect(databases["registry"].app_url) as app:
        found = app.execute(
            "SELECT current_setting('timezone'), array(SELECT x FROM unnest(ARRAY['b', '中', 'a', 'B']) x ORDER BY x)"
        ).fetchone()
    assert found == ("Asia/Shanghai", ["B", "a", "b", "中"])


def test_a_role_that_may_ignore_row_level_security_is_refused(
    admin_url: str, prefix: str, passwords: dict[str, Passwords]
) -> None:
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute(f"CREATE ROLE {prefix}_registry_app BYPASSRLS".encode())
    with pytest.raises(Unusable, match=f"{prefix}_registry_app"):
        provision(admin_url, passwords, prefix)


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    with pytest.raises(Unusable, match="HUAIYOU_DATABASE_URL") as refused:
        provision("postgresql://admin:hidden@127.0.0.1:1/postgres", {})
    assert "hidden" not in str(refused.value)


def test_an_older_server_is_refused(admin_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deploy.databases.OLDEST", 99)
    with pytest.raises(Unusable, match="99 or newer"):
        provision(admin_url, {})


def test_secrets_are_made_once_and_read_by_their_owner_only(tmp_path: Path) -> None:
    state = tmp_path
    first = kept(state, ["officer"])
    assert kept(state, ["officer"]) == first
    assert oct((state / "secrets.json").stat().st_mode & 0o777) == "0o600"
    assert kept(state, ["officer", "principal"]).accounts["officer"] == first.accounts["officer"]
    assert first.accounts["officer"] not in repr(first)


def test_damaged_secrets_are_never_replaced(tmp_path: Path) -> None:
    state = tmp_path
    (state / "secrets.json").write_text('{"databases": ')
    with pytest.raises(Unusable, match=r"secrets\.json is damaged"):
        kept(state)
    assert (state / "secrets.json").read_text() == '{"databases": '
