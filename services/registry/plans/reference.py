"""The action plan, its targets and projects and the definitions of indicators, brought to the state of the files."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from psycopg import Connection
from psycopg.types.json import Jsonb

from services.registry import data
from shared.pinyin import pinyin_key
from shared.tables import FOREVER

DISTRICT = "110116"
Row = dict[str, Any]


class DefinitionRewritten(RuntimeError):
    """The files change a version of an indicator that is already in use: frozen figures rest on it. Raise its version.

    Only the end of its validity may be set later.
    """


def load(connection: Connection[Any]) -> None:
    """Load everything, as the owner; running it again changes nothing.

    A project keeps the status that was recorded since. Raises DefinitionRewritten.
    """
    document = data.document("plan/plan")
    _store(connection, "plan_units", list(_units()), "code")
    _store(connection, "plans", [_plan(document)], "code")
    _store(connection, "clauses", list(_clauses(document["id"])), "plan, id")
    _store(connection, "target_sets", list(_target_sets(document)), "plan, code")
    _keep_definitions(connection, list(_indicators()))
    _store(connection, "targets", list(_targets(document)), "id")
    _store(connection, "projects", list(_projects(document)), "id", kept=("status", "status_on", "status_note"))


def _store(connection: Connection[Any], table: str, rows: list[Row], key: str, kept: tuple[str, ...] = ()) -> None:
    names = list(rows[0])
    keys = {name.strip() for name in key.split(",")}
    changes = ", ".join(f"{name} = excluded.{name}" for name in names if name not in keys and name not in kept)
    statement = (
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(f'%({name})s' for name in names)})"
        f" ON CONFLICT ({key}) DO UPDATE SET {changes}"
    )
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def _keep_definitions(connection: Connection[Any], rows: list[Row]) -> None:
    columns = "name_zh, name_en, kind, unit, decimals, definition, tag, note_zh, since"
    for row in rows:
        said = {name.strip(): row[name.strip()] for name in columns.split(",")}
        found = connection.execute(
            f"SELECT {columns} FROM indicators WHERE code = %s AND version = %s",
            [row["code"], row["version"]],
        ).fetchone()
        if found and found != tuple(v.obj if isinstance(v, Jsonb) else v for v in said.values()):
            raise DefinitionRewritten(f"{row['code']} version {row['version']} is in use and cannot change.")
    _store(connection, "indicators", rows, "code, version", kept=tuple(set(rows[0]) - {"until"}))


def _plan(document: Row) -> Row:
    period = document["period"]
    return {
        "code": document["id"],
        "version": document["version"],
        "division": DISTRICT,
        "title_zh": document["title_zh"],
        "title_en": document["title_en"],
        "document_number": document["document_number"],
        "issued_by": document["issued_by"],
        "issued_on": document["issued_on"],
        "status": document["status"],
        "since": period["since"],
        "until": period["until"],
        "based_on": document["based_on"],
        "source": document["source"],
        "units": Jsonb(document["units"]),
    }


def _units() -> Iterator[Row]:
    for row in data.rows("plan/units"):
        yield row | {"division": row["division"] or None, "pinyin": pinyin_key(row["name_zh"])}


def _clauses(plan: str) -> Iterator[Row]:
    for place, clause in enumerate(data.document("plan/clauses")["clauses"], 1):
        named = clause["responsible"]
        known = {
            name: clause[name]
            for name in ("id", "section", "section_title", "quote", "need", "service", "also", "facts")
        }
        yield known | {
            "plan": plan,
            "place": place,
            "lead": named["lead"],
            "assist": named["assist"],
            "basis": named["basis"],
        }


def _target_sets(document: Row) -> Iterator[Row]:
    for place, group in enumerate(document["target_sets"], 1):
        yield {
            "plan": document["id"],
            "code": group["code"],
            "place": place,
            "name_zh": group["name_zh"],
            "name_en": group["name_en"],
            "due_year": group["due_year"],
        } | group["authority"]


def _targets(document: Row) -> Iterator[Row]:
    listed = [(group["code"], target) for group in document["target_sets"] for target in group["targets"]]
    for place, (group, target) in enumerate(listed, 1):
        yield {
            "id": target["id"],
            "plan": document["id"],
            "target_set": group,
            "place": place,
            "since": document["period"]["since"],
            "clause": target["clause"],
            "indicator": target["indicator"],
            "parameters": Jsonb(target["parameters"]),
            "comparison": target["comparison"],
            "threshold": target["value"],
            "due_year": target["due_year"],
            "wording": target["wording"],
            "lead": target["responsible"]["lead"],
        }


def _indicators() -> Iterator[Row]:
    for each in data.document("plan/indicators")["indicators"]:
        known = {
            name: each[name]
            for name in ("code", "version", "name_zh", "name_en", "kind", "unit", "decimals", "tag", "note_zh")
        }
        body = {name: each[name] for name in ("numerator", "denominator", "parameters", "legal_source")}
        yield known | {
            "definition": Jsonb(body),
            "since": date.fromisoformat(each["valid_from"]),
            "until": date.fromisoformat(each["valid_until"]) if each["valid_until"] else FOREVER,
        }


def _projects(document: Row) -> Iterator[Row]:
    for each in data.document("plan/projects")["projects"]:
        yield {
            "id": each["id"],
            "plan": document["id"],
            "clause": each["clause"],
            "name": each["name"],
            "pinyin": pinyin_key(each["name"]),
            "kind": each["kind"],
            "division": each["village"] or each["town"] or DISTRICT,
            "status_words": each["status_words"],
            "status": "stated",
            "status_on": document["issued_on"],
            "status_note": each["status"],
            "source": each["source"],
            "note": each["note"],
        }
