"""一日生活规范: the district may ask more than the national rules, never less; timetables follow what is in force."""

from datetime import timedelta
from typing import Any

import pytest

from services.quality.daily_norms.rules import looser
from services.quality.daily_norms.schemas import DailyNormOut, DailyNormPage
from tests.quality import given, matrix
from tests.quality.timetables.test_timetables import filed, group
from tests.stack import Service

DAY = str(given.TODAY)
NATIONAL = {"outdoor_minutes": 120, "outdoor_minutes_boarding": 180, "sport_minutes": 60}
NATIONAL |= {"meal_interval_least": 210, "meal_interval_most": 240}


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({}, []),
        ({"outdoor_minutes": 119}, ["outdoor_minutes"]),
        ({"outdoor_minutes": 121}, []),
        ({"outdoor_minutes_boarding": 179}, ["outdoor_minutes_boarding"]),
        ({"sport_minutes": 59}, ["sport_minutes"]),
        ({"meal_interval_least": 209}, ["meal_interval_least"]),
        ({"meal_interval_most": 241}, ["meal_interval_most"]),
        ({"meal_interval_most": 239}, []),
    ],
)
def test_a_norm_asks_no_less_than_the_national_rules(change: dict[str, int], wrong: list[str]):
    assert looser(NATIONAL | change, NATIONAL) == wrong


async def drafted(service: Service, edition: str = "2026", **changes: Any) -> str:
    new = {"edition": edition, "title": "怀柔区幼儿园一日生活规范"} | changes
    made = await service.client(given.OFFICER, sub="drafter").post("/v1/daily-norms", json=new)
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


async def published(service: Service, since: str = DAY, **changes: Any) -> str:
    id_ = await drafted(service, **changes)
    done = await service.client(given.LEADER).post(f"/v1/daily-norms/{id_}/publications", json={"since": since})
    assert done.status_code == 201, done.text
    assert DailyNormOut.model_validate_json(done.content).state == "published"
    return id_


async def test_a_looser_norm_is_refused_field_by_field(quality: Service):
    officer = quality.client(given.OFFICER)
    new = {"edition": "2026", "title": "规范", "outdoor_minutes": 119, "sport_minutes": 59}
    refused = await officer.post("/v1/daily-norms", json=new)
    assert (refused.status_code, refused.json()["code"]) == (422, "norm-is-looser-than-the-rules")
    assert [each["pointer"] for each in refused.json()["errors"]] == ["/outdoor_minutes", "/sport_minutes"]
    id_ = await drafted(quality)
    worse = await officer.post(f"/v1/daily-norms/{id_}/revisions", json={"title": "规范", "meal_interval_most": 241})
    assert worse.status_code == 422
    again = await officer.post("/v1/daily-norms", json={"edition": "2026", "title": "规范"})
    assert (again.status_code, again.json()["code"]) == (409, "norm-edition-exists")


async def test_one_edition_follows_another_and_timetables_name_it(quality: Service):
    one, class_id = await group(quality)
    principal = quality.client(("principal", f"k:{one}"))
    path = f"/v1/timetables/{class_id}/summer"
    before = await principal.put(path, json=filed())
    assert (before.json()["findings"], before.json()["norm_edition"]) == ([], None)
    yesterday = str(given.TODAY - timedelta(1))
    first = await published(quality, since=yesterday, outdoor_minutes=150, play_minutes=60)
    checked = await principal.put(path, json=filed(("play", "15:00", "15:59")))
    assert (checked.json()["findings"], checked.json()["norm_edition"]) == (["outdoor", "play"], "2026")
    exact = await principal.put(path, json=filed(("play", "15:00", "16:00"), ("outdoor", "16:00", "16:30")))
    assert (exact.json()["findings"], exact.json()["play_minutes"]) == ([], 60)
    await published(quality, edition="2027")
    eased = await principal.put(path, json=filed())
    assert (eased.json()["findings"], eased.json()["norm_edition"]) == ([], "2027")
    ended = await principal.get(f"/v1/daily-norms/{first}")
    assert ended.json()["until"] == DAY
    page = await principal.get("/v1/daily-norms", params={"as_of": yesterday})
    assert [each.edition for each in DailyNormPage.model_validate_json(page.content).items] == ["2026"]
    late = await drafted(quality, edition="2028")
    behind = await quality.client(given.LEADER).post(f"/v1/daily-norms/{late}/publications", json={"since": yesterday})
    assert (behind.status_code, behind.json()["code"]) == (409, "norm-already-followed")
    assert (await principal.get(f"/v1/daily-norms/{late}")).status_code == 404


async def test_who_filed_nothing_is_on_the_list(quality: Service):
    one, class_id = await group(quality)
    principal = quality.client(("principal", f"k:{one}"))
    asked = {"season": "winter", "filed": "false"}
    (row,) = (await principal.get("/v1/timetable-coverage", params=asked)).json()["items"]
    assert (row["class_id"], row["sound"]) == (str(class_id), None)
    await principal.put(f"/v1/timetables/{class_id}/winter", json=filed())
    assert (await principal.get("/v1/timetable-coverage", params=asked)).json()["items"] == []
    (row,) = (await principal.get("/v1/timetable-coverage", params={"season": "winter"})).json()["items"]
    assert (row["filed"], row["sound"]) == (True, True)


async def test_in_every_state_each_role_is_offered_what_it_may_do_and_nothing_else(quality: Service):
    id_ = await drafted(quality)
    one = await given.kindergarten(quality)
    bodies: dict[str, tuple[str, dict[str, Any]]] = {
        "revise": ("revisions", {"title": "规范"}),
        "publish": ("publications", {"since": DAY}),
        "drop": ("drops", {"note": "重拟"}),
    }
    concept = ("quality.daily_norms.", "quality.daily_life.read")
    grants = [*matrix.standing(concept, one).values(), *matrix.standing(concept, one, given.TOWN).values()]
    for drafter in ("drafter", f"{given.OFFICER[0]} of the matrix"):
        states: dict[str, dict[str, Any]] = {
            each: {"drafted_by": drafter, "since": DAY} for each in ("draft", "published", "dropped")
        }
        wrong = await matrix.disagreements(quality, "daily_norms", "/v1/daily-norms", id_, states, bodies, grants)
        assert wrong == []
