"""What must hold of the whole tree, whoever adds to it."""

import importlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic import command

from shared.errors import CATALOGUE, CONSTRAINTS
from shared.migrations import config
from tests import stack
from tests.stack import SERVICES

# Operations that need no token, each with its reason.
PUBLIC = {
    "get_published_inputs": "anybody may repeat an allocation",
    "get_published_result": "anybody may repeat an allocation",
    "get_public_network": "parents look for a kindergarten near them; nothing personal",
    "get_public_standing": "results of inspections and evaluations are published 公示",
    r"(get|list)_public_kindergarten\w*": "the public page of a kindergarten: what was published",
    "get_health": "a load balancer has no account",
    "get_readiness": "a load balancer has no account",
    r"list_\w+_problems": "the catalogue of errors is documentation",
    "report_suspected_site": "whoever sees an unlicensed kindergarten can say so; limited by the hour",
    "get_site_report": "the receipt number is the key",
    "ask_licence": "parents ask whether a name is licensed; answers what is published",
    r"list_\w+_permissions": "the table of permissions is documentation",
    "list_problems": "the catalogue of errors is documentation",
    "get_problem": "the catalogue of errors is documentation",
    "list_roles": "the roles and their rules are documentation",
    "get_jwks": "public keys",
    "create_token": "whoever signs in has no token yet",
    "revoke_token": "any token may end its own session",
    "report_ethics_violation_anonymously": "whoever fears for a child may say so without a name",
    "ask_ethics_report_status": "the receipt is the key",
    "get_me": "any token may ask whose it is",
    "explain_access": "any token may ask what it is good for",
    "change_own_password": "any account may change its own password",
}
# Tables without row-level security, each with its reason.
OPEN = {
    "account_titles": "the published chart of accounts",
    "alembic_version": "one number",
    "codes": "public reference data",
    "equipment_editions": "the published list of equipment",
    "equipment_items": "the published list of equipment",
    "event_positions": "places and hashes, no content",
    "event_queue": "only the sequencer's role may touch it",
    "feed_cursors": "how far this service has read another's feed",
    "procrastinate_jobs": "ids of jobs; the jobs themselves are in scope",
    "procrastinate_events": "as procrastinate_jobs",
    "procrastinate_periodic_defers": "as procrastinate_jobs",
    "procrastinate_workers": "as procrastinate_jobs",
    "sign_in_attempts": "digests of names and addresses, before anyone is known",
    "signing_keys": "public keys; the private halves are sealed",
    "divisions": "public reference data",
    "nursery_numbers": "how many numbers were given out in a year",
    "populations": "published aggregates",
    "primary_schools": "public: names and codes of schools",
    "groups": "public: names of education groups",
    "plans": "the published plan",
    "clauses": "the published plan",
    "targets": "the published plan",
    "target_sets": "the published plan",
    "indicators": "definitions of published figures",
    "projects": "named in the published plan",
    "forecast_scenarios": "assumptions of forecasts, known to all who plan",
    "plan_units": "names of public offices, most of them in the published plan",
}
CONVENTIONAL = re.compile(r"^(pk|uq|fk|ck|ix)_|_not_null$|^alembic")
Schema = dict[str, Any]


def documents() -> dict[str, Schema]:
    """The committed contracts: the stage `openapi` holds them to the code."""
    root = Path(__file__).parents[1]
    folders = {name: root / ("gateway" if name == "gateway" else f"services/{name}") for name in SERVICES}
    return {name: json.loads((folder / "openapi.json").read_text("utf-8")) for name, folder in folders.items()}


DOCUMENTS = documents()


def operations() -> Iterator[tuple[str, str, str, Schema]]:
    for service, document in DOCUMENTS.items():
        for path, methods in document["paths"].items():
            for method, operation in methods.items():
                yield service, path, method, operation


def is_public(operation: Schema) -> bool:
    return any(re.fullmatch(name, operation["operationId"]) for name in PUBLIC)


