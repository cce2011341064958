"""从业禁止: an employer learns yes or no, with a receipt; the question is logged and says nothing of the case."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.quality.employment_bars.schemas import EmploymentBarAnswer
from services.quality.ethics_cases.rules import term_end
from tests.quality import given
from tests.quality.ethics_cases.desk import NUMBER, Desk, desk
from tests.stack import Service

OTHER_NUMBER = "110199194912310038"


def question(kindergarten: UUID, **changes: Any) -> dict[str, Any]:
    asked = {"id_number": NUMBER, "purpose": "hiring", "position": "教师", "consent": "授权〔2026〕001"}
    return asked | {"kindergarten": str(kindergarten)} | changes


async def ask(service: Service, kindergarten: UUID, **changes: Any) -> EmploymentBarAnswer:
    principal = service.client(("principal", f"k:{kindergarten}"), sub="employer")
    answer = await principal.post("/v1/employment-bar-queries", json=question(kindergarten, **changes))
    assert answer.status_code == 201, answer.text
    return EmploymentBarAnswer.model_validate_json(answer.content)


async def barred(service: Service, **bar: Any) -> Desk:
    case = await desk(service)
    await case.decided(sanctions=["dismissal"], bar=bar)
    return case


async def test_a_barred_person_is_answered_yes_everywhere_and_anyone_else_no(quality: Service):
    await barred(quality, life=True)
    elsewhere = await given.kindergarten(quality, division=given.OTHER_TOWN)
    assert (await ask(quality, elsewhere)).barred is True
    assert (await ask(quality, elsewhere, id_number=OTHER_NUMBER)).barred is False


@pytest.mark.parametrize(("days_to_the_end", "answer"), [(1, True), (0, False), (-1, False)])
async def test_a_bar_for_a_term_ends_on_its_day(quality: Service, days_to_the_end: int, answer: bool):
    case = await barred(quality, months=12)
    rows = await quality.database.fetch("SELECT since, until FROM employment_bars")
    assert rows == [(given.TODAY, term_end(given.TODAY, 12))]
    until = given.TODAY + timedelta(days_to_the_end)
    await quality.database.fetch("UPDATE employment_bars SET until = %s, since = %s", until, until - timedelta(300))
    assert (await ask(quality, case.kindergarten)).barred is answer


async def test_an_upheld_appeal_lifts_the_bar(quality: Service):
    case = await barred(quality, life=True)
    await case.done(case.handler, "members", members=["handler", "second leader"], note="申诉由他人办理")
    await case.done(case.handler, "appeals", note="不服")
    await case.done(case.second_leader, "appeal-decisions", upheld=True, document="复1号", note="证据不足")
    assert (await ask(quality, case.kindergarten)).barred is False


async def test_the_answer_is_one_word_with_a_receipt_and_a_line_in_the_access_log(quality: Service):
    case = await barred(quality, life=True)
    answer = await ask(quality, case.kindergarten)
    assert set(answer.model_dump()) == {"receipt", "barred", "purpose", "position", "asked_at"}
    rows = await quality.database.fetch("SELECT actor, purpose, subject, fields, kindergarten FROM access_log")
    subject = f"employment-bar-queries/{answer.receipt}"
    assert rows == [("employer", "employment-bar:hiring", subject, ["barred"], case.kindergarten)]
    ((stored,),) = await quality.database.fetch("SELECT to_jsonb(q)::text FROM employment_bar_queries q")
    assert NUMBER not in stored


async def test_a_receipt_is_shown_to_who_asked_and_to_nobody_else(quality: Service):
    kindergarten = await given.kindergarten(quality)
    answer = await ask(quality, kindergarten)
    path = f"/v1/employment-bar-queries/{answer.receipt}"
    own = await quality.client(("principal", f"k:{kindergarten}"), sub="employer").get(path)
    assert EmploymentBarAnswer.model_validate_json(own.content) == answer
    other = await quality.client(("registrar", given.DISTRICT), sub="registrar").get(path)
    assert other.status_code == 404


@pytest.mark.parametrize("number", ["110199194912310021", "110199194913310022", "12345678901234567X"])
async def test_a_number_that_does_not_check_is_refused_without_being_repeated(quality: Service, number: str):
    kindergarten = await given.kindergarten(quality)
    principal = quality.client(("principal", f"k:{kindergarten}"))
    refused = await principal.post("/v1/employment-bar-queries", json=question(kindergarten, id_number=number))
    assert (refused.status_code, refused.json()["code"]) == (422, "number-is-not-valid")
    assert number not in refused.text


async def test_only_employers_ask_and_only_for_their_own_house(quality: Service):
    own, other = await given.kindergarten(quality), await given.kindergarten(quality)
    principal = quality.client(("principal", f"k:{own}"))
    assert (await principal.post("/v1/employment-bar-queries", json=question(other))).status_code == 404
    teacher = quality.client(("teacher", f"k:{own}"))
    assert (await teacher.post("/v1/employment-bar-queries", json=question(own))).status_code == 403
    registrar = quality.client(("registrar", given.DISTRICT))
    founding = question(own, purpose="founding", position="举办者") | {"kindergarten": None}
    assert (await registrar.post("/v1/employment-bar-queries", json=founding)).status_code == 201


async def test_the_list_of_bars_is_no_ones_to_read(quality: Service):
    await barred(quality, life=True)
    for grant in (given.OFFICER, given.LEADER, ("registrar", given.DISTRICT)):
        client = quality.client(grant)
        assert (await client.get("/v1/employment-bars")).status_code == 404
        assert (await client.get("/v1/employment-bar-queries")).status_code == 405
