"""Measures of both documents, with how far each kindergarten and school has come."""

from typing import Any

import pytest

from services.quality.transition_measures.schemas import TransitionMeasureOut
from tests.quality import given
from tests.quality.transition_pairs.stage import SCHOOL, school
from tests.stack import Service

DONE = {"state": "carried_out", "note": "每学期两次联合教研", "evidence": "档案 2025-3", "on": "2025-03-01"}


async def measures(service: Service, **params: Any) -> list[TransitionMeasureOut]:
    answer = await service.client(given.OFFICER).get("/v1/transition-measures", params=params)
    assert answer.status_code == 200, answer.text
    return [TransitionMeasureOut.model_validate(each) for each in answer.json()]


async def test_each_side_has_its_measures_and_what_is_missing_says_so(quality: Service):
    one = await given.kindergarten(quality)
    await school(quality)
    mine = await measures(quality, kindergarten=str(one))
    assert {each.document for each in mine} == {"transition-opinions", "transition-preparation", "transition-beijing"}
    assert len([each for each in mine if each.document == "transition-preparation"]) == 4
    (beijing,) = [each for each in mine if each.document == "transition-beijing"]
    assert (beijing.text, beijing.text_status, beijing.state) == (None, "missing", None)
    schools = await measures(quality, school=SCHOOL)
    assert {each.document for each in schools} == {"transition-opinions", "transition-adaptation", "transition-beijing"}
    assert await measures(quality, kindergarten=str(one), as_of="2021-03-29") == []


async def test_progress_is_recorded_with_evidence(quality: Service):
    one = await given.kindergarten(quality)
    await school(quality)
    principal, officer = quality.client(("principal", f"k:{one}")), quality.client(given.OFFICER)
    path = f"/v1/transition-measures/transition-opinions/M3/kindergartens/{one}"
    begun = await principal.put(path, json=DONE | {"state": "under_way", "evidence": ""})
    assert begun.status_code == 200, begun.text
    bare = await principal.put(path, json=DONE | {"evidence": ""})
    assert (bare.status_code, bare.json()["code"]) == (422, "measure-needs-evidence")
    done = await principal.put(path, json=DONE)
    assert TransitionMeasureOut.model_validate_json(done.content).state == "carried_out"
    assert [each.item for each in await measures(quality, kindergarten=str(one), state="carried_out")] == ["M3"]
    assert len(await measures(quality, kindergarten=str(one), state="none")) == 9
    at_school = f"/v1/transition-measures/transition-adaptation/T1/schools/{SCHOOL}"
    assert (await principal.put(at_school, json=DONE)).status_code == 403
    assert (await officer.put(at_school, json=DONE)).status_code == 200
    other_town = quality.client(("quality_officer", given.OTHER_TOWN))
    assert (await other_town.put(at_school, json=DONE)).status_code == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("transition-adaptation/T1/kindergartens/{one}", 422),
        ("transition-opinions/M9/kindergartens/{one}", 404),
        ("guide/P01/kindergartens/{one}", 404),
        ("transition-preparation/R1/schools/2111000001", 422),
        ("transition-opinions/M1/schools/9999999999", 404),
    ],
)
async def test_a_measure_that_is_not_there_or_not_theirs_is_refused(quality: Service, path: str, status: int):
    one = await given.kindergarten(quality)
    await school(quality)
    officer = quality.client(given.OFFICER)
    refused = await officer.put(f"/v1/transition-measures/{path.format(one=one)}", json=DONE)
    assert refused.status_code == status, refused.text


async def test_a_query_names_one_of_both(quality: Service):
    officer = quality.client(given.OFFICER)
    assert (await officer.get("/v1/transition-measures")).status_code == 422
    both = {"kindergarten": str(await given.kindergarten(quality)), "school": SCHOOL}
    assert (await officer.get("/v1/transition-measures", params=both)).status_code == 422
