import pytest

from tests.finance import given
from tests.finance.given import ok, refused
from tests.stack import Service


async def test_three_persons_handle_an_application(finance: Service):
    of = await given.kindergarten(finance)
    child = await given.enrolled(finance, of)
    everything = [("clerk", f"k:{of}"), ("principal", f"k:{of}"), given.APPROVER]
    one, other = finance.client(*everything, sub="one"), finance.client(*everything, sub="other")
    sent = {"kindergarten": str(of), "child": str(child), "category": "orphan", "evidence": "civil_affairs"}
    sent |= {"evidence_number": "示意-1", "since": "2025-09-01", "until": "2026-09-01"}
    made = ok(await one.post("/v1/aids", json=sent), 201)["id"]
    refused(await one.post(f"/v1/aids/{made}/decisions", json={"agree": True}), "no-such-step")
    again = sent | {"since": "2026-08-31", "until": "2027-09-01"}
    refused(await one.post("/v1/aids", json=again), "aid-already-applied")
    refused(await one.post(f"/v1/aids/{made}/checks", json={"agree": True}), "another-person-decides")
    ok(await other.post(f"/v1/aids/{made}/checks", json={"agree": True}))
    refused(await other.post(f"/v1/aids/{made}/decisions", json={"agree": True}), "another-person-decides")
    refused(await one.post(f"/v1/aids/{made}/decisions", json={"agree": True}), "another-person-decides")
    third = finance.client(*everything, sub="third")
    done = ok(await third.post(f"/v1/aids/{made}/decisions", json={"agree": True}))
    assert done["state"] == "approved"
    assert ok(await third.get(f"/v1/aids/{made}")) == done


async def test_neither_feed_nor_outsiders_learn_who_is_aided(finance: Service):
    of = await given.kindergarten(finance)
    child = await given.enrolled(finance, of)
    await given.aid(finance, of, child)
    refused(await finance.client(("teacher", f"k:{of}")).get("/v1/aids"), "not-permitted", 403)
    refused(await finance.client(("integration", given.DISTRICT)).get("/v1/aids"), "not-permitted", 403)
    await finance.numbered()
    events = ok(await given.preparer(finance).get("/v1/events", params={"limit": "200"}))["items"]
    told = [event for event in events if event["type"].startswith("finance.aid.")]
    assert len(told) == 3
    assert not any(str(child) in str(event) or "minimum_living" in str(event) for event in told)


async def test_coverage_counts_and_hides_small_groups(finance: Service):
    few, many = await given.kindergarten(finance), await given.kindergarten(finance)
    for of, aided in ((few, 4), (many, 5)):
        for place in range(8):
            child = await given.enrolled(finance, of)
            if place < aided:
                await given.aid(finance, of, child)
    rows = ok(await given.preparer(finance).get("/v1/aids/coverage", params={"as_of": "2025-10-01"}))["items"]
    assert {row["kindergarten"]: (row["children"], row["aided"]) for row in rows} == {
        str(few): (8, None),
        str(many): (8, 5),
    }


async def test_aid_ends_when_its_reason_has_gone(finance: Service):
    of = await given.kindergarten(finance)
    made = await given.aid(finance, of, await given.enrolled(finance, of))
    url, caller = f"/v1/aids/{made}/endings", given.approver(finance)
    refused(await caller.post(url, json={"until": "2026-09-02", "remark": "x"}), "invalid-input", 422)
    assert ok(await caller.post(url, json={"until": "2025-12-01", "remark": "不再符合"}))["until"] == "2025-12-01"


@pytest.mark.parametrize(
    ("changes", "code", "status"),
    [
        ({"evidence": "veterans"}, "invalid-input", 422),
        ({"category": "martyr"}, "invalid-input", 422),
        ({"until": "2025-09-01"}, "not-enrolled-then", 409),
        ({"since": "2025-09-01", "until": "2025-09-01"}, "invalid-input", 422),
    ],
)
async def test_an_application_needs_its_authoritys_record_and_an_enrolled_child(
    finance: Service, changes: dict[str, str], code: str, status: int
):
    of = await given.kindergarten(finance)
    child = await given.enrolled(finance, of)
    sent = {"kindergarten": str(of), "child": str(child), "category": "orphan", "evidence": "civil_affairs"}
    sent |= {"evidence_number": "示意-1", "since": "2025-08-01", "until": "2026-09-01"} | changes
    clerk = finance.client(("clerk", f"k:{of}"), sub="clerk")
    refused(await clerk.post("/v1/aids", json=sent), code, status)
    ok(
        await clerk.post("/v1/aids", json=sent | {"category": "orphan", "evidence": "other", "until": "2025-09-02"}),
        201,
    )


async def test_groups_count_and_hide_small_ones(finance: Service):
    of = await given.kindergarten(finance)
    for place in range(9):
        child = await given.enrolled(finance, of)
        await given.aid(finance, of, child, "minimum_living" if place < 5 else "orphan")
    query = {"as_of": "2025-10-01"}
    rows = ok(await given.preparer(finance).get("/v1/aids/coverage/groups", params=query))["items"]
    assert [(row["key"], row["label"], row["aided"], row["amount"]) for row in rows] == [
        ("minimum_living", "城乡低保", 5, "0.00"),
        ("orphan", "孤儿/事实无人抚养", None, None),
    ]
    (town,) = ok(await given.preparer(finance).get("/v1/aids/coverage/groups", params=query | {"by": "town"}))["items"]
    assert (town["key"], town["aided"]) == ("110116102", 9)
