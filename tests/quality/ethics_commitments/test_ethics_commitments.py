"""Commitments and appraisals cover everybody on the roster, year by year."""

from datetime import timedelta
from uuid import UUID

import pytest

from services.quality.ethics_commitments.schemas import EthicsCoverage, EthicsCoveragePage
from shared.ids import new_id
from tests.quality import given
from tests.stack import Service

PAGE = "0" * 64


async def coverage(service: Service, **params: str) -> dict[UUID, EthicsCoverage]:
    answer = await service.client(given.OFFICER).get("/v1/ethics-coverage", params={"year": str(given.YEAR)} | params)
    assert answer.status_code == 200, answer.text
    return {each.kindergarten: each for each in EthicsCoveragePage.model_validate_json(answer.content).items}


async def test_coverage_is_whole_when_all_on_the_roster_signed_and_were_appraised(quality: Service):
    one, silent = await given.kindergarten(quality), await given.kindergarten(quality)
    principal = quality.client(("principal", f"k:{one}"))
    staff = [str(new_id()), str(new_id())]
    at = f"{one}/{given.YEAR}"
    assert (await principal.put(f"/v1/ethics-rosters/{at}", json={"staff": staff})).status_code == 200
    signed = {"signed_on": str(given.TODAY), "sha256": PAGE}
    for each in staff:
        made = await principal.put(f"/v1/ethics-commitments/{at}/{each}", json=signed)
        assert (made.status_code, made.json()["norms_edition"]) == (200, "2018")
    appraised = {"result": "qualified", "appraised_on": str(given.TODAY)}
    assert (await principal.put(f"/v1/ethics-appraisals/{at}/{staff[0]}", json=appraised)).status_code == 200
    found = await coverage(quality)
    assert (found[one].staff, found[one].committed, found[one].appraised, found[one].complete) == (2, 2, 1, False)
    assert (found[silent].staff, found[silent].complete) == (None, False)
    await principal.put(f"/v1/ethics-appraisals/{at}/{staff[1]}", json=appraised)
    assert set(await coverage(quality, complete="true")) == {one}
    # Who leaves the roster no longer counts, who joins it does.
    await principal.put(f"/v1/ethics-rosters/{at}", json={"staff": [staff[0], str(new_id())]})
    assert ((await coverage(quality))[one].committed, (await coverage(quality))[one].complete) == (1, False)


async def test_handed_in_twice_it_is_one(quality: Service):
    one, member = await given.kindergarten(quality), str(new_id())
    principal = quality.client(("principal", f"k:{one}"))
    await principal.put(f"/v1/ethics-rosters/{one}/{given.YEAR}", json={"staff": [member]})
    for result in ("qualified", "excellent"):
        put = {"result": result, "appraised_on": str(given.TODAY)}
        answer = await principal.put(f"/v1/ethics-appraisals/{one}/{given.YEAR}/{member}", json=put)
        assert answer.json()["result"] == result
    assert await quality.database.fetch("SELECT result FROM ethics_appraisals") == [("excellent",)]


@pytest.mark.parametrize("days", [1, 3000])
async def test_nobody_signs_tomorrow(quality: Service, days: int):
    one, member = await given.kindergarten(quality), str(new_id())
    principal = quality.client(("principal", f"k:{one}"))
    await principal.put(f"/v1/ethics-rosters/{one}/{given.YEAR}", json={"staff": [member]})
    put = {"signed_on": str(given.TODAY + timedelta(days)), "sha256": PAGE}
    answer = await principal.put(f"/v1/ethics-commitments/{one}/{given.YEAR}/{member}", json=put)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/signed_on")


async def test_who_is_not_on_the_roster_is_refused_and_other_houses_are_not_there(quality: Service):
    one, other = await given.kindergarten(quality), await given.kindergarten(quality)
    principal = quality.client(("principal", f"k:{one}"))
    put = {"signed_on": str(given.TODAY), "sha256": PAGE}
    refused = await principal.put(f"/v1/ethics-commitments/{one}/{given.YEAR}/{new_id()}", json=put)
    assert (refused.status_code, refused.json()["code"]) == (422, "not-on-the-roster")
    assert (await principal.put(f"/v1/ethics-rosters/{other}/{given.YEAR}", json={"staff": []})).status_code == 404
    officer = quality.client(given.OFFICER)
    assert (await officer.put(f"/v1/ethics-rosters/{one}/{given.YEAR}", json={"staff": []})).status_code == 403
