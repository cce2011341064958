"""Refusals a caller can act on, in the language it reads."""

import pytest

from tests.stack import Service

OFFICER = ("registrar", "110116")


async def test_a_rule_points_at_the_field_and_speaks_chinese_or_english(specimen: Service):
    body = {"division": "110116102", "name": "refuse"}
    chinese = await specimen.client(OFFICER).post("/v1/specimens", json=body)
    english = await specimen.client(OFFICER, **{"Accept-Language": "en-GB"}).post("/v1/specimens", json=body)
    assert chinese.headers["content-type"] == "application/problem+json"
    assert chinese.json()["detail"] == "名称“refuse”不可用。"
    assert chinese.json()["errors"][0]["pointer"] == "/name"
    assert english.json()["detail"] == "The name refuse may not be used."


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"name": "甲"}, "/division", "missing"),
        ({"division": "110116", "name": "甲", "nmae": 1}, "/nmae", "extra_forbidden"),
        ({"division": "11011x", "name": "甲"}, "/division", "string_pattern_mismatch"),
        ({"division": "110116", "name": "甲" * 21}, "/name", "string_too_long"),
        ({"division": "110116", "name": "   "}, "/name", "string_too_short"),
        ({"division": "110116", "name": "甲", "opened_on": 0}, "/opened_on", "date_type"),
        ({"division": "110116", "name": "甲", "opened_on": "0001-01-01"}, "/opened_on", "date_out_of_range"),
        ({"division": "110116", "name": "甲", "opened_on": "2026-02-30"}, "/opened_on", "date_from_datetime_parsing"),
        ({"division": "110116", "name": ["甲"]}, "/name", "string_type"),
    ],
)
async def test_a_fault_of_the_body_is_named_with_its_place(
    specimen: Service, body: dict[str, object], pointer: str, code: str
):
    answer = await specimen.client(OFFICER).post("/v1/specimens", json=body)
    assert answer.status_code == 422, answer.text
    assert {"pointer": pointer, "code": code}.items() <= answer.json()["errors"][0].items()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b'{"name": "\xff"}',
        b"[]",
        b"null",
        b'"x"',
        b'{"division": "110116", "name": "\\u0000"}',
        b"[" * 100_000,
    ],
)
async def test_a_body_that_is_no_message_is_refused_and_never_a_fault(specimen: Service, content: bytes):
    headers = {"Content-Type": "application/json"}
    answer = await specimen.client(OFFICER).post("/v1/specimens", content=content, headers=headers)
    assert answer.status_code in (400, 422), answer.text
    assert answer.json()["detail"]


async def test_addresses_and_methods_that_do_not_exist(specimen: Service):
    client = specimen.client(OFFICER)
    assert (await client.get("/v1/nothing")).json()["code"] == "no-such-address"
    assert (await client.delete("/v1/specimens")).json()["code"] == "method-not-allowed"


async def test_the_catalogue_lists_every_code_in_both_languages(specimen: Service):
    listed = (await specimen.client().get("/v1/problems")).json()
    assert {"not-found", "not-authenticated", "specimen-is-forbidden"} <= {each["code"] for each in listed}
    assert all(each["zh"] and each["en"] for each in listed)


async def test_the_trace_of_the_caller_is_carried_on(specimen: Service):
    parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    answer = await specimen.client(OFFICER, traceparent=parent).post(
        "/v1/specimens", json={"division": "110116102", "name": "甲"}
    )
    assert answer.headers["x-request-id"] == "4bf92f3577b34da6a3ce929d0e0e4736"
    assert await specimen.database.fetch("SELECT trace FROM events") == [("4bf92f3577b34da6a3ce929d0e0e4736",)]