def test_every_operation_says_who_may_call_it():
    silent = [
        f"{method.upper()} {service}{path}"
        for service, path, method, operation in operations()
        if not is_public(operation)
        and not any(scopes for entry in operation.get("security", []) for scopes in entry.values())
    ]
    assert silent == []


def test_operation_ids_are_unique_and_read_verb_object():
    named = [
        operation["operationId"] for service, path, _, operation in operations() if path not in ("/health", "/ready")
    ]
    assert len(named) == len(set(named))
    assert [name for name in named if not re.fullmatch(r"[a-z]+(_[a-z0-9]+)+", name)] == []


def test_a_schema_name_means_one_thing_in_all_services():
    seen: dict[str, Schema] = {}
    for document in DOCUMENTS.values():
        for name, schema in document["components"]["schemas"].items():
            assert seen.setdefault(name, schema) == schema, name


def test_every_field_has_its_chinese_label():
    bare = [
        f"{service}:{name}.{field}"
        for service, document in DOCUMENTS.items()
        for name, schema in document["components"]["schemas"].items()
        if not name.startswith(("Problem", "Body_"))
        for field, spelled in schema.get("properties", {}).items()
        if "x-label-zh" not in spelled
    ]
    assert bare == []


def test_every_enumeration_says_its_values_in_chinese():
    bare = [
        f"{service}:{name}"
        for service, document in DOCUMENTS.items()
        for name, schema in document["components"]["schemas"].items()
        if "enum" in schema and "x-enum-labels-zh" not in schema
    ]
    assert bare == []


def test_answers_are_named_schemas():
    anonymous = [
        f"{method.upper()} {service}{path} {status}"
        for service, path, method, operation in operations()
        for status, response in operation["responses"].items()
        if status.startswith("2")
        and (schema := response.get("content", {}).get("application/json", {}).get("schema"))
        and "$ref" not in schema
        and "$ref" not in schema.get("items", {})
        and schema.get("properties")
    ]
    assert anonymous == []


def test_every_problem_speaks_both_languages():
    for service in SERVICES:
        importlib.import_module("gateway.app" if service == "gateway" else f"services.{service}.app")
    mute = [code for code, said in CATALOGUE.items() if not said.zh or not said.en]
    assert mute == []


@pytest.fixture(params=SERVICES)
def database(request: pytest.FixtureRequest) -> stack.Database:
    found: stack.Database = request.getfixturevalue(f"{request.param}_database")
    return found


def rows(database: stack.Database, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(database.admin_url) as admin:
        return admin.execute(query).fetchall()


def test_every_table_is_under_row_level_security_or_open_for_a_reason(database: stack.Database):
    naked = rows(
        database,
        "SELECT relname FROM pg_class c WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
        " AND NOT (relrowsecurity AND relforcerowsecurity"
        " AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))",
    )
    assert {name for (name,) in naked} - OPEN.keys() == set()


def test_the_app_role_owns_nothing_and_cannot_rewrite_the_record(database: stack.Database):
    app = f"{stack.PREFIX}_{database.service}_app"
    assert rows(database, f"SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = '{app}'") == []
    rights = rows(
        database,
        "SELECT table_name, privilege_type FROM information_schema.role_table_grants"
        f" WHERE grantee = '{app}' AND privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE')"
        " AND table_name IN ('events', 'event_positions', 'event_queue', 'row_history', 'access_log')",
    )
    assert rights == []


def test_models_and_migrations_agree(database: stack.Database):
    command.check(config(database.service, database.owner_url))


def test_every_named_constraint_is_a_sentence(database: stack.Database):
    importlib.import_module(
        "gateway.models" if database.service == "gateway" else f"services.{database.service}.models"
    )
    found = rows(
        database,
        "SELECT conname FROM pg_constraint JOIN pg_class t ON t.oid = conrelid"
        " WHERE connamespace = 'public'::regnamespace AND NOT starts_with(relname, 'procrastinate')",
    )
    named = {name for (name,) in found}
    assert {name for name in named if not CONVENTIONAL.search(name)} - CONSTRAINTS.keys() == set()
