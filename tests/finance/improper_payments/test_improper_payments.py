from shared.ids import new_id
from tests.finance import given
from tests.finance.given import ok
from tests.finance.subsidy_runs.test_subsidy_runs import quota
from tests.stack import Service


async def test_ghost_children_and_children_in_two_places_are_found_with_the_money_at_stake(finance: Service):
    await quota(finance)
    honest, ghost, other = [await given.kindergarten(finance) for _ in range(3)]
    shared_child = new_id()
    for of, enrolled, certified in ((honest, 5, 5), (ghost, 3, 5), (other, 4, 5)):
        for _ in range(enrolled):
            await given.enrolled(finance, of)
        await given.headcount(finance, of, "2025-10-01", {"small": certified})
    await given.enrolled(finance, other, child=shared_child)
    await given.enrolled(finance, ghost, child=shared_child)
    await given.approved(finance, "2025-10-01")
    query = {"month": "2025-10-15"}
    rows = ok(await given.approver(finance).get("/v1/improper-payments", params=query))["items"]
    assert {(row["rule"], row["kindergarten"]): (row["children"], row["amount"]) for row in rows} == {
        ("RAD-01", str(ghost)): (1, "700.00"),
        ("RAD-02", str(ghost)): (1, "700.00"),
        ("RAD-02", str(other)): (1, "700.00"),
    }
    assert next(row for row in rows if row["rule"] == "RAD-01")["evidence"]["certified"] == 5
