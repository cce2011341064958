"""发展信息移交: nothing without the guardian's consent, no figure about a child, erased when it is withdrawn."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.quality.frameworks.rules import assesses_a_child
from services.quality.handovers.schemas import HandoverContentOut, HandoverOut
from shared.ids import new_id
from tests.quality import given, matrix
from tests.quality.transition_pairs.stage import SCHOOL, school
from tests.quality.transition_plans.test_transition_plans import group
from tests.stack import Service

WORDS = {
    "body": "喜欢跑跳,每天户外60分钟仍有余力",
    "life": "会整理物品",
    "social": "愿意与同伴商量",
    "learning": "爱听故事",
}
PURPOSE = {"purpose": "办理入学衔接交接"}


def consent(class_id: UUID, **changes: Any) -> dict[str, Any]:
    new = {
        "class_id": str(class_id),
        "child": str(new_id()),
        "school": SCHOOL,
        "purpose": "帮助一年级教师了解其生活习惯",
    }
    new |= {"relation": "mother", "form": "paper", "consent_sha256": "a" * 64, "consented_on": str(given.TODAY)}
    return new | {"valid_until": str(given.TODAY + timedelta(60))} | changes


async def consented(service: Service) -> tuple[UUID, str]:
    await school(service)
    one, class_id = await group(service)
    teacher = service.client(("teacher", f"k:{one}"))
    made = await teacher.post("/v1/handovers", json=consent(class_id))
    assert made.status_code == 201, made.text
    assert HandoverOut.model_validate_json(made.content).state == "consented"
    return one, str(made.json()["id"])


async def test_with_consent_it_is_written_sealed_sent_and_signed_for(quality: Service):
    one, id_ = await consented(quality)
    teacher, path = quality.client(("teacher", f"k:{one}"), sub="teacher"), f"/v1/handovers/{id_}"
    early = await teacher.post(f"{path}/sendings")
    assert early.json()["code"] == "not-in-this-state"
    assert (await teacher.post(f"{path}/contents", json=WORDS)).json()["state"] == "prepared"
    ((sealed,),) = await quality.database.fetch("SELECT sealed FROM handover_contents")
    assert "整理".encode() not in bytes(sealed)
    assert (await teacher.post(f"{path}/sendings")).json()["state"] == "sent"
    done = await teacher.post(f"{path}/receipts", json={"receipt": "签收单 12"})
    assert (done.json()["state"], done.json()["receipt"]) == ("received", "签收单 12")
    read = await teacher.post(f"{path}/readings", json=PURPOSE)
    assert HandoverContentOut.model_validate_json(read.content).life == "会整理物品"
    logged = await quality.database.fetch("SELECT actor, purpose, subject, fields FROM access_log")
    assert logged == [("teacher", PURPOSE["purpose"], f"handovers/{id_}", sorted([*WORDS, "support"]))]
    told = await quality.database.fetch("SELECT data::text FROM events WHERE type LIKE 'quality.handover.%'")
    assert all("整理" not in text and "child" not in text for (text,) in told)
    for _ in range(2):
        keyed = await teacher.post(f"{path}/readings", json=PURPOSE, headers={"Idempotency-Key": "again"})
        assert (keyed.status_code, keyed.headers["cache-control"]) == (201, "no-store")
    kept = await quality.database.fetch("SELECT count(*) FROM idempotency_keys")
    read_thrice = await quality.database.fetch("SELECT count(*) FROM access_log")
    assert (kept, read_thrice) == ([(0,)], [(3,)])
    officer = quality.client(given.OFFICER)
    assert (await officer.post(f"{path}/readings", json=PURPOSE)).status_code == 403
    assert "会整理物品" not in (await officer.get(path)).text


async def test_a_withdrawn_consent_erases_what_was_written_and_asks_the_school_to(quality: Service):
    one, id_ = await consented(quality)
    teacher, path = quality.client(("teacher", f"k:{one}")), f"/v1/handovers/{id_}"
    await teacher.post(f"{path}/contents", json=WORDS)
    await teacher.post(f"{path}/sendings")
    gone = HandoverOut.model_validate_json(
        (await teacher.post(f"{path}/withdrawals", json={"note": "监护人书面撤回"})).content
    )
    assert (gone.state, gone.erasure_asked_on) == ("withdrawn", given.TODAY)
    assert await quality.database.fetch("SELECT * FROM handover_contents") == []
    kept = await quality.database.fetch("SELECT count(*) FROM row_history WHERE table_name = 'handover_contents'")
    assert kept == [(0,)]
    assert (await teacher.post(f"{path}/readings", json=PURPOSE)).json()["code"] == "not-in-this-state"
    ((class_id, child),) = await quality.database.fetch("SELECT class_id, child FROM handovers")
    anew = await teacher.post("/v1/handovers", json=consent(class_id, child=str(child)))
    assert anew.status_code == 201
    twice = await teacher.post("/v1/handovers", json=consent(class_id, child=str(child)))
    assert (twice.status_code, twice.json()["code"]) == (409, "consent-stands-already")


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"consented_on": str(given.TODAY + timedelta(1))}, 422, "invalid-input"),
        ({"valid_until": str(given.TODAY - timedelta(1)), "consented_on": "2025-01-01"}, 422, "invalid-input"),
        ({"school": "9999999999"}, 404, "not-found"),
        ({"purpose": "按成绩分班测试"}, 422, "children-are-not-scored"),
        ({"consent_sha256": ""}, 422, "invalid-input"),
    ],
)
async def test_a_consent_that_cannot_be_is_refused(quality: Service, change: dict[str, Any], status: int, code: str):
    await school(quality)
    one, class_id = await group(quality)
    refused = await quality.client(("principal", f"k:{one}")).post("/v1/handovers", json=consent(class_id, **change))
    assert (refused.status_code, refused.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    ("words", "assesses"),
    [
        ("语言 95分", True),
        ("数学第3名", True),
        ("识字测验合格", True),
        ("动作发展A级", True),
        ("综合评定:优等", True),
        ("每天运动60分钟", False),
        ("未进行任何测试", False),
        ("喜欢与第一小组的同伴分享", False),
    ],
)
async def test_qua_10_no_child_is_given_a_figure(quality: Service, words: str, assesses: bool):
    assert assesses_a_child(words) is assesses
    one, id_ = await consented(quality)
    teacher = quality.client(("teacher", f"k:{one}"))
    answer = await teacher.post(f"/v1/handovers/{id_}/contents", json=WORDS | {"learning": words})
    assert answer.status_code == (422 if assesses else 201), answer.text
    if assesses:
        assert (answer.json()["code"], answer.json()["errors"][0]["pointer"]) == (
            "children-are-not-scored",
            "/learning",
        )
    extra = await teacher.post(f"/v1/handovers/{id_}/contents", json=WORDS | {"score": 95})
    assert extra.status_code == 422


async def test_the_last_day_of_a_consent_counts_and_the_next_does_not(quality: Service):
    one, id_ = await consented(quality)
    teacher = quality.client(("teacher", f"k:{one}"))
    for until, status in ((given.TODAY, 201), (given.TODAY - timedelta(1), 409)):
        await quality.database.fetch("UPDATE handovers SET consented_on = '2020-01-01', valid_until = %s", until)
        answer = await teacher.post(f"/v1/handovers/{id_}/contents", json=WORDS)
        assert answer.status_code == status
    assert answer.json()["code"] == "consent-has-run-out"


async def test_in_every_state_each_role_is_offered_what_it_may_do_and_nothing_else(quality: Service):
    one, id_ = await consented(quality)
    teacher = quality.client(("teacher", f"k:{one}"))
    await teacher.post(f"/v1/handovers/{id_}/contents", json=WORDS)
    ((sealed,),) = await quality.database.fetch("SELECT sealed FROM handover_contents")
    states: dict[str, dict[str, Any]] = {
        each: {} for each in ("consented", "prepared", "sent", "received", "withdrawn")
    }
    bodies: dict[str, tuple[str, dict[str, Any]]] = {
        "prepare": ("contents", WORDS),
        "send": ("sendings", {}),
        "receive": ("receipts", {"receipt": "签收单"}),
        "read": ("readings", PURPOSE),
        "withdraw": ("withdrawals", {"note": "撤回"}),
    }
    grants = matrix.standing("quality.handovers", one).values()
    back = (
        "INSERT INTO handover_contents SELECT id, kindergarten, division, "
        f"'\\x{bytes(sealed).hex()}' FROM handovers ON CONFLICT DO NOTHING"
    )
    assert await matrix.disagreements(quality, "handovers", "/v1/handovers", id_, states, bodies, grants, back) == []
