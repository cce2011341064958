from decimal import Decimal
from typing import Any

import pytest

from services.finance.rulebook.rules import RULES
from tests.finance import given
from tests.finance.given import ok
from tests.stack import Service

# D10 of the domain reference, and what is this service's own.
D10 = [f"FIN-{number:02}" for number in range(1, 16)]
ALSO = {"FIN-16", *(f"PAY-{n:02}" for n in range(1, 6)), "SVC-01", "AUD-01", *(f"RAD-{n:02}" for n in range(1, 10))}


async def test_the_catalogue_tells_each_rule_with_the_numbers_of_the_day(finance: Service):
    await given.parameter(finance, "fee_ceiling", "care_education/public", "750", "2025-09-01")
    await given.parameter(finance, "alert_number", "fin_16/days", "30", "2025-09-01")
    await given.parameter(finance, "alert_number", "fin_15/minimum_wage", "2540", "2025-09-01")
    caller = given.preparer(finance)
    for day, numbers in (("2025-08-31", []), ("2025-09-01", ["750.0000"])):
        found = {rule["code"]: rule for rule in ok(await caller.get("/v1/rules", params={"as_of": day}))}
        assert [each["value"] for each in found["FIN-02"]["parameters"]] == numbers
    assert all(rule["zh"] and rule["basis"] and rule["checked"] for rule in found.values())
    assert [each["key"] for each in found["FIN-15"]["parameters"]] == ["fin_15/minimum_wage"]
    assert [each["key"] for each in found["FIN-16"]["parameters"]] == ["fin_16/days"]


async def test_every_rule_of_the_field_is_served_once(finance: Service):
    codes = [rule["code"] for rule in ok(await given.preparer(finance).get("/v1/rules"))]
    assert len(codes) == len(set(codes))
    assert set(codes) == {*D10, *ALSO}
    assert codes[:16] == [*D10, "FIN-16"]
    severities = {rule.code: rule.severity for rule in RULES}
    assert {code for code, severity in severities.items() if severity == "block"} == {
        "FIN-01",
        "FIN-02",
        "FIN-03",
        "FIN-04",
        "FIN-11",
        "FIN-12",
    }
    assert {code for code in D10 if severities[code] == "warn"} == {"FIN-08", "FIN-10", "FIN-13"}


async def upload(finance: Service, account: str, on: str, amount: str, name: str) -> list[str]:
    """The rules that speak up about one booking."""
    row = f"{on},R{on}{amount},,{amount},{name},,往来款\n"
    files = {"file": ("s.csv", f"交易日期,流水号,收入金额,支出金额,对方户名,对方账号,摘要\n{row}".encode(), "text/csv")}
    ok(await given.preparer(finance).post(f"/v1/bank-accounts/{account}/statements", files=files), 201)
    rows: list[dict[str, Any]] = ok(await given.approver(finance).get("/v1/account-alerts"))["items"]
    return [each["rule"] for each in rows]


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2024-12-31", ["FIN-05"]), ("2025-01-01", []), ("2025-10-31", []), ("2025-11-01", ["FIN-05"])],
)
async def test_fin_05_an_account_is_on_file_from_its_first_day_to_the_day_before_its_end(
    finance: Service, on: str, expected: list[str]
):
    of = await given.kindergarten(finance, "inclusive_private")
    account = (await given.account(finance, of, "99000005", "2025-01-01"))["id"]
    ok(await given.preparer(finance).post(f"/v1/bank-accounts/{account}/endings", json={"until": "2025-11-01"}))
    assert await upload(finance, account, on, "10.00", "某公司") == expected


@pytest.mark.parametrize(("on", "expected"), [("2025-05-31", []), ("2025-06-01", ["FIN-06"])])
async def test_fin_06_a_party_is_related_from_its_first_day(finance: Service, on: str, expected: list[str]):
    of = await given.kindergarten(finance, "inclusive_private")
    account = (await given.account(finance, of, "99000006"))["id"]
    party = {"kindergarten": str(of), "relation": "founder", "name": "示例投资公司", "since": "2025-06-01"}
    ok(await given.preparer(finance).post("/v1/related-parties", json=party), 201)
    assert await upload(finance, account, on, "10.00", "示例投资公司") == expected


@pytest.mark.parametrize(
    ("until", "paid"), [("2025-10-16", Decimal(7000)), ("2025-10-15", Decimal(0)), (None, Decimal(7000))]
)
async def test_fin_11_a_recognition_that_ends_on_the_day_of_counting_is_lapsed(
    finance: Service, until: str | None, paid: Decimal
):
    await given.book(finance, None)
    await given.programme(finance)
    await given.parameter(finance, "subsidy_rate", "quota/*/*", "700", "2025-09-01")
    await given.parameter(finance, "eligibility", "quota/recognised", "1", "2025-09-01")
    of = await given.kindergarten(finance, "inclusive_private")
    await given.recognition(finance, of, "granted", "2024-09-01", until)
    await given.headcount(finance, of, "2025-10-01", {"small": 10})
    assert Decimal((await given.run(finance, "2025-10-01"))["total"]) == paid
