from tests.finance import given
from tests.finance.given import ok
from tests.stack import Service


async def test_the_chart_is_dated(finance: Service):
    caller = given.preparer(finance)
    for day, name in (("2025-12-31", "管理费用"), ("2026-01-01", "税金及附加")):
        query = {"standard": "nonprofit", "as_of": day, "limit": "500"}
        chart = {row["code"]: row["name"] for row in ok(await caller.get("/v1/account-titles", params=query))["items"]}
        assert chart["5201"] == name
