from decimal import Decimal
from typing import Any

from tests.finance import given
from tests.finance.given import OTHER_VILLAGE, ok, refused
from tests.finance.subsidy_runs.test_subsidy_runs import quota
from tests.stack import Service

SPAN = {"since": "2025-09-01", "until": "2025-11-01"}


async def by(finance: Service, dimension: str, **more: Any) -> dict[str, dict[str, Any]]:
    query = SPAN | {"by": dimension, "limit": "500"} | more
    rows = ok(await given.preparer(finance).get("/v1/allocations", params=query))["items"]
    return {row["key"]: row for row in rows}


async def test_settled_money_by_nature_purpose_fund_and_tilt(finance: Service):
    await quota(finance)
    await given.programme(finance, "district", level="district", permitted_use="改善条件")
    await given.parameter(finance, "subsidy_rate", "district/*/*", "100", "2025-09-01")
    await given.parameter(finance, "subsidy_tilt", "quota/village_level", "1.2", "2025-09-01")
    village = await given.kindergarten(finance)
    town = await given.kindergarten(finance, division=OTHER_VILLAGE)
    inclusive = await given.kindergarten(finance, "inclusive_private")
    await given.attribute(finance, village, "village_level", "1")
    await given.recognition(finance, inclusive, "granted", "2024-09-01")
    for month in ("2025-09-01", "2025-10-01"):
        for of, children in ((village, 10), (town, 20), (inclusive, 30)):
            await given.headcount(finance, of, month, {"small": children})
        await given.approved(finance, month)
    # A late correction is part of the month it is for.
    await given.headcount(finance, town, "2025-09-01", {"small": 18}, revision=2)
    await given.approved(finance, "2025-10-01")
    nature = await by(finance, "nature")
    assert {key: row["amount"] for key, row in nature.items()} == {
        "public": f"{2 * 10 * (840 + 100) + 38 * 800}.00",
        "inclusive_private": f"{2 * 30 * 800}.00",
    }
    assert nature["public"]["label"] == "公办园"
    assert sum(Decimal(row["share"]) for row in nature.values()) == 1
    tilt = await by(finance, "tilt", programme="quota")
    assert {key: (row["child_months"], row["per_child"]) for key, row in tilt.items()} == {
        "village_public": (20, "840.00"),
        "other_public": (38, "700.00"),
        "inclusive_private": (60, "700.00"),
    }
    assert set(await by(finance, "purpose")) == {"日常运转", "改善条件"}
    level = await by(finance, "level")
    assert (level["municipal"]["amount"], level["district"]["amount"]) == ("85400.00", "11800.00")
    assert {key: row["kindergartens"] for key, row in (await by(finance, "town")).items()} == {
        "110116102": 2,
        "110116103": 1,
    }
    assert set(await by(finance, "month", until="2025-10-01")) == {"2025-09"}
    refused(await given.principal(finance, town).get("/v1/allocations", params=SPAN), "not-permitted", 403)
