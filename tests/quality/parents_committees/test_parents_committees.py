"""家委会: one in office at a time, one chair, no names anywhere."""

from typing import Any
from uuid import UUID

from services.quality.parents_committees.schemas import ParentsCommitteeOut, ParentsCommitteePage
from shared.ids import new_id
from tests.quality import given
from tests.quality.evaluations.team import classes
from tests.stack import Service


def members(*seats: str) -> list[dict[str, str]]:
    return [{"guardian": str(new_id()), "seat": seat} for seat in seats]


def committee(kindergarten: UUID, **changes: Any) -> dict[str, Any]:
    new: dict[str, Any] = {"kindergarten": str(kindergarten), "since": "2025-10-01", "until": "2026-10-01"}
    return new | {"elected": "家长会选举", "members": members("chair", "deputy", "member")} | changes


async def test_a_committee_holds_office_for_its_term_and_alone(quality: Service):
    one = await given.kindergarten(quality)
    await classes(quality, one, small=1)
    ((group,),) = await quality.database.fetch("SELECT id FROM classes")
    clerk = quality.client(("clerk", f"k:{one}"))
    made = await clerk.post("/v1/parents-committees", json=committee(one))
    assert ParentsCommitteeOut.model_validate_json(made.content).seats == 3
    twice = await clerk.post("/v1/parents-committees", json=committee(one, since="2026-09-30", until="2027-09-30"))
    assert (twice.status_code, twice.json()["code"]) == (409, "committee-is-in-office")
    after = await clerk.post("/v1/parents-committees", json=committee(one, since="2026-10-01", until="2027-10-01"))
    assert after.status_code == 201
    own = await clerk.post("/v1/parents-committees", json=committee(one, class_id=str(group)))
    assert own.status_code == 201, own.text

    async def in_office(day: str) -> int:
        page = await clerk.get("/v1/parents-committees", params={"as_of": day})
        return len(ParentsCommitteePage.model_validate_json(page.content).items)

    days = ("2025-09-30", "2025-10-01", "2026-09-30", "2026-10-01", "2027-10-01")
    assert [await in_office(day) for day in days] == [0, 2, 2, 1, 0]
    path = f"/v1/parents-committees/{made.json()['id']}"
    outside = await clerk.post(f"{path}/ends", json={"on": "2025-10-01", "note": "换届"})
    assert outside.status_code == 422
    ended = await clerk.post(f"{path}/ends", json={"on": "2026-01-01", "note": "换届"})
    assert (ended.json()["until"], ended.json()["ended_because"]) == ("2026-01-01", "换届")


async def test_it_has_one_chair_and_who_sits_on_it_is_for_those_who_form_it(quality: Service):
    one = await given.kindergarten(quality)
    clerk, officer = quality.client(("clerk", f"k:{one}")), quality.client(given.OFFICER)
    twice = members("chair")
    for wrong in (members("member"), members("chair", "chair"), [*twice, twice[0] | {"seat": "member"}]):
        refused = await clerk.post("/v1/parents-committees", json=committee(one, members=wrong))
        assert (refused.status_code, refused.json()["code"]) == (422, "committee-has-one-chair")
    backwards = await clerk.post("/v1/parents-committees", json=committee(one, until="2025-10-01"))
    assert (backwards.status_code, backwards.json()["code"]) == (409, "term-ends-after-it-begins")
    made = (await clerk.post("/v1/parents-committees", json=committee(one))).json()
    path = f"/v1/parents-committees/{made['id']}"
    anew = members("chair", "member")
    assert (await clerk.put(f"{path}/members", json={"members": anew})).json()["members"] == anew
    assert (await officer.get(path)).status_code == 403
    assert "guardian" not in (await officer.get("/v1/parents-committees")).text
    told = await quality.database.fetch("SELECT data::text FROM events")
    assert not any(each["guardian"] in text for each in made["members"] for (text,) in told)
    stranger = quality.client(("clerk", f"k:{await given.kindergarten(quality)}"))
    assert (await stranger.get(path)).status_code == 404
