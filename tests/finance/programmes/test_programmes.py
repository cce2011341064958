"""A new programme of a known shape, and a new number of it, need two signatures and no release."""

from decimal import Decimal
from typing import Any

import pytest

from tests.finance import given
from tests.finance.given import ok, refused
from tests.finance.subsidy_runs.test_subsidy_runs import lines
from tests.stack import Service

NEW = {
    "code": "winter_heating",
    "name": "冬季取暖补助",
    "shape": "per_child_month",
    "level": "district",
    "types": ["public"],
    "since": "2025-09-01",
    "permitted_use": "取暖费用",
    "permitted_uses": ["conditions"],
    "claw_back": "停止供暖的,收回相应月份",
    "document": "示意〔2025〕20号",
    "tag": "illustrative",
}


async def amounts(finance: Service) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for line in await lines(finance, programme="winter_heating"):
        found[line["month"][:7]] = found.get(line["month"][:7], Decimal(0)) + Decimal(line["amount"])
    return found


async def test_a_new_programme_and_its_numbers_are_data(finance: Service):
    await given.book(finance, None)
    village, town, private = (
        await given.kindergarten(finance),
        await given.kindergarten(finance),
        await given.kindergarten(finance, "private"),
    )
    await given.attribute(finance, village, "village_level", "1")
    for month in ("2025-10-01", "2025-11-01", "2025-12-01"):
        for of, children in ((village, 7), (town, 40), (private, 9)):
            await given.headcount(finance, of, month, {"small": children})
    made = ok(await given.preparer(finance).post("/v1/subsidy-programmes", json=NEW), 201)
    refused(await given.preparer(finance).post("/v1/subsidy-runs", json={"month": "2025-12-01"}), "no-programme")
    url = f"/v1/subsidy-programmes/{made['id']}/decisions"
    both = finance.client(given.PREPARER, given.APPROVER, sub="preparer")
    refused(await both.post(url, json={"approve": True}), "another-person-decides")
    done = ok(await given.approver(finance).post(url, json={"approve": True}))
    assert (done["permitted_uses"], done["claw_back"]) == (["conditions"], NEW["claw_back"])
    await given.parameter(finance, "subsidy_rate", "winter_heating/public/*", "33.33", "2025-09-01")
    await given.parameter(finance, "subsidy_months", "winter_heating/10", "0", "2025-09-01")
    await given.parameter(finance, "subsidy_tilt", "winter_heating/village_level", "1.5", "2025-11-01")
    await given.parameter(finance, "subsidy_cap", "winter_heating", "1300", "2025-09-01")
    await given.approved(finance, "2025-11-01")
    # 7 × 33.33 × 1.5 = 349.965, and 40 × 33.33 cut to 1300; nothing in October.
    assert await amounts(finance) == {"2025-11": Decimal("1649.97")}
    # A new rate from December: another number, signed by two.
    await given.parameter(finance, "subsidy_rate", "winter_heating/public/*", "30", "2025-12-01")
    await given.approved(finance, "2025-12-01")
    assert (await amounts(finance))["2025-12"] == Decimal("315.00") + 1200


async def test_a_month_outside_the_months_of_a_programme_says_so(finance: Service):
    await given.programme(finance)
    await given.parameter(finance, "subsidy_rate", "quota/*/*", "700", "2025-09-01")
    await given.parameter(finance, "subsidy_months", "quota/09", "0", "2025-09-01")
    of = await given.kindergarten(finance)
    await given.headcount(finance, of, "2025-09-01", {"small": 10})
    await given.run(finance, "2025-09-01")
    (line,) = await lines(finance)
    assert (line["amount"], line["unmet"]) == ("0.00", ["month"])
    told = ok(await given.preparer(finance).get(f"/v1/subsidy-lines/{line['id']}/explanation"))
    assert "不予补助:本月不属于该项目的计发月份。" in told["sentences"]


@pytest.mark.parametrize(
    ("changes", "code", "status"),
    [
        ({"shape": "lottery"}, "invalid-input", 422),
        ({"types": []}, "invalid-input", 422),
        ({"permitted_uses": ["dividends"]}, "invalid-input", 422),
        ({"code": "UPPER"}, "invalid-input", 422),
        ({"until": "2025-09-01"}, "programme-ends-before-it-begins", 409),
    ],
)
async def test_what_is_no_programme_is_refused(finance: Service, changes: dict[str, Any], code: str, status: int):
    refused(await given.preparer(finance).post("/v1/subsidy-programmes", json=NEW | changes), code, status)


async def test_a_code_is_taken_once_and_a_rejected_programme_pays_nothing(finance: Service):
    made = ok(await given.preparer(finance).post("/v1/subsidy-programmes", json=NEW), 201)
    refused(await given.preparer(finance).post("/v1/subsidy-programmes", json=NEW), "programme-code-taken")
    url = f"/v1/subsidy-programmes/{made['id']}/decisions"
    assert ok(await given.approver(finance).post(url, json={"approve": False}))["state"] == "rejected"
    refused(await given.approver(finance).post(url, json={"approve": True}), "no-such-step")
    rows = ok(await given.principal(finance, await given.kindergarten(finance)).get("/v1/subsidy-programmes"))["items"]
    assert [row["state"] for row in rows] == ["rejected"]
