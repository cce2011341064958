"""The merged document: every service in it, nothing that means two things, fit for generators."""

import importlib
import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis

from gateway.app import create_app
from gateway.portal.merged import METHODS, Clash, committed, merged
from gateway.routes import table
from gateway.settings import Settings
from tests import stack

URL = "postgresql://nobody@localhost/nothing"
SETTINGS = Settings(app_database_url=URL, field_keys=stack.FIELD_KEYS)
SERVICES = table(SETTINGS)
Document = dict[str, Any]


def fresh(service: str) -> Document:
    """The service's document as its code says now."""
    app = importlib.import_module(f"services.{service}.app").create_app(SETTINGS, stack.KEYS)
    found: Document = app.openapi()
    return found


@pytest.fixture(scope="module")
def document() -> Document:
    own = create_app(SETTINGS, stack.KEYS).state.own_openapi()
    return merged(own, SERVICES, {each.name: fresh(each.name) for each in SERVICES})


def operations(document: Document) -> Iterator[tuple[str, str, Document]]:
    for path, item in document["paths"].items():
        for method in METHODS & item.keys():
            yield path, method, item[method]


def schemas(found: Any) -> Iterator[Document]:
    if isinstance(found, dict):
        yield found
        for each in found.values():
            yield from schemas(each)
    elif isinstance(found, list):
        for each in found:
            yield from schemas(each)


def test_every_service_is_in_it_under_its_prefix(document: Document):
    prefixes = {path.split("/")[1] for path in document["paths"]}
    assert {each.name for each in SERVICES} <= prefixes
    assert [path for path in document["paths"] if re.match(r"/(registry|finance|safety|quality)/(?!v1/)", path)] == []
    assert document["openapi"].startswith("3.1")


def resolved(each: Document, document: Document) -> Document:
    """The parameter itself, or the one among the components it refers to."""
    found: Document = document["components"]["parameters"][each["$ref"].split("/")[3]] if "$ref" in each else each
    return found


def test_references_lead_somewhere_and_parameters_are_declared(document: Document):
    for each in schemas(document["paths"]):
        if reference := each.get("$ref"):
            _, _, kind, name = reference.split("/")
            assert name in document["components"][kind], reference
    for path, _, operation in operations(document):
        asked = [resolved(each, document) for each in operation.get("parameters", [])]
        declared = {each["name"] for each in asked if each["in"] == "path"}
        assert declared == set(re.findall(r"{(\w+)}", path)), path


def test_operations_are_named_once_and_say_what_they_answer(document: Document):
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(names) == len(set(names))
    for path, method, operation in operations(document):
        assert operation["responses"], (path, method)
        assert any(status.startswith(("2", "3")) for status in operation["responses"]), (path, method)


def test_there_is_one_way_to_authenticate(document: Document):
    assert list(document["components"]["securitySchemes"]) == ["token"]
    used = {name for _, _, each in operations(document) for entry in each.get("security", []) for name in entry}
    assert used == {"token"}


def test_groups_are_named_in_chinese_and_every_operation_is_in_one(document: Document):
    named = {each["name"]: each for each in document["tags"]}
    grouped = [tag for group in document["x-tagGroups"] for tag in group["tags"]]
    assert sorted(grouped) == sorted(named)
    assert {tag for _, _, each in operations(document) for tag in each["tags"]} == set(named)
    assert [name for name in named if not re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", name)] == []
    assert [
        each["description"] for each in named.values() if not re.search(r"[\u4e00-\u9fff]", each["description"])
    ] == []


def test_integers_have_64_bits_and_nullable_has_one_spelling(document: Document):
    for each in schemas(document):
        if each.get("type") == "integer":
            assert each["format"] == "int64"
        assert "nullable" not in each
        assert not isinstance(each.get("type"), list)


def test_a_name_that_means_two_things_is_refused():
    own = {"openapi": "3.1.0", "paths": {}, "components": {"schemas": {"Thing": {"type": "string"}}}}
    other = {"paths": {}, "components": {"schemas": {"Thing": {"type": "integer"}}}}
    with pytest.raises(Clash, match="Thing"):
        merged(own, SERVICES, {"registry": other})
    twice = {"paths": {f"/v1/{n}": {"get": {"operationId": "same", "responses": {}}} for n in "ab"}}
    with pytest.raises(Clash, match="same"):
        merged(own | {"components": {}}, SERVICES, {"registry": twice})


def test_the_committed_documents_merge():
    found = {each.name: spelled for each in SERVICES if (spelled := committed(each.name))}
    assert found.keys() <= {each.name for each in SERVICES}
    assert create_app(SETTINGS, stack.KEYS).openapi()["paths"].keys() >= {"/auth/v1/tokens", "/problems", "/ready"}


def test_a_fuzzer_can_read_it(document: Document):
    loaded = schemathesis.openapi.from_dict(document)
    loaded.validate()
    count = sum(1 for _ in loaded.get_all_operations())
    assert count == sum(1 for _ in operations(document))
